"""What is counted beside a thing does not count it."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_counts import of_another_count

CASES = "How many cholera cases were there in Zomba?"
DIED = "How many people died at Lonja?"


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        (CASES, "Forty deaths in Zomba had been filed under the wrong week.", True),
        (CASES, "Zomba had 3,201 cases and 40 deaths.", False),
        (CASES, "In Zomba 3,201 people fell ill and 40 died.", False),
        (CASES, "District: Zomba | Cases: 3,201 | Deaths: 40", False),
        (CASES, "Zomba asked for 400 beds.", False),
        (DIED, "At Lonja 12 people were injured.", True),
        (DIED, "At Lonja 12 people were hurt and 3 killed.", False),
        (DIED, "Seven bodies were found at Lonja, and 12 people were injured.", False),
        ("How many people were injured?", "Three sailors were killed.", True),
        ("How many people were injured?", "Three sailors were killed and 12 taken to hospital.", False),
        ("How many of the injured died?", "Three sailors were killed.", False),
        ("How many are missing?", "Eleven people are dead.", True),
        ("How many are missing?", "Eleven people are dead and 23 missing.", False),
        ("How much grain did Arlen export?", "Arlen imported 4 million tonnes of grain.", True),
        ("How much grain did Arlen export?", "Arlen sold 4 million tonnes abroad; imports fell.", False),
        ("Who died at Lonja?", "At Lonja 12 people were injured.", False),
    ],
)
def test_what_is_counted_is_told_apart(question: str, sentence: str, other: bool) -> None:
    assert of_another_count(question, sentence) is other
