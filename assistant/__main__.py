"""The command line: `assistant index`, `ask`, `serve`, `show`, `list`. Heavy imports wait until they are needed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import AssistantError, InputError, UnreadableFile
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index.library import Library
    from assistant.index.report import SyncEvent, SyncReport
    from assistant.types import Answer

_PROOF_SECONDS = 600.0

cli = typer.Typer(
    name="assistant",
    help="Ask a folder of briefings a question; every sentence of the answer points at the words it came from.",
    epilog="Start with: assistant serve   (the page)   or: assistant ask 'why did China decline?'",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder with the briefings.", show_default="corpus")]
Index = Annotated[Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know, in quotes.")],
    history: Annotated[
        list[str] | None,
        typer.Option("--history", help="A question asked before in the same conversation; repeat it, in order."),
    ] = None,
    as_json: AsJson = False,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    """Answer one question from the briefings, with citations; the index is brought up to date first."""
    from assistant.types import Conversation, Turn
    from assistant.wiring import build_assistant

    if not question.strip():
        raise InputError("the question is empty: put what you want to know in quotes")
    settings = Settings.read(corpus=corpus, index=index)
    assistant = build_assistant(settings, command="assistant ask")
    try:
        report = _with_progress(assistant.bring_up_to_date(), afterwards="Loading the model")
        _warn_of_failures(report)
        conversation = Conversation(id="command line")
        for earlier in history or []:
            conversation = conversation.with_turn(Turn(earlier, assistant.ask(earlier, conversation=conversation)))
        answer = assistant.ask(question, conversation=conversation)
    finally:
        assistant.close()
    if as_json:
        from assistant.answering.as_json import answer_as_json

        typer.echo(json.dumps(answer_as_json(answer), ensure_ascii=False, indent=2))
    else:
        _print_answer(answer)


@cli.command("index")
def index_command(
    folder: Annotated[Path | None, typer.Argument(help="Folder with the briefings.", show_default="corpus")] = None,
    index: Index = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every file again, for another model.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to the files in a folder: added, changed, renamed and deleted ones.

    Exit code 0 when every file is indexed, 1 when some could not be read (they are named with the reason).
    """
    from assistant.wiring import build_embedder, build_library

    settings = Settings.read(corpus=folder, index=index)
    library = build_library(settings, build_embedder(settings), command="assistant index", rebuild=rebuild)
    with library.index:
        report = _with_progress(_proved(library), afterwards="Proving the vector index")
        chunks = library.index.store.chunk_count
    if as_json:
        typer.echo(json.dumps(_report_as_json(report), ensure_ascii=False, indent=2))
    else:
        _print_report(report, settings.corpus, chunks)
    if report.count("failed"):
        raise typer.Exit(1)


@cli.command()
def serve(
    corpus: Corpus = None,
    index: Index = None,
    host: Annotated[str | None, typer.Option(help="Address of the page.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the page; 0 takes a free one.", show_default="7860")] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
) -> None:
    """Open the chat page; the index is brought up to date in the background."""
    from assistant.ui.server import serve as serve_page
    from assistant.wiring import build_assistant

    settings = Settings.read(corpus=corpus, index=index, host=host, port=port)
    if not settings.corpus.is_dir():
        raise InputError(f"there is no folder {str(settings.corpus)!r}: make it and put briefings in, or use --corpus")
    assistant = build_assistant(settings, command="assistant serve")
    try:
        serve_page(
            assistant,
            host=settings.host,
            port=settings.port,
            auth=settings.logins(),
            open_browser=open_browser and sys.stdout.isatty(),
            announce=typer.echo,
        )
    finally:
        assistant.close()


@cli.command()
def show(
    document: Annotated[str, typer.Argument(help="Path (as `assistant list` prints it) or id of a document.")],
    as_json: AsJson = False,
    index: Index = None,
) -> None:
    """Print the canonical text of a document: what every citation's start and end refer to."""
    from assistant.wiring import build_embedder, build_library

    settings = Settings.read(index=index)
    library = build_library(settings, build_embedder(settings), command="assistant show")
    with library.index:
        found = library.document(document)
    if not as_json:
        typer.echo(found.text)
        return
    source = found.source
    typer.echo(
        json.dumps(
            {
                "document_id": source.document_id,
                "path": source.path,
                "title": source.title,
                "publisher": source.publisher,
                "author": source.author,
                "date": source.date.isoformat() if source.date else None,
                "media_type": source.media_type,
                "content_hash": source.content_hash,
                "pages": [
                    {"index": page.index, "label": page.label, "start": page.span.start, "end": page.span.end}
                    for page in found.pages
                ],
                "headings": [
                    {"level": heading.level, "start": heading.span.start, "end": heading.span.end}
                    for heading in found.headings
                ],
                "text": found.text,
            },
            ensure_ascii=False,
            indent=2,
        )
    )


