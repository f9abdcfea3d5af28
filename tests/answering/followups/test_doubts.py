"""A question that only doubts the last answer asks the same again, and is told what the answer rests on."""

from __future__ import annotations

import pytest

from assistant.answering.followups.condensing import condense
from assistant.answering.followups.doubts import doubts, what_it_rests_on
from assistant.types import Answer, Citation, Conversation, Disagreement, Side, Source, Span, Turn

QUESTION = "Why did Austin meet Dong in Singapore?"
ANSWER = Answer(QUESTION, QUESTION, "Austin met Dong Jun for 75 minutes.", "answered")
ASKED = Conversation("c", (Turn(QUESTION, ANSWER),))
SOURCES = [Source(f"{name}.md", f"{name}.md", name, "text/markdown", "0") for name in "abc"]


@pytest.mark.parametrize(
    "question",
    [
        "Are you sure?",
        "are you sure about that",
        "Hm, are you really certain?",
        "Really?",
        "Wait, really?!",
        "Is that true?",
        "is this figure correct?",
        "How do you know?",
        "How sure are you about that?",
        "Who says so?",
        "says who?",
        "Which briefings say that?",
        "What other sources confirm this?",
        "What is your source for that?",
        "Source?",
        "Where does it say that?",
        "Where did you get that from?",
        "Can I trust that?",
        "check that again please",
        "Show me the evidence.",
        "Are you sure it was Austin?",
        "Are you sure that it was 80 minutes?",
    ],
)
def test_a_doubt_asks_the_same_again(question: str) -> None:
    assert condense(question, ASKED) == QUESTION


@pytest.mark.parametrize(
    "question",
    [
        "Are you sure that Japan declined?",
        "Are you sure it was Kishida?",
        "Is it true that Japan declined?",
        "Was the figure of April correct?",
        "Who says that Japan declined?",
        "Which briefings mention Japan?",
        "How does NATO know?",
        "What is the source of the Nile?",
        "Who was really responsible?",
        'Who said "are you sure?"',
        "Why?",
        "Who said that?",
    ],
)
def test_a_question_that_asks_something_of_its_own_is_no_doubt(question: str) -> None:
    assert not doubts(question, ANSWER)


def test_a_doubt_that_is_asked_first_is_a_question_like_any_other() -> None:
    assert condense("Are you sure?", Conversation("new")) == "Are you sure?"


def test_a_follow_up_behind_a_doubt_is_about_what_was_doubted() -> None:
    again = ASKED.with_turn(Turn("Are you sure?", ANSWER))
    assert condense("And in 2023?", again) == f"{QUESTION.rstrip('?')} in 2023?"


def cited(marker: int, source: Source, *also: Source) -> Citation:
    place = Span(marker, marker + 4)
    return Citation(marker, Span(0, 4), source, f"{source.path}:{marker}", place, "word", also_in=also)


def test_what_an_answer_rests_on_is_counted() -> None:
    a, b, c = SOURCES
    one = Answer("q", "q", "word", "answered", (cited(1, a),))
    assert what_it_rests_on(one) == (
        "the same question was asked again: the answer rests on 1 quote from 1 document; "
        "no other quote was found that differs from it on a number, a date or yes and no"
    )
    more = Answer("q", "q", "word", "answered", (cited(1, a), cited(2, a), cited(3, b, a, c)))
    assert "rests on 3 quotes from 2 documents, and 1 more document has the same;" in what_it_rests_on(more)


def test_what_differs_is_counted_by_document() -> None:
    a, b, _ = SOURCES
    sides = tuple(Side(source, source.path, Span(0, 4), "word", Span(0, 4)) for source in (a, b))
    differing = Answer("q", "q", "word", "answered", (cited(1, a),), disagreements=(Disagreement("number", "", sides),))
    assert what_it_rests_on(differing).endswith("; 2 documents differ on a number, as is shown with it")
    alone = Answer("q", "q", "w", "answered", (cited(1, a),), disagreements=(Disagreement("date", "", sides[:1] * 2),))
    assert what_it_rests_on(alone).endswith("; one document says different things on a date, as is shown with it")


def test_an_abstention_that_is_doubted_says_that_it_was_asked_again() -> None:
    silent = Answer("q", "q", "The briefings don't say.", "abstained")
    assert what_it_rests_on(silent).startswith("the same question was asked again, and no sentence")
