"""A text that corrects itself is told from one that reports a denial."""

from __future__ import annotations

import pytest

from assistant.language.taking_back import takes_back


@pytest.mark.parametrize(
    "sentence",
    [
        "That was wrong.",
        "The figure was incorrect; it stands at 40.",
        "The earlier number turned out to be an error.",
        "Both were mistaken.",
        "It has been withdrawn.",
        "The right number is 1,200.",
        "The correct spelling of his name is Lindt.",
        "It should have read 1,200.",
    ],
)
def test_it_takes_back(sentence: str) -> None:
    assert takes_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "That was wrong, the minister said.",
        "According to the ministry that is false.",
        "It was wrong to close the port.",
        "It was a mistake of the pilot.",
        "The wrong number was printed.",
        "That was right.",
        "The right thing is to wait.",
        "The right number is 1,200, the minister said.",
    ],
)
def test_it_does_not(sentence: str) -> None:
    assert not takes_back(sentence)
