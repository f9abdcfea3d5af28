"""Full dates as people write them: the first in a text, that of a document, that in a file name."""

from __future__ import annotations

import calendar
import re
from datetime import date

from assistant.language.bylines import is_byline, tells_of_event
from assistant.types import Span

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS |= {"sept": 9}

MONTH_NAME = r"(?:" + "|".join(calendar.month_name[1:]) + r")"
"""A month, written in full."""
YEAR = r"(?:19|20)\d\d"
# Longest first, and "may" needs its neighbours to be a month, which every pattern below asks for.
MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
WRITTEN = (
    re.compile(rf"(?<![\w-])(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<![\w.])(?P<d>{DAY})(?:\s+of)?[\s-]+(?P<m>{MONTH}),?[\s-]+(?P<y>{YEAR})(?!\w)", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{MONTH})\s+(?P<d>{DAY}),?\s+(?P<y>{YEAR})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<![\w.])(?P<d>0?[1-9]|[12]\d|3[01])\.\s?(?P<m>0?[1-9]|1[0-2])\.\s?(?P<y>{YEAR})(?!\w)"),
    re.compile(rf"(?<![\w./])(?P<y>{YEAR})/(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])(?![\w/])"),
    # 31/05/2023 and 05/31/2023 can be told apart, as can 31-05-2023; 05/06/2023 cannot and is not read.
    re.compile(rf"(?<![\w./])(?P<d>1[3-9]|2\d|3[01])/(?P<m>0?[1-9]|1[0-2])/(?P<y>{YEAR})(?![\w/])"),
    re.compile(rf"(?<![\w./])(?P<m>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2\d|3[01])/(?P<y>{YEAR})(?![\w/])"),
    re.compile(rf"(?<![\w./-])(?P<d>1[3-9]|2\d|3[01])-(?P<m>0?[1-9]|1[0-2])-(?P<y>{YEAR})(?![\w/-])"),
    re.compile(rf"(?<![\w./-])(?P<m>0?[1-9]|1[0-2])-(?P<d>1[3-9]|2\d|3[01])-(?P<y>{YEAR})(?![\w/-])"),
)
_COMPACT = re.compile(rf"(?<!\d)(?P<y>{YEAR})[-_.]?(?P<m>0[1-9]|1[0-2])[-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_LABELLED = re.compile(
    r"^(?!.*\b(?:next|due|start|end|closing|meeting|event|hearing|delivery|review|expiry|birth|effective|target)\b.*:)"
    r"(?:[\w ]{0,20}\b)?(?:dated?(?: of \w+)?|published|issued|updated|posted|released|sent|created|filed|prepared|"
    r"as of)(?: (?:on|at|date))?\s*:?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
# "Posted on 31 May 2023 by John Smith"; not "Hostages released on 31 May 2023 by the rebels"
_NAMED = r"by:?\s+(?:(?:[A-Z][\w.’'-]*|and|of|the|for|de|van|von|&)(?:,?\s+|$)){1,8}"
_AUTHORED = re.compile(
    r"(?i:(?:first |last |originally )?(?:published|posted|updated|issued|filed|prepared)\b)"
    rf"(?P<by>\s+{_NAMED})?\s*(?i:on|at)?:?\s*(?P<rest>.*?\d)(?(by)|,?\s+{_NAMED})$"
)
# "Deadline: 30 June 2024", "Next review: 31 December 2030": days of something else
_OTHER_LABEL = re.compile(r"^\w[\w /-]{0,30}:\s")
# "Week 46: 11 - 17 November 2024", "Reporting period: 28 October to 3 November 2024": of the last day
_PERIOD = re.compile(
    r"(?:(?:calendar )?week(?: (?:no\.?|number))?\s*\d{1,2}|(?:reporting )?period(?: covered| of reporting)?|"
    r"cover(?:s|ing)(?: the (?:week|period))?|for the (?:week|period)|week (?:of|from))\s*[:,(]?\s*(?:from\s+)?"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s+[A-Za-z]+\.?)?(?:\s+{YEAR})?\s*(?:[-–—]|to|until)\s*(?P<rest>\d{{1,2}}\D.*?{YEAR})\)?",
    re.IGNORECASE,
)
_FIRST_LINES = 5
_LONGEST_OF_A_PERIOD = 100
_DATELINE = re.compile(r"\s*(?:[^.]{2,40}[,(]\s*)?\(?$")


def parse_date(text: str) -> date | None:
    """The first full date written in `text` ("31 May 2023", "May 31, 2023", "2023-05-31", "31.05.2023"), or None."""
    found = _first_date(text)
    return found[0] if found else None


