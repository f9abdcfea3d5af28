"""The time that a question asks about, and the sentences and rows of tables that can be of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answering.questions import Kind
from assistant.language.dates import as_of_day, times_of_question
from assistant.language.rows import is_row
from assistant.language.written_dates import days_of
from assistant.reading.checks.calendar_dates import WrittenDate, dates
from assistant.types import DateRange

# What stands before a date that only tells which event is meant: "since the seizure on ...", "the deal signed on ...".
# Not "under the deal in May 2023", which asks about May, nor "have the Houthis seized in May 2023".
_SINCE_AN_EVENT = re.compile(
    r"\b(?:since|after|before|until|till|by the time|(?<!the )following)\s+\w"
    r"(?:(?![,;:?!]\s|\.\s+(?:$|(?-i:[A-Z]))|"
    r"\b(?:how|what|when|where|which|who|whom|whose|why|did|do|does)\b).)*$",
    re.IGNORECASE,
)
_OF_AN_EVENT = re.compile(
    r"(?<!have )(?<!has )(?<!had )(?<!is )(?<!are )(?<!was )(?<!were )\b(?:the|an?|this|that|its|their)\s+"
    r"(?:(?!(?:is|are|was|were|be|been|being|has|have|had|not|it|he|she|they|we)\b)[\w’'.-]+\s+){1,4}"
    r"(?:(?:that|which)\s+(?:was|were|has been|have been|had been)\s+)?"
    r"(?:signed|agreed|reached|concluded|brokered|adopted|ratified|approved|passed|imposed|announced|launched|"
    r"published|issued|released|seized|captured)\s+$"
    r"|\b(?:that|which)\s+(?:began|started|ended)\s+$",
    re.IGNORECASE,
)
_ANY_DAY = date(2000, 1, 1)  # where times stand in a question does not depend on the day on which it is asked


def time_asked_about(question: str, kind: Kind, time: DateRange | None) -> DateRange | None:
    """The time that a question names, unless each time in it only tells which event is meant.

    That of "the deal signed on ..." still tells rows apart where no number is asked for: "Who brokered the deal ...?"
    """
    as_of = as_of_day(question, today=_ANY_DAY)
    named = times_of_question(question, today=_ANY_DAY, leaving_out=as_of[1] if as_of else None)
    starts = [0, *(span.end for _, span in named)]
    before = [question[start : span.start] for start, (_, span) in zip(starts, named, strict=False)]
    only_of_events = bool(named) and all(
        _SINCE_AN_EVENT.search(words) or (kind == "number" and _OF_AN_EVENT.search(words)) for words in before
    )
    return None if only_of_events else time


def answers_for(text: str, kind: Kind, time: DateRange) -> bool:
    """Whether a sentence or row may answer for this time. Where no number is asked for a sentence may for any."""
    return (kind != "number" and not is_row(text)) or may_be_of(text, time)


def may_be_of(text: str, time: DateRange) -> bool:
    """Whether a sentence, or a row of a table by the cells that are dates, names a day in this stretch, or no day."""
    stated = _dates_of_row(text) if is_row(text) else dates(text)
    return not stated or any(_may_lie_in(each, time) for each in stated)


def row_is_of_another_time(row: str, time: DateRange) -> bool:
    """Whether a row of a table tells when, and nothing in it, in whichever cell, can be of this stretch of time.

    A cell with two dates may be a stretch itself: "January to March 2024".
    """
    cells = [dates(cell) for cell in row.split(" | ")]
    stretches = [cell for cell in cells if len(cell) > 1]
    return (
        not may_be_of(row, time)
        and not any(_may_lie_in(each, time) for cell in cells for each in cell)
        and not any(_may_touch(cell, time) for cell in stretches)
    )


def _dates_of_row(row: str) -> Sequence[WrittenDate]:
    """The date of the first cell; else all dates of a row that has a date for itself in a cell ("Hit: 3 May 2023")."""
    first, *others = (cell.partition(": ")[2].strip() for cell in row.split(" | "))
    by_itself = any(_is_date(cell) for cell in others)
    return dates(first)[:1] or (dates(row) if by_itself else ())


def _is_date(cell: str) -> bool:
    found = dates(cell)
    return bool(found) and found[0].span.start == 0 and found[-1].span.end == len(cell)


def _may_lie_in(written: WrittenDate, time: DateRange) -> bool:
    """Whether a date can be in the stretch of time; of one without a year, in any of its years."""
    years = (written.year,) if written.year else _years(time)
    stretches = [days_of(year, written.month, written.day) for year in years]
    return not years or any(
        (time.end is None or first <= time.end) and (time.start is None or last >= time.start)
        for first, last in stretches
    )


def _may_touch(written: Sequence[WrittenDate], time: DateRange) -> bool:
    """Whether the stretch from the first of some dates to the last can have a day of this one."""
    years = {each.year for each in written if each.year}
    days = [days_of(each.year or year, each.month, each.day) for each in written for year in years or _years(time)]
    first, last = min((day for day, _ in days), default=None), max((day for _, day in days), default=None)
    return (time.end is None or first is None or first <= time.end) and (
        time.start is None or last is None or last >= time.start
    )


def _years(time: DateRange) -> Sequence[int]:
    """The years of a stretch with both ends; none where one is open."""
    return range(time.start.year, time.end.year + 1) if time.start and time.end else ()
