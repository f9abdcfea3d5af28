"""`assistant ask`: one question, one answer with citations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import AsJson, Corpus, Index
from assistant.commands.progress import warn_of_failures, warn_of_vectors, with_progress
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.types import Answer

_EXCERPT = 160


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
        report = with_progress(assistant.bring_up_to_date(), afterwards="Loading the model")
        warn_of_failures(report)
        answer = assistant.ask_after(history or [], question)
        warn_of_vectors(assistant.library.index)
    finally:
        assistant.close()
    if as_json:
        from assistant.answering.as_json import answer_as_json

        typer.echo(json.dumps(answer_as_json(answer), ensure_ascii=False, indent=2))
    else:
        _print_answer(answer)


def _print_answer(answer: Answer) -> None:
    from assistant.answering.citations import render_markers
    from assistant.ui.wording import excerpt

    if answer.query != answer.question:
        typer.secho(f"Searched for: {answer.query}\n", dim=True)
    if answer.outcome == "abstained":
        typer.secho(answer.text, bold=True)
        if answer.passages:
            typer.echo("\nThe nearest passages:")
        for passage in answer.passages[:3]:
            typer.echo(f"  {_reference(passage.source.title, passage.source.date, passage.chunk.page_label)}")
            typer.secho(f"    {excerpt(passage.chunk.text, _EXCERPT)}", dim=True)
        return
    typer.echo(render_markers(answer.text, answer.citations))
    _print_checks(answer)
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


def _print_checks(answer: Answer) -> None:
    """Who wrote the answer, what of it is borne out only in part, what was withheld, and why; where sources differ."""
    if answer.writer:
        typer.secho(f"\nWritten by {answer.writer}, every sentence checked against the briefings.", dim=True)
    for statement in answer.statements:
        if statement.span is not None and statement.verdict.status == "partly":
            typer.secho(f"\nOnly partly supported: {statement.text} ({statement.verdict.reason})", fg="yellow")
    if answer.withheld:
        typer.echo("\nWritten and withheld, because the briefings don't bear it out:")
    for statement in answer.withheld:
        reason = ": ".join(part for part in (statement.verdict.failure, statement.verdict.reason) if part)
        typer.secho(f"  {statement.text} ({reason})", dim=True)
    for one in answer.disagreements:
        typer.secho(f"\nSources differ on {one.about}:", bold=True)
        for side in one.sides:
            typer.echo(f"  {_reference(side.source.title, side.source.date, None)}: “{side.quote}”")
    for note in answer.notes:
        typer.secho(f"\n{note[:1].upper()}{note[1:].rstrip('.')}.", dim=True)


def _reference(title: str, day: object, page: str | None) -> str:
    return ", ".join(str(part) for part in (title, day, f"p. {page}" if page else None) if part)
