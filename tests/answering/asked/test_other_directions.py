"""What happened in the north does not tell what happened in the south."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_directions import of_another_direction

NORTH = "The war in North America ended with a treaty."


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("When did the war in South America end?", NORTH, True),
        ("When did the South American war end?", "The North American war ended in May.", True),
        ("When did the war in North America end?", NORTH, False),
        ("When did the war in America end?", NORTH, False),
        ("How did South Korea respond?", "North Korea fired a missile, and South Korea protested.", False),
        ("How many live in Northern Arlen?", "In southern Arlen 400 people live.", True),
        ("How many live in Northern Arlen?", "In the southern valleys 400 people live.", False),
        ("How many live in northern Arlen?", "In southern Arlen 400 people live.", False),
        ("Which way is north?", "It lies to the south.", False),
    ],
)
def test_a_sentence_of_another_direction_is_no_answer(question: str, sentence: str, other: bool) -> None:
    assert of_another_direction(question, sentence, sentence) is other


def test_a_passage_of_both_may_compare_them() -> None:
    around = f"{NORTH} South America stayed at peace."
    assert not of_another_direction("When did the war in South America end?", NORTH, around)
