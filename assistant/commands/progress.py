"""What a person sees while an index is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from assistant.index.briefing_index import BriefingIndex
    from assistant.index.library import Library
    from assistant.index.report import SyncEvent, SyncReport

_PROOF_SECONDS = 600.0


@contextmanager
def _progress() -> Iterator[tuple[object, object]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield progress, progress.add_task("Looking at the briefings", total=None)


def with_progress(events: Iterator[SyncEvent], *, afterwards: str | None = None) -> SyncReport:
    """Runs a sync to its end, drawing a bar on a terminal; returns its report."""
    from rich.progress import Progress

    from assistant.index.report import FileDone, Scanned, SyncReport

    report: SyncReport | None = None
    with _progress() as (bar, task):
        assert isinstance(bar, Progress)
        for event in events:
            if isinstance(event, Scanned):
                bar.update(task, description="Reading and indexing", total=event.to_read)  # type: ignore[arg-type]
            elif isinstance(event, FileDone):
                bar.update(task, completed=event.done, description=f"Indexed {event.outcome.path}")  # type: ignore[arg-type]
            elif isinstance(event, SyncReport):
                report = event
                if afterwards:
                    bar.update(task, description=afterwards)  # type: ignore[arg-type]
    assert report is not None
    return report


def made_ready(assistant: Assistant) -> None:
    """Brings the index up to the folder and loads the models; says what could not be read.

    Raises `InputError` where there is nothing to ask.
    """
    library = assistant.library
    report = with_progress(_begun(assistant), afterwards="Loading the model")
    warn_of_failures(report)
    refuse_if_empty(report, library.index.status().documents, library.corpus)


def refuse_if_empty(report: SyncReport, documents: int, corpus: Path) -> None:
    """Raises `InputError` where the index that was brought up to this folder has no documents."""
    if documents:
        return
    if report.count("failed"):
        raise InputError(f"no file in {str(corpus)!r} could be read: `assistant list` says why")
    raise InputError(
        f"there are no briefings in {str(corpus)!r}: put files into it, or name another folder with --corpus"
    )


def _begun(assistant: Assistant) -> Iterator[SyncEvent]:
    """A sync and what comes after it, which takes long and is of no use where there are no documents."""
    from assistant.index.report import SyncReport

    for event in assistant.bring_up_to_date():
        yield event
        if isinstance(event, SyncReport) and not assistant.library.index.status().documents:
            return


def proved(library: Library) -> Iterator[SyncEvent]:
    """A sync, and then the wait until the vector index is proved, so that the next start need not build it."""
    from assistant.index.report import SyncReport

    for event in library.sync():
        yield event
        if isinstance(event, SyncReport) and event.changed:
            library.index.warm_up()
    if not library.index.wait_until_proved(_PROOF_SECONDS) and library.index.vector_problem() is None:
        note("the vector index is not proved yet; the next start goes on with it")


def note(text: str) -> None:
    """Says on standard error what does not keep the command from its work."""
    typer.secho(f"note: {text}", fg=typer.colors.YELLOW, err=True)


def warn_of_vectors(index: BriefingIndex) -> None:
    """Says why the vector index cannot be used, where that is so."""
    if problem := index.vector_problem():
        note(problem)


def warn_of_failures(report: SyncReport) -> None:
    """Says on standard error what the index as a whole has to say, and how many files could not be read."""
    for said in report.notes:
        note(said)
