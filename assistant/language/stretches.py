"""A stretch of time as it is written: a day, a month, a quarter, "the last two weeks"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.language.number_words import SMALL, VALUES
from assistant.language.written_dates import MONTH, MONTHS, WRITTEN, YEAR, day_of

_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_COUNTS = {word: VALUES[word] for word in SMALL[1:13]} | {"couple of": 2, "few": 3}
_PART = r"(?:(?P<part>early|mid|late|(?:the\s+)?(?:beginning|start|middle|end)\s+of|end)[\s-]+)?"
_OF_YEAR = rf"(?:(?P<y>{YEAR})(?!\w)|(?P<w>this|last)\s+year\b)"
_COUNT = r"(?P<n>[1-9]\d{0,2}|" + "|".join(_COUNTS) + ")"
_ORDINAL = r"first|second|third|fourth|1st|2nd|3rd|4th|last"
_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("month", rf"{_PART}(?P<m>{MONTH})(?P<of>\s+of)?,?[\s-]+{_OF_YEAR}"),
        ("month", rf"(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?![\w-])"),
        ("quarter", rf"Q(?P<q>[1-4])(?:\s+of)?[\s/-]*{_OF_YEAR}"),
        ("quarter", rf"(?P<y>{YEAR})[\s/-]*Q(?P<q>[1-4])(?!\w)"),
        ("quarter", rf"(?:the\s+)?(?P<q>{_ORDINAL})\s+quarters?(?:\s+of)?\s+{_OF_YEAR}"),
        ("half", rf"H(?P<q>[12])(?:\s+of)?[\s/-]*{_OF_YEAR}"),
        ("half", rf"(?:the\s+)?(?P<q>first|second|1st|2nd)\s+hal(?:f|ves)(?:\s+of)?\s+{_OF_YEAR}"),
        ("season", rf"(?:the\s+)?(?P<s>{'|'.join(_SEASONS)})(?:\s+of)?\s+(?P<y>{YEAR})(?:[/–-]\d\d)?(?!\w)"),
        ("part", rf"{_PART.removesuffix('?')}{_OF_YEAR}"),
        ("decade", r"the\s+(?P<y>(?:19|20)\d)0s\b"),
        ("ago", rf"(?:the\s+)?(?:last|past|previous)\s+{_COUNT}\s+(?P<u>hour|day|week|month|year)s?\b"),
        ("ago", r"the\s+(?:last|past)\s+(?P<u>day|week|month|year)\b"),
        ("current", r"(?P<w>this|last)\s+(?P<u>week|month|quarter|year)\b"),
        ("latest", rf"last\s+(?P<m>{MONTH})(?!\s*\d)"),
        ("yesterday", r"yesterday\b"),
    )
)
# "the last week of May 2023", "the first three months of last year"
_PIECE = re.compile(
    rf"(?:the\s+)?(?P<w>first|last|final)\s+(?:{_COUNT}\s+)?(?P<u>day|week|month|quarter)(?P<s>s?)\s+(?:of|in)\s+",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(r"\s+of\b", re.IGNORECASE)
_WHOLES = frozenset({"month", "quarter", "half", "season", "current", "latest", "year"})
# "What may this year bring?" asks about no month, so "may" and "march" need what only a month has before it.
_DOUBTFUL = frozenset({"may", "march", "mar"})
_BEFORE_A_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|before|after|from|of|for|during|over|through|throughout|to|and|or|between|around)\s+$",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(rf"(?:the\s+year\s+)?(?P<y>{YEAR})(?![\w%]|[.,]\d|-\w)")
_NOT_BEFORE_A_YEAR = frozenset(
    {"resolution", "article", "number", "about", "than", "the", "least", "most", "only", "over", "under"}
)
# "for 2000 soldiers", "by 2000 tonnes": a number of things, unless a word of grammar follows.
COUNTED = re.compile(
    r"\s+(?!(?:and|or|but|did|do|does|was|were|is|are|has|had|have|what|when|who|why|where|how|which|the|a|an|to|on|in|at|"
    r"by|of|for|as|with|because|while|if|than|versus|vs|compared|according|until|that)\b)[a-z]"
)
_THINGS = re.compile(
    r"\s+(?:dollars|euros|prices|people|troops|soldiers|tonnes|tons|feet|metres|meters|km|miles|words)\b"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The first and the last day of a stretch of time, what kind it is of, and the `end` of its characters."""

    first: date
    last: date
    end: int
    kind: str


def stretch_at(text: str, position: int, today: date) -> Stretch | None:
    """A stretch of time written at `position` that needs no preposition to be one."""
    for pattern in WRITTEN:
        match = pattern.match(text, position)
        day = day_of(match) if match else None
        if match and day:
            return Stretch(day, day, match.end(), "day")
    return _piece_at(text, position, today) or _unit_at(text, position, today)


def _unit_at(text: str, position: int, today: date) -> Stretch | None:
    for kind, pattern in _UNITS:
        match = pattern.match(text, position)
        if match and _counts(match, kind):
            first, last = _STRETCHES[kind](match, today)
            return Stretch(first, last, match.end(), kind)
    return None


def year_after(text: str, position: int, lead: str) -> Stretch | None:
    """A year written at `position` after the word `lead`, unless it counts things ("by 2000 tonnes")."""
    match = _BARE_YEAR.match(text, position)
    if not match or _THINGS.match(text, match.end()):
        return None
    if lead not in ("in", "since", "during", "from") and COUNTED.match(text, match.end()):
        return None
    year = int(match["y"])
    return Stretch(date(year, 1, 1), date(year, 12, 31), match.end(), "year")


