"""An answer as a terminal shows it: the text first, then what was found around it, then its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import typer

from assistant.answering.citations import render_markers
from assistant.language.number_words import counted
from assistant.memos.before import with_before
from assistant.memos.evidence import NEAREST
from assistant.types import Answer, Coverage, Disagreement, Side, Source, Span
from assistant.ui.wording import (
    contrary_said,
    dated,
    day,
    did_you_mean,
    excerpt,
    page_name,
    parts_missing,
    period,
)

_EXCERPT = 160
_NEAREST = 3
_LISTED = 5
_DIFFER = {"number": "on a number", "date": "on a date", "polarity": "on yes or no"}


def print_answer(answer: Answer, today: date) -> None:
    """Prints an answer, or that there is none. The ages of sources are counted to `today`."""
    for line in _searched(answer):
        typer.secho(line, dim=True)
    if answer.outcome == "abstained":
        typer.secho(answer.text, bold=True)
    else:
        shown = with_before(answer)
        typer.echo(render_markers(shown.text, shown.citations))
    _print_checks(answer)
    for part in parts_missing(answer):
        typer.secho(f"\nNot in the briefings: {part}", bold=True)
    if answer.likeliest:
        typer.secho(f"\n{NEAREST}", bold=True)
        _print_sides(answer.likeliest, today)
    if answer.did_you_mean is not None:
        typer.secho(f"\n{did_you_mean(answer.did_you_mean)}", bold=True)
        typer.echo(f"  Ask: {answer.did_you_mean.question}")
    if answer.contrary:
        typer.secho(f"\n{contrary_said(answer)}", bold=True)
        _print_sides(answer.contrary, today)
    for one in answer.disagreements:
        _print_disagreement(one, today)
    if answer.outcome == "abstained":
        _print_nearest(answer, today)
    else:
        _print_sources(answer, today)
    if answer.coverage is not None:
        _print_coverage(answer.coverage, today)
    for note in answer.notes:
        typer.secho(f"\n{note[:1].upper()}{note[1:].rstrip('.')}.", dim=True)


def _searched(answer: Answer) -> Iterator[str]:
    """What was searched, where it is not the question as it was typed, in everything; then an empty line."""
    lines = []
    if answer.query != answer.question:
        lines.append(f"Searched for: {answer.query}")
    if answer.as_of is not None:
        lines.append(f"As of {day(answer.as_of)}: what is dated later was not searched.")
    if answer.time is not None:
        lines.append(f"Ranked by time: {period(answer.time)}")
    if answer.filters.documents:
        lines.append(f"Searched in {counted(len(answer.filters.documents), 'document')} only.")
    yield from [*lines, ""] if lines else []


def _print_checks(answer: Answer) -> None:
    """Who wrote the answer, what of it is borne out only in part, what was withheld, and why."""
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


def _print_disagreement(one: Disagreement, today: date) -> None:
    about = f": {one.about}" if one.about else ""
    typer.secho(f"\nSources differ {_DIFFER[one.kind]}{about}", bold=True)
    _print_sides(one.sides, today)


def _print_sides(sides: Sequence[Side], today: date) -> None:
    """The quotes, the words that matter in bold; a sentence that tells both sides stands once."""
    for (_, span), both in groupby(sides, key=lambda side: (side.source.document_id, side.span)):
        told = list(both)
        marked = sorted({side.words.shifted(-span.start) for side in told})
        typer.echo(f"  “{_bold(told[0].quote, marked)}”")
        typer.secho(f"      {_reference(told[0].source, today)}", dim=True)


def _bold(text: str, spans: Sequence[Span]) -> str:
    """A text with stretches of it in bold, where these are not the whole of it."""
    bold, end = "", 0
    for span in spans:
        if end <= span.start and span.end - span.start < len(text):
            bold += text[end : span.start] + typer.style(text[span.start : span.end], bold=True)
            end = span.end
    return bold + text[end:]


def _print_nearest(answer: Answer, today: date) -> None:
    if answer.passages:
        typer.echo("\nThe nearest passages")
    for passage in answer.passages[:_NEAREST]:
        chunk = passage.chunk
        typer.echo(f"  {_reference(passage.source, today, page_name(chunk.page_index, chunk.page_label))}")
        typer.secho(f"      {excerpt(chunk.text, _EXCERPT)}", dim=True)


def _print_sources(answer: Answer, today: date) -> None:
    typer.echo("\nSources")
    shown: set[int] = set()
    for citation in answer.citations:
        if citation.marker in shown:
            continue
        shown.add(citation.marker)
        source = citation.source
        page = page_name(citation.page_index, citation.page_label)
        typer.echo(f"  [{citation.marker}] {_reference(source, today, page)}")
        also = f"; also in {counted(len(citation.also_in), 'other briefing')}" if citation.also_in else ""
        typer.secho(f"      {source.path}, characters {citation.span.start}-{citation.span.end}{also}", dim=True)


def _print_coverage(known: Coverage, today: date) -> None:
    """How many documents mention the subject; those that the answer does not use, as many as a screen holds."""
    total, used = len(known.used) + len(known.others), len(known.used)
    if not total:
        return
    mention = f"{counted(total, 'document')} {'mentions' if total == 1 else 'mention'} {known.subject}"
    typer.echo(f"\n{mention}: {_used(used, total)}.")
    if not used:
        return
    for source in known.others[:_LISTED]:
        typer.secho(f"  {_reference(source, today)}", dim=True)
    if len(known.others) > _LISTED:
        typer.secho(f"  and {len(known.others) - _LISTED} more", dim=True)


def _used(used: int, total: int) -> str:
    if used == total:
        return "it is used here" if total == 1 else "all are used here"
    if not used:
        return "it is not used here" if total == 1 else "none is used here"
    return f"{used} used here, {total - used} not (--others asks them)"


def _reference(source: Source, today: date, page: str | None = None) -> str:
    """Title, date with its age, and page of a source."""
    when = dated(source.date, today) if source.date else None
    parts: Sequence[str | None] = (source.title, when, page)
    return ", ".join(part for part in parts if part)
