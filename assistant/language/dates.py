"""The stretch of time that a question names, and the characters that name it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.language.written_dates import DAY, MONTH, MONTHS, WRITTEN, YEAR, day_of
from assistant.types import DateRange, Span

_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_COUNTS = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True))
_COUNTS |= {"couple of": 2, "few": 3}
_PART = r"(?:(?P<part>early|mid|late|(?:the\s+)?(?:beginning|start|middle|end)\s+of|end)[\s-]+)?"
_EDGE = re.compile(r"(?:the\s+)?(?:(?P<start>beginning|start)|(?P<end>end))\b", re.IGNORECASE)
_ORDINAL = r"first|second|third|fourth|1st|2nd|3rd|4th|last"
_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("month", rf"{_PART}(?P<m>{MONTH})(?:\s+of)?,?[\s-]+(?P<y>{YEAR})(?!\w)"),
        ("month", rf"(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?![\w-])"),
        ("quarter", rf"Q(?P<q>[1-4])(?:\s+of)?[\s/-]*(?P<y>{YEAR})(?!\w)"),
        ("quarter", rf"(?P<y>{YEAR})[\s/-]*Q(?P<q>[1-4])(?!\w)"),
        ("quarter", rf"(?:the\s+)?(?P<q>{_ORDINAL})\s+quarter(?:\s+of)?\s+(?P<y>{YEAR})(?!\w)"),
        ("half", rf"H(?P<q>[12])(?:\s+of)?[\s/-]*(?P<y>{YEAR})(?!\w)"),
        ("half", rf"(?:the\s+)?(?P<q>first|second|1st|2nd)\s+half(?:\s+of)?\s+(?P<y>{YEAR})(?!\w)"),
        ("season", rf"(?:the\s+)?(?P<s>{'|'.join(_SEASONS)})(?:\s+of)?\s+(?P<y>{YEAR})(?:[/–-]\d\d)?(?!\w)"),
        ("part", rf"{_PART.removesuffix('?')}(?P<y>{YEAR})(?!\w)"),
        ("decade", r"the\s+(?P<y>(?:19|20)\d)0s\b"),
        (
            "ago",
            r"(?:the\s+)?(?:last|past|previous)\s+(?:(?P<n>[1-9]\d{0,2}|"
            + "|".join(_COUNTS)
            + r")\s+)(?P<u>hour|day|week|month|year)s?\b",
        ),
        ("ago", r"the\s+(?:last|past)\s+(?P<u>day|week|month|year)\b"),
        ("current", r"(?P<w>this|last)\s+(?P<u>week|month|quarter|year)\b"),
        ("latest", rf"last\s+(?P<m>{MONTH})(?!\s*\d)"),
        ("yesterday", r"yesterday\b"),
    )
)
_BARE_YEAR = re.compile(rf"(?:the\s+year\s+)?(?P<y>{YEAR})(?![\w%]|[.,]\d|-\w)")
_BARE_YEARS = re.compile(rf"(?P<y>{YEAR})\s*[/–-]\s*(?P<z>{YEAR}|\d\d)(?![\w%-]|[.,]\d)")
_AS_OF = r"as\s+(?:of|(?P<at>at|(?:\w+\s+){0,2}(?:stood|known)\s+(?:on|in|at|by)))"
_LEAD = re.compile(
    r"(?P<since>since|starting\s+(?:in|from))|(?P<after>after|later\s+than)|(?P<before>before|prior\s+to|earlier\s+than)|"
    rf"(?P<until>(?:up\s+)?(?:until|till)|up\s+to|{_AS_OF}|by|no\s+later\s+than)|"
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
_JOINT = re.compile(r"\s*[–—-]\s*|\s+(?:to|until|till|through|and)\s+", re.IGNORECASE)
_NOT_BEFORE_A_YEAR = frozenset(
    {"resolution", "article", "number", "about", "than", "the", "least", "most", "only", "over", "under"}
)
_PERIOD = re.compile(r"\s+(?:the\s+(?:years|period)\s+(?:from\s+|between\s+)?)?", re.IGNORECASE)
_TODAY = re.compile(r"(?:today|now|the\s+present(?:\s+day)?|present)\b", re.IGNORECASE)
_SHORT = re.compile(
    rf"(?:(?P<d>{DAY})(?:\s+(?P<m>{MONTH}))?|(?P<m2>{MONTH})(?:\s+(?P<d2>{DAY}))?|Q(?P<q>[1-4]))(?!\w)", re.IGNORECASE
)
_TO_SHORT_DAY = re.compile(rf"(?P<d>{DAY}),?\s+(?P<y>{YEAR})(?!\w)", re.IGNORECASE)
# "for 2000 soldiers", "by 2000 tonnes": a number of things, unless a word of grammar follows.
_COUNTED = re.compile(
    r"\s+(?!(?:and|or|but|did|do|does|was|were|is|are|has|had|have|what|when|who|why|where|how|which|the|a|an|to|on|in|at|"
    r"by|of|for|as|with|because|while|if|than|versus|vs|compared|according|until|that)\b)[a-z]"
)
_THINGS = re.compile(
    r"\s+(?:dollars|euros|prices|people|troops|soldiers|tonnes|tons|feet|metres|meters|km|miles|words)\b"
)


@dataclass(frozen=True, slots=True)
class _Found:
    first: date
    last: date
    end: int  # in the question
    kind: str


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


def _with_lead(text: str, position: int, today: date) -> tuple[DateRange, int] | None:
    lead = _LEAD.match(text, position)
    if lead and lead["at"] and _COMPARED.search(text[:position]):
        return None  # "as high as at the end of May 2022" is read from "at" on
    gap = _GAP.match(text, lead.end()) if lead else None
    if not lead or not gap:
        unit = _unit(text, position, today) or _year_at_end(text, position)
        return (DateRange(unit.first, unit.last), unit.end) if unit else None
    unit = _unit(text, gap.end(), today) or _year(text, gap.end(), lead.group().lower())
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
        return DateRange(None, unit.last), unit.end
    onwards = _ONWARDS.match(text, unit.end)
    if onwards and lead.group().lower() == "from":
        return DateRange(unit.first, None), onwards.end()
    return DateRange(unit.first, unit.last), unit.end


def _between(text: str, position: int, today: date) -> tuple[DateRange, int] | None:
    opening = _OPEN.match(text, position)
    gap = _PERIOD.match(text, opening.end()) if opening else None
    start = gap.end() if gap else position
    years = _BARE_YEARS.match(text, start)
    if years and gap and not _COUNTED.match(text, years.end()):
        last = int(years["z"]) if len(years["z"]) == 4 else int(years["y"][:2] + years["z"])
        if last >= int(years["y"]):
            return DateRange(date(int(years["y"]), 1, 1), date(last, 12, 31)), years.end()
    opened = bool(gap and opening and (opening["between"] or opening["from"]))
    first = _unit(text, start, today) or (_year(text, start, "from") if opened else None)
    short = None if first else _SHORT.match(text, start)
    ends = first.end if first else short.end() if short else None
    joint = _JOINT.match(text, ends) if ends else None
    if not joint or ("and" in joint.group().lower() and not (opened and opening and opening["between"])):
        return None
    now = _TODAY.match(text, joint.end())
    if first and opened and now:
        return DateRange(first.first, None), now.end()
    second = _unit(text, joint.end(), today) or (_year(text, joint.end(), "from") if opened else None)
    if short:
        return _completed(text, short, joint.end(), second)
    if not first or not second:
        return None
    return DateRange(min(first.first, second.first), max(first.last, second.last)), second.end


def _completed(text: str, short: re.Match[str], position: int, second: _Found | None) -> tuple[DateRange, int] | None:
    """ "2 and 4 June 2023", "May to July 2023", "June 2-4, 2023": the first end takes what it lacks from the second."""
    month, day = short["m"] or short["m2"], short["d"] or short["d2"]
    number = MONTHS[month.lower().rstrip(".")] if month else None
    to_day = _TO_SHORT_DAY.match(text, position)
    if not second and to_day and number and day:
        last, end = _made(int(to_day["y"]), number, to_day["d"]), to_day.end()
        second = _Found(last, last, end, "day") if last else None
    if not second:
        return None
    year = second.last.year
    if short["q"]:
        first = date(year, int(short["q"]) * 3 - 2, 1) if second.kind == "quarter" else None
    elif day:
        month_number = number or second.first.month
        first = _made(year - (month_number > second.last.month), month_number, day) if second.kind == "day" else None
    elif number and second.kind in ("month", "day"):
        first = date(year - (number > second.last.month), number, 1)
    else:
        first = None
    return (DateRange(first, second.last), second.end) if first and first <= second.last else None


def _made(year: int, month: int, day: str) -> date | None:
    try:
        return date(year, month, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None


def _unit(text: str, position: int, today: date) -> _Found | None:
    """A stretch of time written at `position` that needs no preposition to be one."""
    for pattern in WRITTEN:
        match = pattern.match(text, position)
        day = day_of(match) if match else None
        if match and day:
            return _Found(day, day, match.end(), "day")
    for kind, pattern in _UNITS:
        match = pattern.match(text, position)
        if match:
            first, last = _STRETCHES[kind](match, today)
            return _Found(first, last, match.end(), kind)
    return None


def _year(text: str, position: int, lead: str) -> _Found | None:
    match = _BARE_YEAR.match(text, position)
    if not match or _THINGS.match(text, match.end()):
        return None
    if lead not in ("in", "since", "during", "from") and _COUNTED.match(text, match.end()):
        return None
    year = int(match["y"])
    return _Found(date(year, 1, 1), date(year, 12, 31), match.end(), "year")


def _year_at_end(text: str, position: int) -> _Found | None:
    """A year that ends the question, unless it belongs to a name ("Resolution 2023?", "World Cup 2022")."""
    match = _BARE_YEAR.match(text, position)
    before = text[:position].split()
    if not match or text[match.end() :].strip(" ?.!\"'”’)") or not before or not re.match(r"[a-z]", before[-1]):
        return None
    if before[-1] in _NOT_BEFORE_A_YEAR:
        return None
    year = int(match["y"])
    return _Found(date(year, 1, 1), date(year, 12, 31), match.end(), "year")


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """The first and the last day of `count` months from `month` (which may lie outside 1 to 12) of `year`."""
    first, after = year * 12 + month - 1, year * 12 + month - 1 + count
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _month(match: re.Match[str], _: date) -> tuple[date, date]:
    name = match["m"].lower().rstrip(".")
    first, last = _months(int(match["y"]), MONTHS.get(name) or int(name), 1)
    part = (match.groupdict().get("part") or "").lower()
    if re.search("early|beginning|start", part):
        return first, first.replace(day=10)
    if "mid" in part:
        return first.replace(day=11), first.replace(day=20)
    return (first.replace(day=21), last) if part else (first, last)


def _part(match: re.Match[str], _: date) -> tuple[date, date]:
    part = match["part"].lower()
    third = 0 if re.search("early|beginning|start", part) else 1 if "mid" in part else 2
    return _months(int(match["y"]), 1 + 4 * third, 4)


def _quarter(match: re.Match[str], _: date) -> tuple[date, date]:
    quarter = _QUARTERS.get(match["q"].lower()) or int(match["q"])
    return _months(int(match["y"]), quarter * 3 - 2, 3)


def _half(match: re.Match[str], _: date) -> tuple[date, date]:
    return _months(int(match["y"]), 1 if match["q"].lower() in ("first", "1st", "1") else 7, 6)


def _season(match: re.Match[str], _: date) -> tuple[date, date]:
    return _months(int(match["y"]), _SEASONS[match["s"].lower()], 3)


def _decade(match: re.Match[str], _: date) -> tuple[date, date]:
    return _months(int(match["y"]) * 10, 1, 120)


def _ago(match: re.Match[str], today: date) -> tuple[date, date]:
    said = (match.groupdict().get("n") or "1").lower()
    count, unit = _COUNTS.get(said) or int(said), match["u"].lower()
    days = {"hour": -(-count // 24), "day": count, "week": 7 * count}.get(unit)
    if days is not None:
        return today - timedelta(days=days), today
    first, _ = _months(today.year, today.month - count * (12 if unit == "year" else 1), 1)
    return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1])), today


def _current(match: re.Match[str], today: date) -> tuple[date, date]:
    back, unit = int(match["w"].lower() == "last"), match["u"].lower()
    if unit == "week":
        first = today - timedelta(days=today.weekday() + 7 * back)
        return first, first + timedelta(days=6)
    if unit == "month":
        return _months(today.year, today.month - back, 1)
    if unit == "quarter":
        return _months(today.year, (today.month - 1) // 3 * 3 + 1 - 3 * back, 3)
    return _months(today.year - back, 1, 12)


def _latest(match: re.Match[str], today: date) -> tuple[date, date]:
    month = MONTHS[match["m"].lower().rstrip(".")]
    return _months(today.year - (month >= today.month), month, 1)


def _yesterday(_: re.Match[str], today: date) -> tuple[date, date]:
    return today - timedelta(days=1), today - timedelta(days=1)


_STRETCHES: dict[str, Callable[[re.Match[str], date], tuple[date, date]]] = {
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "part": _part,
    "decade": _decade,
    "ago": _ago,
    "current": _current,
    "latest": _latest,
    "yesterday": _yesterday,
}