@cli.command("list")
def list_command(index: Index = None, corpus: Corpus = None, as_json: AsJson = False) -> None:
    """List the documents of the index with status, date and title."""
    from assistant.wiring import build_embedder, build_library

    settings = Settings.read(corpus=corpus, index=index)
    library = build_library(settings, build_embedder(settings), command="assistant list")
    with library.index:
        entries = library.entries()
    if as_json:
        rows = [
            {
                "path": entry.path,
                "status": entry.status,
                "reason": entry.reason,
                "title": entry.title,
                "date": entry.date.isoformat() if entry.date else None,
                "chunks": entry.chunks,
                "document_id": entry.document_id,
            }
            for entry in entries
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("date", "path", "title", "status"):
        table.add_column(column, overflow="fold")
    for entry in entries:
        status = entry.status if entry.reason is None else f"{entry.status}: {entry.reason}"
        table.add_row(entry.date.isoformat() if entry.date else "", entry.path, entry.title, status)
    Console(markup=False, highlight=False).print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; mistakes of the user end in one sentence on standard error and their exit code."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        os.environ.setdefault(name, "1")
    os.environ["ANONYMIZED_TELEMETRY"] = os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    try:
        cli(args=None if arguments is None else list(arguments), prog_name="assistant")
    except (AssistantError, UnreadableFile) as error:
        typer.secho(f"assistant: {error}", fg=typer.colors.RED, err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("\nassistant: stopped", err=True)
        sys.exit(130)


@contextmanager
def _progress() -> Iterator[tuple[object, object]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield progress, progress.add_task("Looking at the briefings", total=None)


def _with_progress(events: Iterator[SyncEvent], *, afterwards: str | None = None) -> SyncReport:
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


def _proved(library: Library) -> Iterator[SyncEvent]:
    """A sync, and then the wait until the vector index is proved, so that the next start need not build it."""
    from assistant.index.report import SyncReport

    for event in library.sync():
        yield event
        if isinstance(event, SyncReport) and event.changed:
            library.index.warm_up()
    if not library.index.wait_until_proved(_PROOF_SECONDS):
        typer.secho("note: the vector index is not proved yet; the next start goes on with it", err=True)


def _warn_of_failures(report: SyncReport) -> None:
    for warning in report.warnings:
        typer.secho(f"note: {warning}", fg=typer.colors.YELLOW, err=True)
    failed = report.count("failed")
    if failed:
        typer.secho(
            f"note: {failed} file(s) could not be read and are not searched; `assistant list` says why",
            fg=typer.colors.YELLOW,
            err=True,
        )


def _print_report(report: SyncReport, corpus: Path, chunks: int) -> None:
    for warning in report.warnings:
        typer.secho(f"note: {warning}", fg=typer.colors.YELLOW, err=True)
    for outcome in report.outcomes:
        if outcome.status == "failed":
            typer.secho(f"failed     {outcome.path}: {outcome.reason}", fg=typer.colors.RED)
        elif outcome.status == "renamed":
            typer.echo(f"renamed    {outcome.path} (was {outcome.reason})")
        elif outcome.status in ("indexed", "removed"):
            typer.echo(f"{outcome.status:<10} {outcome.path}")
        for warning in outcome.warnings:
            typer.secho(f"           note: {warning}", fg=typer.colors.YELLOW)
    counts = ", ".join(
        f"{report.count(status)} {status}"
        for status in ("indexed", "unchanged", "renamed", "removed", "failed")
        if report.count(status)
    )
    typer.secho(
        f"{corpus}: {counts or 'no briefings'}; {chunks} passages, {report.embedded} embedded, {report.seconds:.1f} s",
        bold=True,
    )


def _report_as_json(report: SyncReport) -> dict[str, object]:
    return {
        "files": [
            {
                "path": outcome.path,
                "status": outcome.status,
                "reason": outcome.reason,
                "documents": outcome.documents,
                "chunks": outcome.chunks,
                "embedded": outcome.embedded,
                "warnings": list(outcome.warnings),
            }
            for outcome in report.outcomes
        ],
        "warnings": list(report.warnings),
        "embedded": report.embedded,
        "seconds": round(report.seconds, 3),
    }


def _print_answer(answer: Answer) -> None:
    from assistant.answering.citations import render_markers

    if answer.query != answer.question:
        typer.secho(f"Searched for: {answer.query}\n", dim=True)
    if answer.outcome == "abstained":
        typer.secho(answer.text, bold=True)
        if answer.passages:
            typer.echo("\nThe nearest passages:")
        for passage in answer.passages[:3]:
            typer.echo(f"  {_reference(passage.source.title, passage.source.date, passage.chunk.page_label)}")
            typer.secho(f"    {_shortened(passage.chunk.text)}", dim=True)
        return
    typer.echo(render_markers(answer.text, answer.citations))
    for part in answer.missing:
        typer.secho(f"\nThe briefings don't say: {part}", bold=True)
    typer.echo("\nSources")
    shown: set[int] = set()
    for citation in answer.citations:
        if citation.marker in shown:
            continue
        shown.add(citation.marker)
        source = citation.source
        typer.echo(f"  [{citation.marker}] {_reference(source.title, source.date, citation.page_label)}")
        also = f"; also in {len(citation.also_in)} other briefing(s)" if citation.also_in else ""
        typer.secho(f"      {source.path}, characters {citation.span.start}-{citation.span.end}{also}", dim=True)


def _reference(title: str, day: object, page: str | None) -> str:
    return ", ".join(str(part) for part in (title, day, f"p. {page}" if page else None) if part)


def _shortened(text: str, length: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rsplit(' ', 1)[0]}…"


if __name__ == "__main__":
    main()
