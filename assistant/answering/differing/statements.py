"""Sentences of the passages found, with the figures, dates and table cells that they state, and pairs that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from assistant.answering.candidates import Candidate, candidates_of
from assistant.answering.differing.stated import PARTS_STEMS, Day, Stated, stated_in
from assistant.language.rows import cells
from assistant.language.words import stems
from assistant.language.written_dates import MONTH, MONTHS
from assistant.types import Passage, Span

REPORTS = r"(?:reports?|accounts?|headlines?|captions?|newspapers?|websites?|sources?|summary|summaries|media)"
"""A pattern for those who say something in print."""

DISPUTED = re.compile(
    r"\b(?:differ(?:s|ing)?|diverges?|varies|vary|disagrees?|conflicting|contradicts?|(?:do|does) not agree|"
    r"two (?:totals|figures|terms|accounts|dates|answers)|by source)\b(?!.*\bneed not\b)",
    re.IGNORECASE,
)
"""A sentence or heading that says that sources differ."""

_BY_SOURCE = re.compile(r"(?:source|publisher|author)s?:\s", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:of|in|since|from|until|by)\s+(?P<m>{MONTH})", re.IGNORECASE)
_SAID_ON = re.compile(
    r"\b(?:said|announced|reported|confirmed|repeated|wrote|told\s[\w’' ]{1,30}|declared|spoke|reports?)\s+on\s+"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$",
    re.IGNORECASE,
)


_ON_THE_DAY_OF_SAYING = re.compile(r"(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$", re.IGNORECASE)
_SAID = re.compile(r"\b(?:said|asked|told|answered|confirmed|announced|repeated|denied|declared|reported)\b")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row that was read as "label: value | label: value"; the spans of `stated` are in the row."""

    label: str
    value: str
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what it states; spans are in `candidate.text`.

    `cells` is empty for what is no row of a table. `months` are the months that the sentence names, by number, and
    `content` the stems of its words without figures, with one key for all names of a country.
    """

    candidate: Candidate
    stated: tuple[Stated, ...]
    cells: tuple[Cell, ...]
    months: frozenset[int]
    content: frozenset[str]

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.candidate.text

    @property
    def key(self) -> tuple[str, Span]:
        """The place of the sentence in the corpus: its document and its span."""
        return self.candidate.passage.chunk.document_id, self.candidate.span

    @property
    def place(self) -> int:
        """The number of the sentence in its passage."""
        return self.candidate.position

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the row; rows of one table have the same."""
        return tuple(cell.label for cell in self.cells)

    def of_kind(self, kind: str) -> tuple[Stated, ...]:
        """The figures ("number") or the dates ("date") that the sentence states."""
        return tuple(one for one in self.stated if one.kind == kind)


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two sentences (or twice the same) and the words in each, as spans in its text, in which they differ.

    `about` names the thing where a table does, and is empty otherwise. `named_by` are sentences before the two that say
    what they are about: the caption of a table, "reports differ".
    """

    kind: Literal["number", "date", "polarity"]
    first: tuple[Told, Span]
    second: tuple[Told, Span]
    about: str = ""
    named_by: tuple[Told, ...] = ()


def differing(one: Told, first: Sequence[Stated], two: Told, second: Sequence[Stated]) -> Contrast | None:
    """The first of what the one states against the first of what the other does that differs from it.

    Figures that differ by more than a factor of two are not set against each other: a part is told beside the whole.
    """
    places = sorted(product(range(len(first)), range(len(second))), key=lambda place: (sum(place), place))
    for a, b in places:
        if first[a].rivals(second[b]):
            return Contrast(first[a].kind, (one, first[a].span), (two, second[b].span))
    return None


def of_different_times(one: Told, two: Told, *, days: int) -> bool:
    """Whether the two name no common time, by which a figure can have moved from the one to the other.

    Where neither names one, their documents must not be more than so many `days` apart.
    """
    if of_different_months(one, two):
        return True
    differ = [a.differs(b, disputed=True) for a, b in product(one.of_kind("date"), two.of_kind("date"))]
    if differ:
        return all(differ)
    first, second = one.candidate.passage.source.date, two.candidate.passage.source.date
    return first is not None and second is not None and abs((first - second).days) > days


def of_different_months(one: Told, two: Told) -> bool:
    """Whether both name months and none in common."""
    return bool(one.months and two.months and not one.months & two.months)


def told_by(passages: Sequence[Passage]) -> list[list[Told]]:
    """The sentences of each passage in their order, each place of a document once."""
    seen: set[tuple[str, Span]] = set()
    found: list[list[Told]] = []
    for passage in passages:
        sentences = {candidate.span: candidate for candidate in (*_rows_by_source(passage), *candidates_of(passage))}
        places = sorted(span for span in sentences if (passage.chunk.document_id, span) not in seen)
        fresh = [sentences[span] for span in places]
        seen.update((passage.chunk.document_id, candidate.span) for candidate in fresh)
        found.append([_told(candidate) for candidate in fresh])
    return found


def _rows_by_source(passage: Passage) -> Iterator[Candidate]:
    """Rows that begin with a source ("Source: Reuters | Kilometres: 1,300"), which are no evidence by themselves."""
    chunk, head = passage.chunk, frozenset(stems(" ".join([passage.source.title, *passage.chunk.headings])))
    for place, span in enumerate(chunk.sentences):
        text = chunk.quote(span)
        if _BY_SOURCE.match(text) and " | " in text:
            yield Candidate(passage, span, text, place, frozenset(stems(text)), frozenset(), head, ())


def _told(candidate: Candidate) -> Told:
    text = candidate.text
    found = tuple(map(_cell, cells(text)))
    stated = () if " | " in text and not found else stated_in(text)
    dates = [one.value for one in stated if isinstance(one.value, Day)]
    months = {day.month for day in dates if day.month} | {
        MONTHS[match["m"].lower().rstrip(".")] for match in _MONTH.finditer(text)
    }
    own = candidate.passage.source.date
    its_own_day = Day(own.year, own.month, own.day) if own else None
    events = tuple(one for one in stated if one.value != its_own_day and not _of_saying(text, one))
    parts = PARTS_STEMS if any(one.in_parts for one in stated) else frozenset[str]()
    content = frozenset(stem for stem in candidate.stems - parts if not any(map(str.isdigit, stem)))
    return Told(candidate, events, found, frozenset(months), content)


def _of_saying(text: str, stated: Stated) -> bool:
    """Whether a date is that on which something was said or written, which is not when it happened."""
    before = text[: stated.span.start]
    first = _ON_THE_DAY_OF_SAYING.match(before) is not None and bool(before) and _SAID.search(text) is not None
    return stated.kind == "date" and (first or _SAID_ON.search(before) is not None)


def _cell(match: re.Match[str]) -> Cell:
    value = match["value"]
    open_bracket = value.find("(")  # a source and its day stand in brackets behind what it says
    stated = stated_in(value if open_bracket < 0 else value[:open_bracket])
    start = match.start("value")
    return Cell(match["label"].strip(), value, tuple(replace(one, span=one.span.shifted(start)) for one in stated))
