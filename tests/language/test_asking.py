"""The sentence of a question that asks."""

from __future__ import annotations

import pytest

from assistant.language.asking import asking_part


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Finland joined NATO this week. Which country does it border?", "Which country does it border?"),
        ("Gov. Newsom signed a bill on burials. What is it?", "What is it?"),
        (
            "The U.S. sanctioned Li in 2018. He was then the head of which department?",
            "He was then the head of which department?",
        ),
    ],
)
def test_that_what_is_told_before_the_question_is_left_out(question: str, asks: str) -> None:
    assert asking_part(question) == asks


@pytest.mark.parametrize(
    "question",
    [
        "why did China decline?",
        "",
        "Li Shangfu sanctions",
        "The Tutor is called a British ship. Correct?",  # leans on what is told
        "Ship numbers are 40% down in January 2024. Does that add up?",
        "Is the car carrier an Israeli ship? Who says what?",  # two that ask
        "And when was he sanctioned? (Who is Li?)",  # a facet with what it leans on
        "Since when had they been silent? Sources give July and August 2022.",  # told afterwards
        "Summarise the talks. Keep it short.",
    ],
)
def test_that_everything_else_stays_whole(question: str) -> None:
    assert asking_part(question) == question
