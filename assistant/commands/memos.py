"""`assistant memo`: a topic becomes a memo with citations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import Corpus, Index
from assistant.commands.progress import note, warn_of_failures, warn_of_vectors, with_progress
from assistant.errors import InputError
from assistant.settings import Settings


def memo(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="What the memo is about, in a few words.")],
    template: Annotated[
        str, typer.Option("--template", metavar="NAME", help="The kind of memo; docs/memos.md lists them.")
    ] = "briefing-note",
    templates: Annotated[
        Path | None,
        typer.Option("--templates", metavar="FOLDER", help="Folder with templates of your own, which go first."),
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="A file to write: .docx, .md, .html, .pdf, .bib, .csl.json or .json; may be repeated. "
            "Without it Markdown is printed.",
        ),
    ] = None,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    """Draft a memo about a topic from the briefings; the index is brought up to date first."""
    from assistant.memos.drafting import draft
    from assistant.memos.export import EXPORTS, export, export_of
    from assistant.memos.template import load_template
    from assistant.wiring import build_assistant

    asked = load_template(template, folder=templates)
    for path in out or ():
        export_of(path)  # before the model is loaded for it
        if not path.absolute().parent.is_dir():
            raise InputError(f"there is no folder {str(path.parent)!r} to write {path.name!r} to")
    assistant = build_assistant(Settings.read(corpus=corpus, index=index), command="assistant memo")
    try:
        warn_of_failures(with_progress(assistant.bring_up_to_date(), afterwards="Loading the model"))
        for event in draft(assistant, topic, asked):
            if event.asking is not None:
                typer.secho(f"{event.done + 1} of {event.total}: {event.asking}", dim=True, err=True)
        warn_of_vectors(assistant.library.index)
    finally:
        assistant.close()
    if not out:
        typer.echo(EXPORTS[".md"](event.memo).decode(), nl=False)
    for path in out or ():
        export(event.memo, path)
        note(f"{path} is written")
