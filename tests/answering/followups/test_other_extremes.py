""" "And the lowest?" asks the question before with another extreme in place of its own."""

from __future__ import annotations

import pytest

from assistant.answering.followups.condensing import condense, goes_on
from assistant.answering.tables.extremes import with_other_extreme
from assistant.types import Answer, Conversation, Turn

RENT = "Which bidder offered the highest rent?"
EXPORTS = "Which country exported the most lithium in 2022?"


def after(query: str) -> Conversation:
    return Conversation("test").with_turn(Turn(query, Answer(query, query, "Bidder: Arlen | Rent: 24", "answered")))


@pytest.mark.parametrize(
    ("before", "question", "query"),
    [
        (RENT, "And the lowest?", "Which bidder offered the lowest rent?"),
        (RENT, "What about the second highest?", "Which bidder offered the second highest rent?"),
        (RENT, "and the second?", "Which bidder offered the second highest rent?"),
        (RENT, "Who was third?", "Which bidder offered the third highest rent?"),
        (EXPORTS, "And the least?", "Which country exported the least lithium in 2022?"),
        (EXPORTS, "Which one was the second most?", "Which country exported the second most lithium in 2022?"),
        ("Which month was the third busiest?", "And the quietest?", "Which month was the quietest?"),
    ],
)
def test_another_extreme_takes_the_place_of_the_one_before(before: str, question: str, query: str) -> None:
    assert condense(question, after(before)) == query
    assert not goes_on(question, after(before))


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (RENT, "Which bidder offered the lowest investment?"),
        ("How many bidders were there?", "And the lowest?"),
        ("Which bids were the highest and the lowest?", "And the second?"),
    ],
)
def test_a_question_of_its_own_takes_no_place(before: str, question: str) -> None:
    assert with_other_extreme(before, question) is None