def year_at_end(text: str, position: int) -> Stretch | None:
    """A year that ends the question, unless it belongs to a name ("Resolution 2023?", "World Cup 2022")."""
    match = _BARE_YEAR.match(text, position)
    before = text[:position].split()
    if not match or text[match.end() :].strip(" ?.!\"'”’)") or not before or not re.match(r"[a-z]", before[-1]):
        return None
    if before[-1] in _NOT_BEFORE_A_YEAR:
        return None
    year = int(match["y"])
    return Stretch(date(year, 1, 1), date(year, 12, 31), match.end(), "year")


def _piece_at(text: str, position: int, today: date) -> Stretch | None:
    """The first or last days, weeks, months or quarters of a longer stretch, counted in it and not from today."""
    match = _PIECE.match(text, position)
    unit = match["u"].lower() if match else ""
    if not match or (not match["n"] and (match["s"] or unit == "quarter")):
        return None  # "the first weeks" are of no length, and "the first quarter" is read as such
    whole = _unit_at(text, match.end(), today) or year_after(text, match.end(), "of")
    if not whole or whole.kind not in _WHOLES:
        return None
    said, first, last = (match["n"] or "1").lower(), whole.first, whole.last
    count = _COUNTS.get(said) or int(said)
    if unit in ("month", "quarter"):
        months = count * (3 if unit == "quarter" else 1)
        start, _ = months_from(last.year, last.month - months + 1, months)
        _, end = months_from(first.year, first.month, months)
    else:
        days = timedelta(days=count * (7 if unit == "week" else 1) - 1)
        start, end = last - days, first + days
    if match["w"].lower() == "first":
        return Stretch(first, min(end, last), whole.end, "piece")
    return Stretch(max(start, first), last, whole.end, "piece")


def _counts(match: re.Match[str], kind: str) -> bool:
    """Whether what looks like a time is one: not "the last year of the war", nor "may this year" after "what"."""
    text = match.string
    if kind in ("ago", "current") and "last" in match.group().lower():
        return not _OF_WHOLE.match(text, match.end())
    said = match.groupdict()
    doubtful = kind == "month" and said.get("w") and not said["of"] and said["m"].lower() in _DOUBTFUL
    return not doubtful or bool(said["part"] or _BEFORE_A_MONTH.search(text[: match.start()]))


def _year(match: re.Match[str], today: date) -> int:
    if match["y"]:
        return int(match["y"])
    return today.year - (match["w"].lower() == "last")


def quarter_of(said: str) -> int:
    """The number that an ordinal or a digit means, of a quarter or a half."""
    return _QUARTERS.get(said.lower()) or int(said)


def months_from(year: int, month: int, count: int) -> tuple[date, date]:
    """The first and the last day of `count` months from `month` (which may lie outside 1 to 12) of `year`."""
    first, after = year * 12 + month - 1, year * 12 + month - 1 + count
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _month(match: re.Match[str], today: date) -> tuple[date, date]:
    name = match["m"].lower().rstrip(".")
    first, last = months_from(_year(match, today), MONTHS.get(name) or int(name), 1)
    part = (match.groupdict().get("part") or "").lower()
    if re.search("early|beginning|start", part):
        return first, first.replace(day=10)
    if "mid" in part:
        return first.replace(day=11), first.replace(day=20)
    return (first.replace(day=21), last) if part else (first, last)


def _part(match: re.Match[str], today: date) -> tuple[date, date]:
    part = match["part"].lower()
    third = 0 if re.search("early|beginning|start", part) else 1 if "mid" in part else 2
    return months_from(_year(match, today), 1 + 4 * third, 4)


def _quarter(match: re.Match[str], today: date) -> tuple[date, date]:
    quarter = quarter_of(match["q"])
    return months_from(_year(match, today), quarter * 3 - 2, 3)


def _half(match: re.Match[str], today: date) -> tuple[date, date]:
    return months_from(_year(match, today), 1 if match["q"].lower() in ("first", "1st", "1") else 7, 6)


def _season(match: re.Match[str], today: date) -> tuple[date, date]:
    return months_from(_year(match, today), _SEASONS[match["s"].lower()], 3)


def _decade(match: re.Match[str], _: date) -> tuple[date, date]:
    return months_from(int(match["y"]) * 10, 1, 120)


def _ago(match: re.Match[str], today: date) -> tuple[date, date]:
    said = (match.groupdict().get("n") or "1").lower()
    count, unit = _COUNTS.get(said) or int(said), match["u"].lower()
    days = {"hour": -(-count // 24), "day": count, "week": 7 * count}.get(unit)
    if days is not None:
        return today - timedelta(days=days), today
    first, _ = months_from(today.year, today.month - count * (12 if unit == "year" else 1), 1)
    return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1])), today


def _current(match: re.Match[str], today: date) -> tuple[date, date]:
    back, unit = int(match["w"].lower() == "last"), match["u"].lower()
    if unit == "week":
        first = today - timedelta(days=today.weekday() + 7 * back)
        return first, first + timedelta(days=6)
    if unit == "month":
        return months_from(today.year, today.month - back, 1)
    if unit == "quarter":
        return months_from(today.year, (today.month - 1) // 3 * 3 + 1 - 3 * back, 3)
    return months_from(today.year - back, 1, 12)


def _latest(match: re.Match[str], today: date) -> tuple[date, date]:
    month = MONTHS[match["m"].lower().rstrip(".")]
    return months_from(today.year - (month >= today.month), month, 1)


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
