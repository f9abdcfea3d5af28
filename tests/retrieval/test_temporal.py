from collections.abc import Callable
from datetime import date

import pytest

from assistant.embedding.hashing import HashingEmbedder
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.temporal import TemporalRetriever, rank_by_time, timeliness
from assistant.types import DateRange, Filters, Passage
from tests.retrieval.conftest import TinyIndex

MAY = DateRange(date(2023, 5, 1), date(2023, 5, 31))


@pytest.mark.parametrize(
    ("day", "text", "share"),
    [
        (date(2023, 5, 1), "Ministers met.", 1.0),
        (date(2023, 5, 31), "Ministers met.", 1.0),
        (date(2023, 6, 21), "Ministers met.", 2 / 3),
        (date(2023, 8, 2), "Ministers met.", 0.0),
        (date(2023, 4, 30), "Ministers met.", 0.0),
        (None, "Ministers met.", 0.0),
        (None, "Ministers met in May 2023.", 0.5),
        (None, "Ministers met on 12 May 2023.", 0.5),
        (None, "Ministers met on May 12, 2023.", 0.5),
        (None, "Month: 2023-05 | Meetings: 2", 0.5),
        (None, "Day: 2023-05-12 | Meetings: 2", 0.5),
        (None, "Month: 2023-06 | Meetings: 2", 0.0),
        (None, "Ministers met in 2023.", 0.0),
        (None, "Ministers met in May 2022.", 0.0),
        (date(2024, 1, 1), "Ministers met in May 2023.", 0.5),
    ],
)
def test_how_much_a_passage_is_of_may_2023(
    passage: Callable[..., Passage], day: date | None, text: str, share: float
) -> None:
    assert timeliness(passage(text, day=day), MAY) == pytest.approx(share)


def test_a_year_named_in_the_text_is_inside_that_year(passage: Callable[..., Passage]) -> None:
    assert timeliness(passage("Ministers met in 2023."), DateRange(date(2023, 1, 1), date(2023, 12, 31))) == 0.5


def test_an_open_range_has_no_aftermath(passage: Callable[..., Passage]) -> None:
    assert timeliness(passage("Ministers met.", day=date(2024, 1, 1)), DateRange(start=date(2023, 1, 1))) == 1.0
    assert timeliness(passage("Ministers met.", day=date(2022, 1, 1)), DateRange(start=date(2023, 1, 1))) == 0.0


def test_the_last_day_of_the_calendar_does_not_overflow(index: TinyIndex, embedder: HashingEmbedder) -> None:
    index.add(embedder, "a.txt", "Ministers met.", day=date(2023, 1, 1))
    found = TemporalRetriever(FusedRetriever(index, embedder), DateRange(end=date.max)).retrieve("ministers")
    assert [item.source.path for item in found] == ["a.txt"]


def test_among_passages_that_fit_alike_the_one_of_the_time_comes_first_and_none_is_lost(
    passage: Callable[..., Passage],
) -> None:
    given_ = [
        passage("Ministers met.", document="2022.txt", rank=1, score=0.6, day=date(2022, 5, 5)),
        passage("Ministers met.", document="2023.txt", rank=2, score=0.59, day=date(2023, 5, 5)),
        passage("Ministers met.", document="none.txt", rank=3, score=0.2),
    ]
    ranked = rank_by_time(given_, MAY)
    assert [(item.rank, item.source.path) for item in ranked] == [(1, "2023.txt"), (2, "2022.txt"), (3, "none.txt")]


def test_a_passage_of_the_time_is_found_below_the_pool(index: TinyIndex, embedder: HashingEmbedder) -> None:
    for number in range(5):
        index.add(embedder, f"{number}.txt", f"Ministers met round {number}.", day=date(2020, 1, 1))
    index.add(embedder, "may.txt", "Ministers met once and talked about fishing for hours.", day=date(2023, 5, 5))
    fused = FusedRetriever(index, embedder)
    assert "may.txt" not in [item.source.path for item in fused.retrieve("ministers met", k=2)]
    timed = TemporalRetriever(fused, MAY, pool=2, bonus=1.0)
    assert timed.retrieve("ministers met", k=2)[0].source.path == "may.txt"


@pytest.mark.parametrize(
    "dates",
    [
        DateRange(end=date(2023, 7, 1)),
        DateRange(end=date(2023, 5, 10)),
        DateRange(date(2019, 1, 1)),
        DateRange(date(2019, 1, 1), date(2023, 5, 5)),
    ],
)
def test_a_passage_of_the_time_is_found_below_the_pool_as_of_a_day(
    index: TinyIndex, embedder: HashingEmbedder, dates: DateRange
) -> None:
    for number in range(5):
        index.add(embedder, f"{number}.txt", f"Ministers met round {number}.", day=date(2020, 1, 1))
    index.add(embedder, "may.txt", "Ministers met once and talked about fishing for hours.", day=date(2023, 5, 5))
    timed = TemporalRetriever(FusedRetriever(index, embedder), MAY, pool=2, bonus=1.0)
    assert timed.retrieve("ministers met", k=2, filters=Filters(dates=dates))[0].source.path == "may.txt"


def test_a_filter_by_date_that_leaves_out_the_time_finds_what_it_allows(
    index: TinyIndex, embedder: HashingEmbedder
) -> None:
    for number in range(5):
        index.add(embedder, f"{number}.txt", f"Ministers met round {number}.", day=date(2020 + number, 5, 5))
    timed = TemporalRetriever(FusedRetriever(index, embedder), MAY, pool=1)
    before = timed.retrieve("ministers met", k=5, filters=Filters(dates=DateRange(end=date(2022, 12, 31))))
    after = timed.retrieve("ministers met", k=5, filters=Filters(dates=DateRange(start=date(2024, 1, 1))))
    assert sorted(item.source.path for item in before) == ["0.txt", "1.txt", "2.txt"]
    assert [item.source.path for item in after] == ["4.txt"]


def test_a_filter_by_date_that_the_person_set_is_kept(index: TinyIndex, embedder: HashingEmbedder) -> None:
    index.add(embedder, "old.txt", "Ministers met.", day=date(2020, 1, 1))
    index.add(embedder, "may.txt", "Ministers met.", day=date(2023, 5, 5))
    filters = Filters(dates=DateRange(end=date(2021, 1, 1)))
    found = TemporalRetriever(FusedRetriever(index, embedder), MAY).retrieve("ministers", filters=filters)
    assert [item.source.path for item in found] == ["old.txt"]
