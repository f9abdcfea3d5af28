"""Numbers written as words."""

from __future__ import annotations

import re

from assistant.language.number_words import MORE_THAN_ONE, SMALL, TENS, VALUES


def test_words_stand_for_their_numbers() -> None:
    assert [VALUES[word] for word in SMALL] == list(range(20))
    assert [VALUES[word] for word in TENS] == [20, 30, 40, 50, 60, 70, 80, 90]


def test_the_pattern_takes_the_words_for_two_and_more_and_no_other() -> None:
    found = [word for word in (*VALUES, "treaty", "party", "canteen") if re.fullmatch(MORE_THAN_ONE, word)]
    assert found == [word for word, value in VALUES.items() if value > 1]
