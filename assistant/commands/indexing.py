"""`assistant index`: brings the index up to a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.counting import held
from assistant.commands.folders import with_remembered_corpus
from assistant.commands.options import AsJson, Index
from assistant.commands.paged import brought_by_page, page_of
from assistant.commands.progress import note, proved, with_progress
from assistant.errors import IndexBusy, InputError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index.report import SyncReport
    from assistant.ui.told import Brought


def index_command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Folder with the briefings.", show_default="corpus")
    ] = None,
    index: Index = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every file again, for another model.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to the files in a folder: added, changed, renamed and deleted ones.

    Exit code 0 when every file is indexed (also where there is none), 1 when some could not be read (they are named
    with the reason).
    """
    from assistant.corpus import SUPPORTED

    settings = with_remembered_corpus(Settings.read(corpus=folder, index=index))
    paged = None if rebuild else brought_by_page(settings)
    try:
        brought = paged[1] if paged is not None else _brought_here(settings, rebuild=rebuild)
    except IndexBusy as error:
        page = page_of(settings) if rebuild else None
        if page is None:
            raise
        raise IndexBusy(
            f"--rebuild needs the index for itself, and the page at {page.url} has it open: end the page (Ctrl+C where "
            "it was started), start this command again and then the page; saved conversations and memos stay, and "
            "`assistant index` alone works beside the page"
        ) from error
    report = brought.report
    if brought.problem:
        note(brought.problem)
    check_still_there(Path(brought.corpus), report)
    if as_json:
        typer.echo(json.dumps(_report_as_json(report), ensure_ascii=False, indent=2))
    else:
        _print_report(report, Path(brought.corpus), held(brought.files, brought.documents, brought.passages))
    if not report.outcomes:
        note(
            f"there are no briefings in {brought.corpus!r}: put files into it ({' '.join(SUPPORTED)}), "
            "or name another folder"
        )
    if report.count("failed"):
        raise typer.Exit(1)


def check_still_there(corpus: Path, report: SyncReport) -> None:
    """Raises `InputError` where the folder went away while it was read: one sentence, instead of one for each file."""
    if report.count("failed") and not corpus.is_dir():
        raise InputError(
            f"the folder {str(corpus)!r} went away while it was read: {report.count('indexed')} files were read and "
            f"{report.count('failed')} could not be; put it back and start the command again"
        )


def _brought_here(settings: Settings, *, rebuild: bool) -> Brought:
    from assistant.ui.told import brought
    from assistant.wiring import build_embedder, build_library

    library = build_library(settings, build_embedder(settings), command="assistant index", rebuild=rebuild)
    with library.index:
        report = with_progress(proved(library), afterwards="Proving the vector index")
        return brought(library, report)


def _print_report(report: SyncReport, corpus: Path, holds: str) -> None:
    for warning in report.warnings:
        note(warning)
    for outcome in report.outcomes:
        if outcome.status == "unchanged":
            continue  # what was said of it when it was read stands in `assistant list --json` and on the page
        if outcome.status == "failed":
            typer.secho(f"failed     {outcome.path}: {outcome.reason}", fg=typer.colors.RED)
        elif outcome.status == "renamed":
            typer.echo(f"renamed    {outcome.path} (was {outcome.reason})")
        else:
            typer.echo(f"{outcome.status:<10} {outcome.path}")
        for warning in outcome.warnings:
            typer.secho(f"           note: {warning}", fg=typer.colors.YELLOW)
    counts = ", ".join(
        f"{report.count(status)} {status}"
        for status in ("indexed", "unchanged", "renamed", "removed", "failed")
        if report.count(status)
    )
    typer.secho(
        f"{corpus}: {counts or 'no briefings'}; {holds}, {report.embedded} embedded, {report.seconds:.1f} s",
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
