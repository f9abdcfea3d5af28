"""A passage that can say nothing of a year is no evidence for it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.asked.years_covered import cannot_be_of
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import DateRange
from tests.answering.memory import MemoryCorpus, document

TURNOUT = "Turnout in Borl was 71 per cent, three points lower than in 2020."


@pytest.mark.parametrize(
    ("text", "title", "day", "year", "cannot"),
    [
        (TURNOUT, "", date(2024, 9, 23), 2016, True),
        (TURNOUT, "", date(2024, 9, 23), 2020, False),
        (TURNOUT, "", date(2024, 9, 23), 2024, False),
        (TURNOUT, "", date(2024, 9, 23), 2023, False),
        (TURNOUT, "", date(2024, 9, 23), 2025, False),
        (TURNOUT, "", date(2024, 9, 23), 2022, True),
        (TURNOUT, "", None, 2016, False),
        (TURNOUT, "Elections of 2016", date(2024, 9, 23), 2016, False),
        ("Turnout has fallen since 2010.", "", date(2024, 9, 23), 2016, False),
        ("Turnout was 80 per cent eight years ago.", "", date(2024, 9, 23), 2016, False),
        ("Turnout fell in the 2010s.", "", date(2024, 9, 23), 2016, False),
        ("Costs rose in 2015/16.", "", date(2024, 9, 23), 2016, False),
    ],
)
def test_a_year_is_covered_where_it_may_be(text: str, title: str, day: date | None, year: int, cannot: bool) -> None:
    embedder = HashingEmbedder()
    [passage] = MemoryCorpus([document("a.txt", text, title=title, day=day)], embedder).retrieve("turnout")
    assert cannot_be_of(passage, DateRange(date(year, 1, 1), date(year, 12, 31))) is cannot


def test_a_year_that_a_document_opens_with_is_covered_by_all_of_it() -> None:
    text = "# Elections of 2016\n" + "Borl votes. " * 80 + "\n# Turnout\nIt was high."
    corpus = MemoryCorpus([document("a.txt", text, day=date(2024, 9, 23))], HashingEmbedder())
    passages = sorted(corpus.retrieve("It was high"), key=lambda passage: passage.chunk.ordinal)
    opening, last = passages[0].chunk, passages[-1]
    of_2016 = DateRange(date(2016, 1, 1), date(2016, 12, 31))
    assert opening.id != last.chunk.id
    assert cannot_be_of(last, of_2016)
    assert not cannot_be_of(last, of_2016, opening)