def is_day(text: str) -> bool:
    """Whether `text` is a full date and nothing else but its weekday and a time of day."""
    said = re.sub(rf"^{_WEEKDAY}|[T ,]+\d{{1,2}}:\d\d(?::\d\d)?$", "", text.strip(), flags=re.IGNORECASE)
    return any(pattern.fullmatch(said) for pattern in WRITTEN)


def document_date(head: str) -> date | None:
    """The date that the first lines of a document give it, or None.

    It must stand as a document's date does: after "Date:" or a similar label, alone in its line or in a part of a
    byline ("Briefing, 2 June 2023, Policy Unit"), at the end of the period that it is of ("Week 22: 25 - 31 May 2023"),
    or in a dateline ("SINGAPORE, 2 June 2023 - ..."). A date within a sentence is that of an event.
    """
    lines = [line.strip() for line in head.split("\n")[:24] if line.strip()][:10]
    for number, line in enumerate(lines):
        parts = line.removeprefix("- ").split(" | ")
        if len(parts) > 1 and all(_OTHER_LABEL.match(part) for part in parts):
            continue  # a row of a table
        for part in parts:
            labelled = _AUTHORED.match(part) or _LABELLED.match(part)
            if not labelled and _OTHER_LABEL.match(part):
                continue
            day = _date_alone(labelled["rest"] if labelled else part)
            if day:
                return day
        period = _PERIOD.match(line) if number < _FIRST_LINES else None
        last = parse_date(period["rest"]) if period else None
        if last and len(line) <= _LONGEST_OF_A_PERIOD:
            return last
        said = _first_date(line) if number < _FIRST_LINES else None
        if said and not _first_date(line[said[1].end :]) and is_byline(line, said[1]):
            return said[0]
    for line in lines[:_FIRST_LINES]:
        found = _first_date(line)
        if (
            found
            and _DATELINE.fullmatch(line[: found[1].start])
            and re.match(r"\)?\s*(?:[—–-]|--)\s", line[found[1].end :])
        ):
            return found[0]
    return None


def date_in_name(name: str) -> date | None:
    """The date in a file name such as "2023-05-31-talks.pdf" or "talks_20230531.pdf", or None."""
    match = _COMPACT.search(name)
    if match:
        return day_of(match)
    apart = re.sub(r"_+|(?<=[^\W\d])-+|-+(?=[^\W\d])", " ", name)  # "talks_31-05-2023" keeps its date in one piece
    return parse_date(apart) or parse_date(re.sub(r"[_-]+", " ", name))


def _date_alone(text: str) -> date | None:
    found = _first_date(text)
    if not found or len(text) > 80:
        return None
    rest = (text[: found[1].start] + text[found[1].end :]).strip()
    # A time of day, a time zone, a weekday or a place may stand beside it, a sentence may not.
    rest = re.sub(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?|\b(?:UTC|GMT|[A-Z]{2,4}T)\b|[+-]\d{4}", "", rest)
    rest = re.sub(rf"^{_WEEKDAY.rstrip('?')}?$", "", rest + " ", flags=re.IGNORECASE).strip(" ,;().[]–—-:")
    rest = re.sub(r"^T?Z?$", "", rest)  # of "2023-05-31T14:00Z"
    few = len(rest.split()) <= 2 and not rest.endswith(".")
    return found[0] if few and not _verbish(rest) and not tells_of_event(rest) else None


def _verbish(rest: str) -> bool:
    return any(word.islower() and word not in ("at", "the", "of", "in") for word in rest.split())


def _first_date(text: str) -> tuple[date, Span] | None:
    found = [(match.start(), match) for pattern in WRITTEN for match in pattern.finditer(text)]
    for _, match in sorted(found, key=lambda pair: (pair[0], -pair[1].end())):
        day = day_of(match)
        if day:
            return day, Span(match.start(), match.end())
    return None


def days_of(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """The first and the last day that a date means; a day that its month does not have stands for the month."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    last = calendar.monthrange(year, month)[1]
    if day is not None and 1 <= day <= last:
        return date(year, month, day), date(year, month, day)
    return date(year, month, 1), date(year, month, last)


def day_of(match: re.Match[str]) -> date | None:
    """The day that a match of one of `WRITTEN` means, or None if the calendar has no such day."""
    month = match["m"].lower().rstrip(".")
    try:
        return date(int(match["y"]), MONTHS.get(month) or int(month), int(re.sub(r"\D", "", match["d"])))
    except ValueError:
        return None
