"""The figures and dates that a sentence states, as far as two sentences can differ on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.language.number_words import PARTS, SMALL, TENS, VALUES
from assistant.language.words import STOP_WORDS, stem, words
from assistant.language.written_dates import DAY, MONTH, MONTHS, YEAR
from assistant.types import Span

_SPELLED = {word: float(VALUES[word]) for word in (*SMALL[2:13], *TENS)}
_TIMES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    # a figure in a name or a code ("F-16", "S-400", "Resolution 2231") or in a clock time counts nothing
    rf"(?<![\w.,:/-])(?P<n>{_FIGURE}|\b(?:{'|'.join(_SPELLED)})\b)(?!:\d)(?![.,]?\d)(?![\w/]|-(?!\w+\b))"
    rf"(?:[\s-](?P<t>{'|'.join(_TIMES)})\b)?(?P<p>\s?%|\s(?:per\s?cent|percent|percentage)\b)?",
    re.IGNORECASE,
)
_PART = "|".join(word for word in PARTS if word != "half")
# "two fifths", "a third of it", "fell by a quarter", "half of it"; not "a third report", "the first half", "half an
# hour", nor the quarters of a year or an hour
_FRACTION = re.compile(
    rf"\b(?:(?P<many>{'|'.join(SMALL[2:10])})[\s-](?P<parts>{_PART})s\b"
    rf"|(?:an?|one)[\s-](?P<part>{_PART})(?=\s+of\s+(?!an? |one |\d)|\s*(?:[.,;)]|$))"
    r"|(?<!first )(?<!second )(?<!other )(?<!last )(?<!\d )(?P<half>half)"
    r"(?=\s+(?:of\s+)?(?:the|its|his|her|their|all|those|these|them)\b(?! (?:year|time)\b)))",
    re.IGNORECASE,
)
PARTS_STEMS = frozenset(stem(word) for word in PARTS)
"""The stems of the words for parts, which tell how much and not what of."""
_NAMED = re.compile(
    r"(?:\b(?:No|Nr|Article|Resolution|Chapter|Task Force|page|chapter|item|note|article)\.?|\b[A-Z]{2,})\s+$"
)
_DATE = re.compile(
    rf"(?<![\w-])(?:(?P<iy>{YEAR})-(?P<im>0[1-9]|1[0-2])(?:-(?P<id>0[1-9]|[12]\d|3[01]))?(?!\d)"
    rf"|(?P<d1>{DAY})\s+(?P<m1>{MONTH})(?:,?\s+(?P<y1>{YEAR}))?(?!\w)"
    rf"|(?P<m2>{MONTH})\s+(?P<d2>{DAY})(?:,?\s+(?P<y2>{YEAR}))?(?!\w)"
    rf"|(?P<m3>{MONTH})\s+(?P<y3>{YEAR})(?!\w)"
    rf"|(?<=\bin\s)(?P<y4>{YEAR})(?!\w))",
    re.IGNORECASE,
)
# The day of a report is not the day of what it reports; sources and their dates stand in brackets.
_OF_A_REPORT = re.compile(
    r"\b(?:reports?|briefing|note|statement|article|account|letter)\s+(?:of|from|dated)\s+$", re.I
)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|nearly|almost|some|close to|more than|over|at least|up to|fewer than|"
    r"less than|under|an estimated)\s+(?:US\s?)?[$€£]?$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\s+(?:of\s+)?")
_ADJECTIVES = frozenset(
    "more other further new additional separate different US Egyptian metric outbound inbound total".split()
)
_EXACT, _ROUGH = 0.01, 0.08
_AT_MOST_TIMES = 2.0


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is written: year, month and day, None for what is left out."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def known(self) -> frozenset[tuple[str, int]]:
        """The parts that are written, each with its name."""
        parts = (("year", self.year), ("month", self.month), ("day", self.day))
        return frozenset((name, number) for name, number in parts if number is not None)

    def differs(self, other: Day) -> bool:
        """Whether the two cannot be the same time: something that both name is not the same."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return any(one is not None and two is not None and one != two for one, two in pairs)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure or a date in a text.

    `span` is in the text, with the unit where it follows. `value` is the number in full, or the day. `unit` is the stem
    of the word that is counted, "%" for shares, "" where none follows. `rough` tells figures with "about", "more than",
    `in_parts` shares that are written as "two fifths", which are round ones.
    """

    kind: Literal["number", "date"]
    span: Span
    value: float | Day
    unit: str = ""
    rough: bool = False
    in_parts: bool = False

    def differs(self, other: Stated, *, disputed: bool) -> bool:
        """Whether two of a kind differ by more than rounding.

        Figures that are `disputed` by their sources differ from one part in a hundred on; others where one is rough,
        and all where one is in parts ("a third" is 35 per cent), from eight in a hundred on. Dates differ where a part
        that both name does.
        """
        if isinstance(self.value, Day) or isinstance(other.value, Day):
            return isinstance(self.value, Day) and isinstance(other.value, Day) and self.value.differs(other.value)
        rounded = self.in_parts or other.in_parts or ((self.rough or other.rough) and not disputed)
        allowed = _ROUGH if rounded else _EXACT
        return abs(self.value - other.value) > allowed * max(abs(self.value), abs(other.value))

    def comparable(self, other: Stated) -> bool:
        """Whether both count the same: any two dates; figures with the same unit, or one without any and no share."""
        bare = (not self.unit or not other.unit) and "%" not in (self.unit, other.unit)
        return self.kind == other.kind and (self.unit == other.unit or bare)

    def rivals(self, other: Stated) -> bool:
        """Whether the two can be reports of one thing: comparable, different, and figures within a factor of two."""
        if not self.comparable(other) or not self.differs(other, disputed=True):
            return False
        if isinstance(self.value, Day) or isinstance(other.value, Day):
            return True
        low, high = sorted((self.value, other.value))
        return low > 0 and high <= _AT_MOST_TIMES * low


def stated_in(text: str) -> tuple[Stated, ...]:
    """The figures and dates of a text in its order; years, ordinals, clock times and numbers in names are left out."""
    dates = [(match, _day(match)) for match in _DATE.finditer(text)]
    found = [
        Stated("date", Span(match.start(), match.start() + len(match.group().rstrip("."))), day)
        for match, day in dates
        if not _OF_A_REPORT.search(text[: match.start()])
    ]
    found += (fractions := [_fraction(text, match) for match in _FRACTION.finditer(text)])
    taken = [Span(*date.span()) for date, _ in dates] + [fraction.span for fraction in fractions]
    for match in _NUMBER.finditer(text):
        inside = any(span.overlaps(Span(*match.span())) for span in taken)
        if not inside and not _NAMED.search(text[: match.start()]) and not re.fullmatch(YEAR, match.group()):
            found.append(_figure(text, match))
    return tuple(sorted(found, key=lambda stated: stated.span))


def _figure(text: str, match: re.Match[str]) -> Stated:
    written = match["n"].lower().replace(",", "")
    value = _SPELLED[written] if written in _SPELLED else float(written)
    value *= _TIMES[match["t"].lower()] if match["t"] else 1.0
    unit, end = ("%", match.end()) if match["p"] else _unit(text, match.end())
    if text[: match.start()].endswith("$"):
        unit, end = "dollar", match.end()
    return Stated("number", Span(match.start(), end), value, unit, bool(_ABOUT.search(text[: match.start()])))


def _fraction(text: str, match: re.Match[str]) -> Stated:
    """A share that is written as so many parts of a whole, in per cent."""
    parts = PARTS[(match["parts"] or match["part"] or match["half"]).lower()]
    value = 100.0 * (VALUES[match["many"].lower()] if match["many"] else 1) / parts
    return Stated("number", Span(*match.span()), value, "%", bool(_ABOUT.search(text[: match.start()])), in_parts=True)


def _unit(text: str, position: int) -> tuple[str, int]:
    """The stem of the word that is counted, and where it ends: the first of the next three that is not an adjective."""
    end = position
    for _ in range(3):
        gap = _GAP.match(text, end)
        word = _LETTERS.match(text, gap.end()) if gap else None
        if not word or not (word.group() in _ADJECTIVES or (word.group().islower() and word.group() not in STOP_WORDS)):
            return "", position
        end = word.end()
        if word.group() not in _ADJECTIVES:
            return stem(words(word.group())[0]), end
    return "", position


def _day(match: re.Match[str]) -> Day:
    year = match["iy"] or match["y1"] or match["y2"] or match["y3"] or match["y4"]
    month, day = match["m1"] or match["m2"] or match["m3"], match["id"] or match["d1"] or match["d2"]
    return Day(
        int(year) if year else None,
        int(match["im"]) if match["im"] else MONTHS[month.lower().rstrip(".")] if month else None,
        int(re.sub(r"\D", "", day)) if day else None,
    )
