"""Which sentences are not understood without the one before."""

from __future__ import annotations

import pytest

from assistant.language.pointing_back import points_back


@pytest.mark.parametrize(
    "sentence",
    [
        "He declined.",
        "“He declined.",
        "He was forced to resign.",
        "Its harbour was closed.",
        "It declined.",
        "It is expected to sail.",
        "It was the second ship that was hit.",
        "The latter refused.",
        "The two met in Lima.",
        "That decision was taken in May.",
        "That was then.",
        "That ship sank.",
        "In that speech, the minister named no ship.",
        "At the same meeting, the price was set.",
    ],
)
def test_a_word_for_something_before_points_back(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is likely that China declines.",
        "It is expected that talks resume.",
        "It was impossible to see the harbour.",
        "That China declined is known.",
        "That the talks had failed was told in May.",
        "Heavy rain fell.",
        "Theirs was first.",
        "The twofold rise went on.",
    ],
)
def test_a_sentence_that_is_understood_alone_does_not(sentence: str) -> None:
    assert not points_back(sentence)
