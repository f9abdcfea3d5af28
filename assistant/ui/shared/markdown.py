"""A saved conversation as Markdown, its sources as footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.memos.before import with_before
from assistant.memos.evidence import NEAREST
from assistant.memos.markdown import escaped
from assistant.types import Answer, Citation, Side, Source
from assistant.ui.render_context import DIFFERS
from assistant.ui.shared.context import Shared
from assistant.ui.shared.said import changed, conditions, covered, moment
from assistant.ui.wording import (
    abstained_said,
    contrary_said,
    day,
    doubt,
    failure_of,
    page_name,
    parts_missing,
    written_by,
)
from assistant.work.records import SavedTurn


def markdown(shared: Shared) -> str:
    """Footnotes are numbered anew in each answer, as on the page: `[^2-1]` is the first one of the second answer."""
    known = None if shared.briefings is None else tuple(shared.briefings.sources())
    blocks = [f"# {escaped(shared.saved.summary.title)}", f"*Shared on {moment(shared.now)}*"]
    for number, saved in enumerate(shared.saved.turns, start=1):
        blocks += _turn(number, saved, changed(saved.turn.answer, known))
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")


def _turn(number: int, saved: SavedTurn, since: tuple[str, ...]) -> Iterator[str]:
    answer = saved.turn.answer
    yield f"## {escaped(saved.turn.question)}"
    said = [f"Answered on {moment(saved.saved_at)}", *conditions(answer)]
    yield "\n".join(f"- {escaped(each)}" for each in [*said, *(f"Since then: {each}" for each in since)])
    if not saved.finished:
        yield "**Stopped. This answer is not complete.**"
    if answer.outcome == "abstained":
        yield "**{}.** {} the question, so nothing is claimed.".format(*abstained_said(answer))
    else:
        yield _text(number, with_before(answer))
    if answer.writer:
        yield f"*{escaped(written_by(answer.writer))}*"
    yield _list("Not in the briefings:", parts_missing(answer))
    yield _list("Notes:", tuple(note for note in answer.notes if note.strip()))
    withheld = [
        f"{one.text} ({': '.join(failure_of(one))})" for one in answer.withheld if one.verdict.status != "supported"
    ]
    yield _list("Written and not shown, as the briefings don’t bear it out:", withheld)
    yield _list(f"{NEAREST}:", _sides(answer.likeliest))
    yield _list(f"{contrary_said(answer)}:", _sides(answer.contrary))
    for one in answer.disagreements:
        yield _list(f"Sources differ {DIFFERS[one.kind]}: {one.about}", _sides(one.sides))
    line, others = covered(answer.coverage)
    yield _list(f"{line}. Not used here:", others) if others else escaped(line)
    yield from dict.fromkeys(_footnote(number, one) for one in sorted(answer.citations, key=lambda one: one.marker))


def _text(number: int, answer: Answer) -> str:
    """The text, a paragraph a line; bounds that no text has keep the marks apart from what is escaped around them."""
    marks = [(one.answer_span.end, 0, one.marker, f"\x02{one.marker}\x03") for one in answer.citations]
    marks += [
        (one.span.end, 1, 0, f" \x04({doubt(one.verdict.status)})\x04")
        for one in answer.statements
        if one.span and doubt(one.verdict.status)
    ]
    pieces, position = [], 0
    for end, *_, mark in sorted(marks):
        pieces += [answer.text[position:end], mark]
        position = end
    text = "".join([*pieces, answer.text[position:]])
    lines = [escaped(line, written=answer.writer is not None) for line in text.split("\n") if line.strip()]
    return "\n\n".join(lines).replace("\x02", f"[^{number}-").replace("\x03", "]").replace("\x04", "*")


def _footnote(number: int, one: Citation) -> str:
    page = page_name(one.page_index, one.page_label)
    said = f"{_source(one.source)}{f', {page}' if page else ''}: “{one.quote}”"
    return f"[^{number}-{one.marker}]: {escaped(said)}"


def _sides(sides: Sequence[Side]) -> list[str]:
    return [f"“{side.quote}” — {_source(side.source)}" for side in sides]


def _source(source: Source) -> str:
    when = day(source.date) if source.date else None
    return ", ".join(part for part in (source.title, source.publisher, when, source.path) if part)


def _list(head: str, items: tuple[str, ...] | list[str]) -> str:
    return "\n".join([f"{escaped(head)}\n", *(f"- {escaped(each)}" for each in items)]) if items else ""
