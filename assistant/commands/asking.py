"""`assistant ask`: one question, one answer with citations."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer

from assistant.commands.options import AsJson, Corpus, Index
from assistant.commands.progress import made_ready, warn_of_vectors
from assistant.settings import Settings


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
    from assistant.answering.extractive import check
    from assistant.wiring import build_assistant

    for one in (*(history or ()), question):
        check(one)  # before the model is loaded for it
    settings = Settings.read(corpus=corpus, index=index)
    assistant = build_assistant(settings, command="assistant ask")
    try:
        made_ready(assistant)
        answer = assistant.ask_after(history or [], question)
        more = assistant.ask_others(answer) if others else None
        warn_of_vectors(assistant.library.index)
    finally:
        assistant.close()
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
