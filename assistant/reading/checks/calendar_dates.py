"""Dates as texts write them, whole or in part: "31 May 2023", "May 31", "2 to 4 June", "in May", "2023", "Monday"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.language.written_dates import DAY, MONTH, MONTH_NAME, MONTHS, YEAR
from assistant.types import Span

_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WEEKDAY = rf"(?P<w>{'|'.join(_WEEKDAYS)})"
_LONG_MONTH = rf"(?P<m>{MONTH})"
_TO = r"\s*(?:–|—|-|to|and|until|through)\s*"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w-])(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<![\w.,])(?P<d>{DAY})(?:{_TO}(?P<d2>{DAY}))?(?:\s+of)?\s+{_LONG_MONTH}(?:,?\s+(?P<y>{YEAR}))?(?!\w)",
        rf"\b{_LONG_MONTH}\s+(?P<d>{DAY})(?:{_TO}(?P<d2>{DAY}))?(?:,?\s+(?P<y>{YEAR}))?(?!\w|[,.]\d)",
        rf"\b{_LONG_MONTH}(?:\s+of)?,?\s+(?P<y>{YEAR})(?!\w)",
        rf"(?<![\w-])(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?![\w-])",
    )
)
_MONTH_ALONE = re.compile(rf"\b(?P<m>{MONTH_NAME})\b")
_MODAL_MAY = re.compile(r"\s+(?:not\s+|also\s+|have\b|be\b|[a-z]+\b)")
_OF_TIME = re.compile(
    r"(?:\b(?:in|of|since|until|by|during|from|for|to|late|early|mid|last|next|this|and|between|before|after)[\s-]+|^)$",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(rf"(?<![\w.,$€£/-])(?P<y>{YEAR})(?![\w%]|[.,]\d)")
_COUNTED = re.compile(
    r"\s+(?:ships|vessels|people|troops|soldiers|tonnes|tons|targets|dollars|metres|kilometres|miles)\b"
)
_WEEKDAY_ALONE = re.compile(rf"\b{_WEEKDAY}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date of a text with the fields that are written, each None where it is not; `weekday` counts from Monday, 0."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    span: Span
    text: str


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[WrittenDate, ...]:
    """The dates of a text in order; a range of days gives both ends."""
    found: list[WrittenDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            _add(found, _written(match))
    for match in _MONTH_ALONE.finditer(text):
        if _is_month(text, match):
            _add(found, _written(match))
    for match in _YEAR_ALONE.finditer(text):
        if not _COUNTED.match(text, match.end()):
            _add(found, _written(match))
    days = sorted(found, key=lambda each: each.span)
    for match in _WEEKDAY_ALONE.finditer(text):
        _add_weekday(days, match)
    return tuple(sorted(days, key=lambda each: each.span))


def without_dates(text: str) -> str:
    """A text without the words of its dates."""
    for each in reversed(dates(text)):
        text = text[: each.span.start] + text[each.span.end :]
    return text


def weekday_of(written: WrittenDate) -> int | None:
    """The day of the week: as written, or that of a whole date; None where neither tells."""
    if written.weekday is not None or written.year is None or written.month is None or written.day is None:
        return written.weekday
    try:
        return date(written.year, written.month, written.day).weekday()
    except ValueError:
        return None


def _written(match: re.Match[str]) -> list[WrittenDate]:
    fields = match.groupdict()
    month = fields.get("m")
    number = (MONTHS.get(month.lower().rstrip(".")) or int(month)) if month else None
    year = int(fields["y"]) if fields.get("y") else None
    ends = [int(re.sub(r"\D", "", fields[name])) for name in ("d", "d2") if fields.get(name)]
    span = Span(match.start(), match.end())
    return [WrittenDate(year, number, day, None, span, match.group()) for day in ends or (None,)]


def _add(found: list[WrittenDate], new: list[WrittenDate]) -> None:
    if not any(other.span.overlaps(new[0].span) for other in found):
        found += new


def _add_weekday(found: list[WrittenDate], match: re.Match[str]) -> None:
    """A weekday right before a date belongs to it ("Monday 29 May", "Tuesday, 5 June"); otherwise it stands alone."""
    number = _WEEKDAYS[match["w"].lower()]
    for place, each in enumerate(found):
        if 0 < each.span.start - match.end() <= 2 and each.weekday is None:
            found[place] = replace(each, weekday=number)
            return
    found.append(WrittenDate(None, None, None, number, Span(match.start(), match.end()), match.group()))


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Whether a month's name without day and year is one: "May" also begins sentences and means "is allowed to"."""
    if match["m"] != "May" and match["m"] != "March":
        return True
    return bool(_OF_TIME.search(text[: match.start()])) and not (
        match.start() == 0 and _MODAL_MAY.match(text, match.end())
    )
