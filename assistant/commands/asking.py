"""`assistant ask`: one question, one answer with citations."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.folders import with_corpus_of_index
from assistant.commands.options import AsJson, Corpus, Index
from assistant.commands.paged import meant_corpus, page_of
from assistant.commands.progress import made_ready, note
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.ui.told import Asked, Told


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to know, in quotes.")],
    history: Annotated[
        list[str] | None,
        typer.Option(
            "--history",
            metavar="QUESTION",
            help="A question asked before in the same conversation; repeat it, in order.",
        ),
    ] = None,
    others: Annotated[
        bool,
        typer.Option("--others", help="Also ask the documents that mention the subject and were not used."),
    ] = False,
    as_json: AsJson = False,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    """Answer one question from the briefings, with citations; the index is brought up to date first."""
    from assistant.language.askable import check
    from assistant.ui.told import Asked

    for one in (*(history or ()), question):
        check(one)  # before the model is loaded for it
    settings = Settings.read(corpus=corpus, index=index)
    asked = Asked(question, tuple(history or ()), others, meant_corpus(settings))
    told = _told_by_open_page(settings, asked) or _told_here(settings, asked)
    answer, more = told.answer, told.from_others
    for each in told.notes:
        note(each)
    if as_json:
        from assistant.answering.as_json import answer_as_json

        shown = answer_as_json(answer) | ({"from_others": more and answer_as_json(more)} if others else {})
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    from assistant.commands.printed_answer import print_answer

    print_answer(answer, date.today())
    if others:
        typer.secho("\nWhat the other documents say\n", bold=True)
        if more is None:
            typer.echo("There are none that mention this.")
        else:
            print_answer(more, date.today())


def _told_by_open_page(settings: Settings, asked: Asked) -> Told | None:
    """What the page says that has the index open; None where there is none."""
    page = page_of(settings)
    told = page.ask(asked) if page is not None else None
    if page is not None and told is not None:
        note(f"the page at {page.url} answers, with its settings")
    return told


def _told_here(settings: Settings, asked: Asked) -> Told:
    from assistant.ui.told import told_by
    from assistant.wiring import build_assistant

    assistant = build_assistant(with_corpus_of_index(settings), command="assistant ask")
    try:
        made_ready(assistant)
        return told_by(assistant, asked)
    finally:
        assistant.close()
