from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given, settings

from assistant.types import Answer, Span, Statement, Turn, Verdict
from assistant.work.records import Review, SavedTurn
from assistant.work.reviewing import reviewed, sentences_of
from tests.work.nouns import answered, turns

NOW = datetime(2024, 3, 10, tzinfo=UTC)


def _written() -> Answer:
    answer = answered("When?", text="- It ended in July.\n- Nobody said why.").answer
    first, second = Span(2, 19), Span(22, 38)
    (cited,) = answer.citations
    return replace(
        answer,
        writer="tiny",
        statements=(
            Statement("It ended in July.", Verdict("supported"), first),
            Statement("It was bad.", Verdict("unsupported")),
            Statement("Nobody said why.", Verdict("partly"), second),
        ),
        citations=(replace(cited, marker=2, answer_span=second), replace(cited, answer_span=first)),
    )


def test_a_written_answer_is_reviewed_sentence_by_sentence_without_what_was_withheld() -> None:
    reviews = (Review(Span(22, 38), "rejected", "who?"), Review(Span(0, 3), "accepted"))
    first, second = reviewed(SavedTurn(1, Turn("When?", _written()), NOW, reviews=reviews))
    assert (first.text, first.decision, first.note) == ("It ended in July.", None, "")
    assert [one.marker for one in first.citations] == [1]
    assert (second.text, second.decision, second.note) == ("Nobody said why.", "rejected", "who?")
    assert [one.marker for one in second.citations] == [2]


def test_an_answer_in_quotes_is_reviewed_quote_by_quote() -> None:
    answer = answered("When?", text="It ended in July.\nIt was over.").answer
    (cited,) = answer.citations
    first, second = Span(0, 17), Span(18, 30)
    spans = (second, first, first)
    quoted = replace(answer, citations=tuple(replace(cited, answer_span=span) for span in spans))
    assert sentences_of(quoted) == (first, second)
    assert sentences_of(replace(quoted, outcome="abstained")) == ()


@given(turn=turns)
@settings(max_examples=30, deadline=None)
def test_sentences_never_overlap_and_lie_in_the_text(turn: Turn) -> None:
    spans = sentences_of(turn.answer)
    assert all(one.end <= after.start for one, after in pairwise(spans))
    assert all(span.of(turn.answer.text).strip() for span in spans)
