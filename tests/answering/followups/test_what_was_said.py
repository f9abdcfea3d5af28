"""In the place of the "that" of "who said that?" comes what the last answer's sentence says."""

from __future__ import annotations

import pytest

from assistant.answering.followups.condensing import condense
from assistant.answering.followups.what_was_said import with_what_was_said
from assistant.types import Answer, Conversation, Turn

CABLES = 'Defence Minister Boris Pistorius said that "nobody believes these cables were severed by accident".'
APPEAL = "Nordkraft's chief executive, Marit Lunde, said the company would appeal."
KILLED = "A missile killed three sailors on the True Confidence and injured four. They were from Asia."


def told(text: str, *, question: str = "What happened?") -> Answer:
    return Answer(question, question, text, "answered" if text else "abstained")


@pytest.mark.parametrize(
    ("text", "question", "query"),
    [
        (KILLED, "Who said that?",
         "Who said that a missile killed three sailors on the True Confidence and injured four?"),
        (CABLES, "When did Boris Pistorius say that?",
         'When did Boris Pistorius say that "nobody believes these cables were severed by accident"?'),
        (APPEAL, "When did Marit Lunde say so?", "When did Marit Lunde say that the company would appeal?"),
        (APPEAL, "who reported this", "who reported that the company would appeal?"),
        ("Austin told reporters in Singapore that talks go on.", "Did Dong deny that?",
         "Did Dong deny that talks go on?"),
    ],
)  # fmt: skip
def test_what_was_said_takes_the_place_of_that(text: str, question: str, query: str) -> None:
    assert with_what_was_said(question, told(text)) == query


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("", "Who said that?"),
        (KILLED, "Who said that Japan declined?"),
        (KILLED, "When was that?"),
        (KILLED, "Why did it say on that day?"),
        ("Ship: True Confidence | Outcome: three killed", "Who said that?"),
        (f"It was {'very ' * 60}long.", "Who said that?"),
        ('He said that "we go', "Who said that?"),
        ("Neema Kimambo called it premature.", "Why did Neema Kimambo say that?"),
    ],
)
def test_other_questions_and_answers_without_a_sentence_leave_it(text: str, question: str) -> None:
    assert with_what_was_said(question, told(text)) == question


@pytest.mark.parametrize(
    ("asked", "text", "question", "query"),
    [
        ("Who is the chief executive of Nordkraft?", APPEAL, "When did she say that?",
         "When did Marit Lunde say that the company would appeal?"),
        ("How many died on the True Confidence?", KILLED, "And who said that?",
         "And who said that a missile killed three sailors on the True Confidence and injured four?"),
        ("Who called the reopening premature?", "Neema Kimambo of the WHO called it so.", "Why did she say that?",
         "Why did Neema Kimambo say that (called reopening premature)?"),
        ("How many died on the True Confidence?", KILLED, "When did they say that?",
         "When did they say that a missile killed three sailors on the True Confidence and injured four?"),
        ("How many died on the True Confidence?", "", "Who said that?", "Who said that (died True Confidence)?"),
    ],
)  # fmt: skip
def test_a_follow_up_about_what_was_said_stands_alone(asked: str, text: str, question: str, query: str) -> None:
    before = Conversation("c", (Turn(asked, told(text, question=asked)),))
    assert condense(question, before) == query


def test_what_was_said_is_no_topic_of_its_own() -> None:
    asked = "How many were killed on the True Confidence?"
    before = Conversation("c", (Turn(asked, told("A missile from Hodeidah killed three.", question=asked)),))
    again = "Who said that?"
    query = condense(again, before)
    before = before.with_turn(Turn(again, Answer(again, query, "Centcom said so.", "answered")))
    assert "Hodeidah" in query
    assert condense("Where was it built?", before) == "Where was the True Confidence built?"
