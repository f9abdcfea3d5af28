"""The stretch of time that a question names, and the characters that name it."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from assistant.language.short_dates import SHORT, listed_at, range_from, range_to
from assistant.language.stretches import COUNTED, Stretch, stretch_at, year_after, year_at_end
from assistant.language.words import content_words
from assistant.language.written_dates import YEAR
from assistant.types import DateRange, Span

_BARE_YEARS = re.compile(rf"(?P<y>{YEAR})\s*[/–-]\s*(?P<z>{YEAR}|\d\d)(?![\w%-]|[.,]\d)")
_AS_OF = r"as\s+(?:of|(?P<at>at|(?:\w+\s+){0,2}(?:stood|known)\s+(?:on|in|at|by)))"
_EDGE = re.compile(r"(?:the\s+)?(?:(?P<start>beginning|start)|(?P<end>end))\b", re.IGNORECASE)
_LEAD = re.compile(
    r"(?P<since>since|starting\s+(?:in|from)|(?:no|not)\s+earlier\s+than|not\s+before)|(?P<after>after|later\s+than)|(?P<before>before|prior\s+to|earlier\s+than)|"
    rf"(?P<until>(?:up\s+)?(?:until|till)|up\s+to|{_AS_OF}|by|(?:no|not)\s+later\s+than|not\s+after)|"
    r"(?P<within>in|on|during|over|within|throughout|of|for|at|around|from)",
    re.IGNORECASE,
)
# Before "as at": "as high as at the end of May 2022", "the same as at ...".
_COMPARED = re.compile(r"\b(?:same|such|as)\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE)
# A weekday, or the end of a working day, may stand before a date.
_GAP = re.compile(
    r"\s+(?:(?:the\s+)?(?:close|end)\s+of\s+business\s+(?:on\s+)?)?"
    rf"(?:(?:{'|'.join((*calendar.day_name, *calendar.day_abbr))})\b\.?,?\s+)?",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s+(?:on(?:wards?)?|forwards?)\b(?!\s+\w+\s+\d)", re.IGNORECASE)
_OPEN = re.compile(r"(?P<between>between)|(?P<from>from)|in|on|during|over|of|for", re.IGNORECASE)
_JOINT = re.compile(r"\s*[–—-]\s*|\s+(?:to|until|till|through|and)\s+(?:the\s+(?=\d))?", re.IGNORECASE)
_PERIOD = re.compile(
    r"\s+(?:the\s+(?:years|period)\s+(?:from\s+|between\s+)?|(?:the\s+)?(?:(?:fiscal|financial)(?:\s+year)?|FY)\s+)?",
    re.IGNORECASE,
)
_TODAY = re.compile(r"(?:today|now|the\s+present(?:\s+day)?|present)\b", re.IGNORECASE)
# "before and after 2022" leaves nothing out.
_BOTH_SIDES = re.compile(
    r"(?:before|prior\s+to|until|till|after|since)\s*(?:,?\s*during)?(?:\s*,)?\s*(?:and|or|&|/)\s*"
    r"(?=(?:before|prior\s+to|until|till|after|since)\s)",
    re.IGNORECASE,
)


def time_of_question(question: str, *, today: date, leaving_out: Span | None = None) -> tuple[DateRange, Span] | None:
    """The stretch of time that a question names, and the characters that name it; None where it names none.

    "since 2022" and the like leave one side open, "after May 2023" begins on 1 June, "as of 1 June 2023" ends that
    day. Where several times are named, the stretch reaches from the first to the last of them, and the characters
    are those of the one named first. A year counts only after a preposition or at the end ("in 2018", not "the 2018
    sanctions" or "Resolution 2023"). Relative times are read against `today`, and no time within `leaving_out` is read.
    """
    found = times_of_question(question, today=today, leaving_out=leaving_out)
    if not found:
        return None
    starts = [stretch.start for stretch, _ in found]
    ends = [stretch.end for stretch, _ in found]
    if None in starts and None in ends:
        return None  # "since 2019 or before 2018" leaves nothing out
    return (
        DateRange(
            None if None in starts else min(day for day in starts if day),
            None if None in ends else max(day for day in ends if day),
        ),
        found[0][1],
    )


def times_of_question(question: str, *, today: date, leaving_out: Span | None = None) -> list[tuple[DateRange, Span]]:
    """Each time that a question names and its characters, in order; see `time_of_question`."""
    found: list[tuple[DateRange, Span]] = []
    position = 0
    for match in re.finditer(r"(?<![\w.,$€£/-])\w", question):
        if match.start() < position or (leaving_out and leaving_out.start <= match.start() < leaving_out.end):
            continue
        if both := _BOTH_SIDES.match(question, match.start()):
            passed = _with_lead(question, both.end(), today)
            position = passed[1] if passed else both.end()
            continue
        read = _between(question, match.start(), today) or _with_lead(question, match.start(), today)
        if read:
            stretch, position = read
            found.append((stretch, Span(match.start(), position)))
    return found


def as_of_day(question: str, *, today: date) -> tuple[date, Span] | None:
    """The day whose knowledge a question asks for, and the characters that say so; None where it asks for none.

    "As of 5 May 2023", "as at the end of May 2023" and "as things stood in June 2023" ask what was known then, so that
    nothing written later may answer; of a month or year the last day counts. "Until", "before" and "by" tell when
    something happened, which later documents report: they are read by `time_of_question` only. So is "as high as at
    the end of May 2022", which compares.
    """
    for match in re.finditer(rf"\b{_AS_OF}\s", question, re.IGNORECASE):
        read = _with_lead(question, match.start(), today)
        if read and read[0].end is not None:
            return read[0].end, Span(match.start(), read[1])
    return None


def without_as_of(question: str, said: Span) -> str:
    """The question without the words that say as of which day it is asked; as it is where little else is left."""
    before, after = question[: said.start].rstrip(" ,"), question[said.end :].lstrip(" ,")
    if before.endswith("(") and after.startswith(")"):
        before, after = before[:-1].rstrip(), after[1:].lstrip()
    left = f"{before} {after}" if before and after[:1].isalnum() else f"{before}{after}"
    return left[:1].upper() + left[1:] if content_words(left) else question


def _with_lead(text: str, position: int, today: date) -> tuple[DateRange, int] | None:
    lead = _LEAD.match(text, position)
    if lead and lead["at"] and _COMPARED.search(text[:position]):
        return None  # "as high as at the end of May 2022" is read from "at" on
    gap = _GAP.match(text, lead.end()) if lead else None
    if not lead or not gap:
        unit = _unit_at(text, position, today) or year_at_end(text, position)
        return (DateRange(unit.first, unit.last), unit.end) if unit else None
    unit = _unit_at(text, gap.end(), today) or year_after(text, gap.end(), lead.group().lower())
    if not unit:
        return None
    edge = _EDGE.match(text, gap.end())
    if lead["since"]:
        return DateRange(unit.first, None), unit.end
    if lead["after"]:
        return DateRange(unit.first if edge and edge["start"] else unit.last + timedelta(days=1), None), unit.end
    if lead["before"]:
        return DateRange(None, unit.last if edge and edge["end"] else unit.first - timedelta(days=1)), unit.end
    if lead["until"]:
        return DateRange(None, unit.first if edge and edge["start"] else unit.last), unit.end
    onwards = _ONWARDS.match(text, unit.end)
    if onwards and lead.group().lower() == "from":
        return DateRange(unit.first, None), onwards.end()
    return DateRange(unit.first, unit.last), unit.end


def _unit_at(text: str, position: int, today: date) -> Stretch | None:
    return listed_at(text, position, today) or stretch_at(text, position, today)


def _between(text: str, position: int, today: date) -> tuple[DateRange, int] | None:
    opening = _OPEN.match(text, position)
    gap = _PERIOD.match(text, opening.end()) if opening else None
    start = gap.end() if gap else position
    years = _BARE_YEARS.match(text, start)
    if years and gap and not COUNTED.match(text, years.end()):
        last = int(years["z"]) if len(years["z"]) == 4 else int(years["y"][:2] + years["z"])
        if last >= int(years["y"]):
            return DateRange(date(int(years["y"]), 1, 1), date(last, 12, 31)), years.end()
    opened = bool(gap and opening and (opening["between"] or opening["from"]))
    first = stretch_at(text, start, today) or (year_after(text, start, "from") if opened else None)
    short = None if first else SHORT.match(text, start)
    ends = first.end if first else short.end() if short else None
    joint = _JOINT.match(text, ends) if ends else None
    if not joint or ("and" in joint.group().lower() and not (opened and opening and opening["between"])):
        return None
    now = _TODAY.match(text, joint.end())
    if first and opened and now:
        return DateRange(first.first, None), now.end()
    second = stretch_at(text, joint.end(), today) or (year_after(text, joint.end(), "from") if opened else None)
    if short or not second:
        whole = range_to(text, short, joint.end(), second) if short else None
        if first and (opened or joint.group().strip().isalpha()):  # after a dash, "may" is often no month
            whole = range_from(text, joint.end(), first)
        return (DateRange(whole.first, whole.last), whole.end) if whole else None
    if not first:
        return None
    return DateRange(min(first.first, second.first), max(first.last, second.last)), second.end
