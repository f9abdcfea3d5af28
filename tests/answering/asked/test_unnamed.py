"""A thing that is told without its name has none."""

from __future__ import annotations

import pytest

from assistant.answering.asked.unnamed import leaves_unnamed

SHIP = "What is the name of the Chinese warship that cut across the bow of USS Arlen?"


@pytest.mark.parametrize(
    ("question", "sentence", "unnamed"),
    [
        (SHIP, "A Chinese warship cut across the bow of USS Arlen, which sailed with HMCS Borl.", True),
        (SHIP, "One of two warships cut across the bow of USS Arlen.", True),
        (SHIP, "A Chinese warship, the Luyang, cut across the bow of USS Arlen.", False),
        (SHIP, "A Chinese warship called Luyang cut across the bow of USS Arlen.", False),
        (SHIP, "The warship Luyang cut across the bow of USS Arlen.", False),
        (SHIP, "A warship came near; the warship was the Luyang.", False),
        (SHIP, "The Luyang cut across the bow of USS Arlen.", False),
        ("What was the name of the pilot who was killed?", "A pilot was killed at Port Arlen.", True),
        ("What was the name of the pilot who was killed?", "A pilot, Ada Lund, was killed.", False),
        ("Which warship cut across the bow?", "A warship cut across the bow of USS Arlen.", False),
        ("What was the name of the operation?", "Its operation began in Arlen.", True),
        ("What was the name of the operation?", "Its Operation Aspides began in Arlen.", False),
    ],
)
def test_a_thing_without_a_name_is_told(question: str, sentence: str, unnamed: bool) -> None:
    assert leaves_unnamed(question, sentence) is unnamed
