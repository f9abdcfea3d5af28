"""Ranks passages of a given time first: by the date of their document, and by the days their text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.language.iso_dates import dates_in_words
from assistant.language.written_dates import MONTHS, days_of
from assistant.retrieval.base import Retriever
from assistant.types import DateRange, Filters, Passage

_BONUS = 0.15  # measured: docs/quality.md, "Time"
_NAMED = 0.5  # a passage that names the time is weaker evidence than a document of that time
_REPORTED_WITHIN = 62  # days, in which what happened is still reported as news: measured, ditto
_DAY_OR_MONTH_OR_YEAR = re.compile(
    r"(?:(?:\b(?P<before>[0-3]?[0-9])(?:st|nd|rd|th)?\s+)?\b(?P<month>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")\.?"
    r"(?:\s+(?P<after>[0-3]?[0-9])(?:st|nd|rd|th)?)?,?\s+)?\b(?P<year>(?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)


class TemporalRetriever:
    """Wraps a retriever whose scores are absolute (`FusedRetriever`): passages of the given time gain a bonus.

    Nothing is dropped: passages of other times are ranked behind equally good ones of this time.
    """

    def __init__(self, inner: Retriever, time: DateRange, *, bonus: float = _BONUS, pool: int = 50) -> None:
        self._inner = inner
        self._time = time
        self._bonus = bonus
        self._pool = pool

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """The k passages that fit the query and the time best, best first."""
        pool = max(k, self._pool)
        found = {passage.chunk.id: passage for passage in self._inner.retrieve(query, k=pool, filters=filters)}
        until = self._time.end and _days_after(self._time.end, _REPORTED_WITHIN)
        near = _in_both(DateRange(self._time.start, until), filters.dates)
        if near is not None and near != filters.dates:  # the passages of that time may lie below the pool
            for passage in self._inner.retrieve(query, k=pool, filters=replace(filters, dates=near)):
                found.setdefault(passage.chunk.id, passage)
        return rank_by_time(list(found.values()), self._time, bonus=self._bonus)[:k]


def rank_by_time(passages: Sequence[Passage], time: DateRange, *, bonus: float = _BONUS) -> list[Passage]:
    """All the passages, `bonus` times their `timeliness` added to their score (at most 1), ranked anew from 1.

    Equal scores keep the order of the ranks they came with.
    """
    timely = [
        replace(passage, score=min(1.0, passage.score + bonus * timeliness(passage, time))) for passage in passages
    ]
    ordered = sorted(timely, key=lambda passage: (-passage.score, passage.rank, passage.chunk.id))
    return [replace(passage, rank=rank) for rank, passage in enumerate(ordered, start=1)]


def timeliness(passage: Passage, time: DateRange) -> float:
    """How much a passage is of that time, 0 to 1.

    1 where its document is dated within it; falling to 0 over the 62 days after its end, as news of May are written
    up in June; 0.5 at least where the text names a year, or month and year, inside it.
    """
    return max(_of_date(passage.source.date, time), _NAMED if _names(passage, time) else 0.0)


def _of_date(day: date | None, time: DateRange) -> float:
    if day is None:
        return 0.0
    if day in time:
        return 1.0
    if time.end is not None and day > time.end:
        return max(0.0, 1.0 - (day - time.end).days / (_REPORTED_WITHIN + 1))
    return 0.0


def _in_both(one: DateRange, other: DateRange | None) -> DateRange | None:
    """The days of both ranges; None where they have none in common."""
    if other is None:
        return one
    start = max(filter(None, (one.start, other.start)), default=None)
    end = min(filter(None, (one.end, other.end)), default=None)
    return DateRange(start, end) if start is None or end is None or start <= end else None


def _days_after(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))


def _names(passage: Passage, time: DateRange) -> bool:
    """Whether the text names a day, month or year that lies wholly inside the time."""
    return any(first in time and last in time for first, last in _named_stretches(passage.chunk.text))


def _named_stretches(text: str) -> Iterator[tuple[date, date]]:
    """First and last day of each day, month or year written in `text` with its year, in words or as "2024-04"."""
    for match in _DAY_OR_MONTH_OR_YEAR.finditer(f"{text} | {dates_in_words(text)}"):
        year, name, day = int(match["year"]), match["month"], match["before"] or match["after"]
        yield days_of(year, MONTHS[name.lower()] if name else None, int(day) if day else None)
