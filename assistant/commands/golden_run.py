"""Golden cases are asked: the assistants that answer them, progress on a terminal, and the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.commands.progress import with_progress
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from assistant.evaluation.cases import GoldenCase
    from assistant.evaluation.golden_set import GoldenSet
    from assistant.evaluation.judges import Judge
    from assistant.evaluation.metrics.base import MetricInfo
    from assistant.evaluation.results import EvalReport
    from assistant.evaluation.running import CaseDone
    from assistant.index.report import SyncEvent
    from assistant.wiring import Models

_COMMAND = "assistant eval"


def golden_set(
    cases: tuple[GoldenCase, ...], settings: Settings, *, named: frozenset[Path]
) -> tuple[GoldenSet, Models]:
    """The cases with the assistants that answer them, and the models that all of these share."""
    from assistant.evaluation.cache import cache_folder, discard_old
    from assistant.evaluation.golden_set import GoldenSet
    from assistant.wiring import build_evaluated, build_models

    models = build_models(settings)
    cache = cache_folder()
    discard_old(cache)

    def build(folder: Path) -> Assistant:
        return build_evaluated(settings, folder, models, cache=cache, command=_COMMAND)

    return GoldenSet(cases, build, named), models


def report_on(
    chosen: GoldenSet, settings: Settings, models: Models, judges: Sequence[Judge]
) -> tuple[EvalReport, tuple[MetricInfo, ...]]:
    """Asks the cases and scores the answers; `judges` add their opinions."""
    from assistant.commands.judging import judged
    from assistant.evaluation.cache import cache_folder, journal_file
    from assistant.evaluation.conditions import code_digest, conditions_of, machine, versions
    from assistant.evaluation.metrics import SET_METRICS, build_metrics
    from assistant.evaluation.metrics.base import info_of
    from assistant.evaluation.report_file import Journal
    from assistant.evaluation.running import report_of
    from assistant.wiring import build_verifier

    embedder, reader = models.embedder, models.reader
    verifier = build_verifier(models)
    metrics = build_metrics(verifier)
    asked_by = f"{code_digest()} {settings.model_dump_json()} {embedder.fingerprint} {verifier.name}"
    known_by = f"{asked_by} {versions()} {machine(embedder.arithmetic)}"

    def journal_of(digest: str) -> Journal:
        name = sha256(f"{digest} {known_by}".encode()).hexdigest()[:16]
        return Journal(journal_file(name, cache_folder()))

    with _bar(len(chosen.cases)) as done:
        asked = chosen.ask(metrics, journal_of, progress=synced, done=done)
    if asked.reused:
        typer.secho(
            f"note: {asked.reused} of {len(chosen.cases)} cases were known from a run that was stopped", err=True
        )
    named = {"embedding": embedder.fingerprint, "reading": reader.name if reader is not None else "switched off"}
    conditions = conditions_of(
        settings.model_dump(), named, asked.documents, judge=verifier.name, arithmetic=embedder.arithmetic
    )
    report = report_of(asked.results, conditions, SET_METRICS, seconds=asked.seconds)
    if judges:
        report = judged(report, judges, lambda result: chosen.contexts(result, asked.documents))
    return report, tuple(info_of(metric) for metric in metrics)


def synced(events: Iterator[SyncEvent]) -> None:
    """Runs a sync to its end and names on standard error each file that could not be read: nothing of it is asked."""
    report = with_progress(events)
    for outcome in report.outcomes:
        if outcome.status == "failed":
            typer.secho(f"note: {outcome.path} could not be read: {outcome.reason}", fg=typer.colors.YELLOW, err=True)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[CaseDone], None]]:
    """A progress bar on a terminal, a line every 50 cases elsewhere; gives what is told of each case."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (TextColumn("Asking", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    count = 0
    bar: Progress | None = None

    def done(event: CaseDone) -> None:
        nonlocal count, bar
        count += 1
        if bar is None and console.is_terminal:  # the bar of the sync before it has gone by now
            bar = Progress(*columns, console=console, transient=True)
            bar.add_task("Asking", total=total)
            bar.start()
        if bar is not None:
            bar.update(bar.task_ids[0], completed=count)
        elif count % 50 == 0 or count == total:
            typer.echo(f"asked {count} of {total}", err=True)
        if event.result.error is not None:
            typer.secho(f"crashed: {event.result.case_id}: {event.result.error}", fg=typer.colors.RED, err=True)

    try:
        yield done
    finally:
        if bar is not None:
            bar.stop()
