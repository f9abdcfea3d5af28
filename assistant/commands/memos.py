"""`assistant memo`: a topic becomes a memo with citations."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.drafted import Kept, drafted
from assistant.commands.folders import check_folder_of, with_corpus_of_index
from assistant.commands.options import Corpus, Index
from assistant.commands.paged import brought_by_page
from assistant.commands.progress import made_ready, note, refuse_if_empty, warn_of_failures, warn_of_vectors
from assistant.errors import InputError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.memos.memo import Memo
    from assistant.memos.template import Template

_USUAL = "briefing-note"
_OTHERS = "chronology, decision-memo, questions-and-answers, situation-report"


def memo(
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help="What the memo is about, in a few words.", show_default=False)
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template",
            metavar="NAME",
            help=f"The kind of memo: {_USUAL} where none is named, {_OTHERS}, or one of your own.",
        ),
    ] = None,
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
            "Without any, Markdown is printed.",
        ),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            "--resume",
            metavar="FILE",
            help="A .json memo that was begun: the sections that it lacks are drafted and kept in it.",
        ),
    ] = None,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    """Draft a memo about a topic from the briefings; the index is brought up to date first."""
    from assistant.memos.export import EXPORTS, export, export_of
    from assistant.memos.memo_file import read_memo
    from assistant.memos.template import load_template

    if resume is not None and (topic is not None or template is not None):
        raise InputError("--resume goes on with the topic and the template of the file: leave out TOPIC and --template")
    begun = read_memo(resume) if resume is not None else None
    if begun is not None:
        topic, template = begun.topic, begun.template
    if topic is None:
        raise InputError("say what the memo is about, or name one that was begun with --resume FILE")
    asked = load_template(_USUAL if template is None else template, folder=templates)
    outs = out or []
    for path in outs:
        export_of(path)  # before the model is loaded for it
        check_folder_of(path)
    keep = resume or next((path for path in outs if export_of(path) is EXPORTS[".json"]), None)
    outs = [path for path in outs if path != keep]
    options = [("--resume", keep), ("--templates", templates), *(("--out", path) for path in outs)]
    options += [("--corpus", corpus), ("--index", index)]
    said = (part for name, path in options if path is not None for part in (name, str(path)))
    kept = Kept(keep, f"assistant memo {shlex.join(said)}")
    settings = Settings.read(corpus=corpus, index=index)
    made = _drafted_by_page(settings, topic, asked, begun, kept) or _drafted_here(settings, topic, asked, begun, kept)
    if keep is not None:
        note(f"{keep} is written")
    elif not outs:
        typer.echo(EXPORTS[".md"](made).decode(), nl=False)
    for path in sorted(outs, key=lambda path: export_of(path) is EXPORTS[".pdf"]):  # which may lack a font
        export(made, path)
        note(f"{path} is written")


def _drafted_by_page(settings: Settings, topic: str, template: Template, begun: Memo | None, kept: Kept) -> Memo | None:
    """The memo as the page that has the index open answers its questions; None where there is none."""
    from assistant.ui.open_page import BriefingsOfPage

    paged = brought_by_page(settings)
    if paged is None:
        return None
    page, brought = paged
    warn_of_failures(brought.report)
    refuse_if_empty(brought.report, brought.documents, Path(brought.corpus))
    if brought.problem:
        note(brought.problem)
    return drafted(BriefingsOfPage(page, settings.index), topic, template, begun, kept)


def _drafted_here(settings: Settings, topic: str, template: Template, begun: Memo | None, kept: Kept) -> Memo:
    from assistant.wiring import build_assistant

    assistant = build_assistant(with_corpus_of_index(settings), command="assistant memo")
    try:
        made_ready(assistant)
        made = drafted(assistant, topic, template, begun, kept)
        warn_of_vectors(assistant.library.index)
    finally:
        assistant.close()
    return made
