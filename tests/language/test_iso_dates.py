"""Dates in numbers are read as the words in which people ask about them."""

from __future__ import annotations

import pytest

from assistant.language.iso_dates import dates_in_words, in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Month: 2024-04 | Ships: 1124", "April 2024"),
        ("As of: 2024-04-07 | Ships: 37", "7 April 2024"),
        ("2022-02-23 to 2022-03-05", "23 February 2022 | 5 March 2022"),
        ("in April 2024", ""),
        ("2024-13, 2024-04-32, 12024-04, 2024-044", ""),
        ("https://arlen.org/2024-04-07/pier and notes/2024-04-07-pier.md", ""),
    ],
)
def test_dates_in_numbers_are_found(text: str, words: str) -> None:
    assert dates_in_words(text) == words


def test_a_text_is_written_out() -> None:
    assert in_words("From 2024-04 to 2024-05-01.") == "From April 2024 to 1 May 2024."
