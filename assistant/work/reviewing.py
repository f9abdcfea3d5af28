"""An answer sentence by sentence, as a person reviews it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Answer, Citation, Span
from assistant.work.records import Decision, Review, SavedTurn


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A sentence of an answer, the characters `span` of its text, with what it rests on and what was decided."""

    span: Span
    text: str
    citations: tuple[Citation, ...]
    decision: Decision | None = None
    note: str = ""


def sentences_of(answer: Answer) -> tuple[Span, ...]:
    """The sentences of an answer in order, none inside another: those that were written, or the quotes.

    An answer that abstains has none.
    """
    if answer.outcome == "abstained":
        return ()
    said = [one.span for one in answer.statements if one.span is not None]
    spans: list[Span] = []
    for span in sorted(
        set(said or (one.answer_span for one in answer.citations)), key=lambda one: (one.start, -one.end)
    ):
        if span.of(answer.text).strip() and (not spans or spans[-1].end <= span.start):
            spans.append(span)
    return tuple(spans)


def reviewed(saved: SavedTurn) -> tuple[Reviewed, ...]:
    """Each sentence of a saved answer, with what was decided about it."""
    answer = saved.turn.answer
    known = {review.span: review for review in saved.reviews}
    found = []
    for span in sentences_of(answer):
        review = known.get(span, Review(span, None))
        cited = sorted((one for one in answer.citations if one.answer_span.overlaps(span)), key=lambda one: one.marker)
        found.append(Reviewed(span, span.of(answer.text), tuple(cited), review.decision, review.note))
    return tuple(found)
