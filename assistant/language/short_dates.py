"""Dates that lack a month or a year, which a neighbour has: "2 to 4 June 2023", "in April, May and June 2023"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.language.stretches import Stretch, months_from, quarter_of, stretch_at
from assistant.language.written_dates import DAY, MONTH, MONTHS, YEAR

SHORT = re.compile(
    rf"(?:the\s+)?(?:(?P<d>{DAY})(?:(?:\s+of)?\s+(?P<m>{MONTH}))?|(?P<m2>{MONTH})(?:\s+(?P<d2>{DAY}))?|"
    r"(?P<k>[QH])(?P<q>[1-4])|(?P<o>first|second|third|fourth|1st|2nd|3rd|4th))(?!\w)",
    re.IGNORECASE,
)
_TO_SHORT_DAY = re.compile(rf"(?P<d>{DAY}),?\s+(?P<y>{YEAR})(?!\w)", re.IGNORECASE)
_LAST = re.compile(r"(?:,?\s+(?:and|or)|\s*[&/])\s*(?:(?:in|on)\s+)?(?:the\s+)?(?!\s)", re.IGNORECASE)
_COMMA = re.compile(r",\s+")
_LONGEST = 12  # dates in a list; a text of nothing but numbers and commas costs no more than that
_NEXT_YEAR = 6  # months: "December and January 2023" lies in two years, "June and May 2023" in one


def range_to(text: str, short: re.Match[str], position: int, second: Stretch | None) -> Stretch | None:
    """ "2 to 4 June 2023", "May to July 2023", "June 2-4, 2023": the first end takes what it lacks from the second.

    `second` is the stretch at `position`, if there is one.
    """
    number, day = _month_of(short), _day_of(short)
    if not second and number and day:
        second = _day_at(text, position, number)
    if not second:
        return None
    year = second.last.year
    first = None
    if not day and not number:
        first = _part(short, second)
    elif day and second.kind == "day":
        month = number or second.first.month
        first = _on(year - (month > second.last.month), month, day)
    elif number and not day and second.kind in ("month", "day"):
        first = _month(year - (number > second.last.month), number)
    return Stretch(first.first, second.last, second.end, "range") if first and first.first <= second.last else None


def range_from(text: str, position: int, first: Stretch) -> Stretch | None:
    """ "from 18 July 2023 to 2 August", "between July 2022 and August": the second end takes the year of the first."""
    short = SHORT.match(text, position)
    number = _month_of(short) if short else None
    if short and first.kind == "quarter" and (later := _part(short, first)) and later.first >= first.first:
        return Stretch(first.first, later.last, short.end(), "range")
    if not short or not number or first.kind not in ("day", "month"):
        return None  # a day without its month may be any number
    day = _day_of(short)
    for year in (first.first.year, first.first.year + 1):
        last = _on(year, number, day) if day else _month(year, number)
        if last and last.first >= first.first:
            return Stretch(first.first, last.last, short.end(), "range")
    return None


def listed_at(text: str, position: int, today: date) -> Stretch | None:
    """ "May and June 2023", "4, 5 and 7 June 2023", "Q1/Q2 2023": from the first to the last of what is listed."""
    listed: list[re.Match[str]] = []
    while len(listed) < _LONGEST and (short := SHORT.match(text, position)):
        listed.append(short)
        if joint := _LAST.match(text, short.end()):
            return _together(listed, text, joint.end(), today)
        comma = _COMMA.match(text, short.end())
        if not comma:
            return None
        position = comma.end()
    return None


def _together(listed: Sequence[re.Match[str]], text: str, position: int, today: date) -> Stretch | None:
    """What was listed before the last date, at `position`, and that date together; None unless all are of one kind."""
    leading = _month_of(listed[0]) if listed[0]["d2"] else None  # "June 4, 5 and 6, 2023"
    last = stretch_at(text, position, today) or (_day_at(text, position, leading) if leading else None)
    if not last:
        return None
    stretches = [last]
    month = leading or last.first.month
    for short in listed if leading else reversed(listed):
        number, day = _month_of(short), _day_of(short)
        stretch = None
        if day and last.kind == "day":
            month = number or month
            stretch = _on(_year_of(month, last), month, day)
        elif number and not day and last.kind == "month":
            stretch = _month(_year_of(number, last), number)
        elif not number and not day:
            stretch = _part(short, last)
        if not stretch:
            return None
        stretches.append(stretch)
    return Stretch(min(each.first for each in stretches), max(each.last for each in stretches), last.end, "list")


def _year_of(month: int, last: Stretch) -> int:
    return last.first.year - (month - last.first.month >= _NEXT_YEAR)


def _month_of(short: re.Match[str]) -> int | None:
    name = short["m"] or short["m2"]
    return MONTHS[name.lower().rstrip(".")] if name else None


def _day_of(short: re.Match[str]) -> str | None:
    return short["d"] or short["d2"]


def _part(short: re.Match[str], whole: Stretch) -> Stretch | None:
    """The quarter or half that `short` names in the year of `whole`, which is one itself."""
    if not (short["q"] or short["o"]):
        return None
    kind = {"q": "quarter", "h": "half"}.get((short["k"] or "").lower(), whole.kind)
    number = int(short["q"] or 0) or quarter_of(short["o"])
    if kind != whole.kind or kind not in ("quarter", "half") or (kind == "half" and number > 2):
        return None
    months = 3 if kind == "quarter" else 6
    return Stretch(*months_from(whole.first.year, (number - 1) * months + 1, months), whole.end, kind)


def _month(year: int, month: int) -> Stretch:
    return Stretch(*months_from(year, month, 1), 0, "month")


def _day_at(text: str, position: int, month: int) -> Stretch | None:
    """ "4, 2023" after "June 2-" or "June 2 and "."""
    match = _TO_SHORT_DAY.match(text, position)
    day = _on(int(match["y"]), month, match["d"]) if match else None
    return Stretch(day.first, day.last, match.end(), "day") if match and day else None


def _on(year: int, month: int, day: str) -> Stretch | None:
    try:
        found = date(year, month, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None
    return Stretch(found, found, 0, "day")
