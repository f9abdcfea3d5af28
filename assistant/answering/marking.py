"""Which words of a quote are shown as the answer: a reader sees them first, so that doubtful ones are not marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.asked.rows_asked import cell_asked_about, has_cells_of_times
from assistant.answering.evidence import Evidence
from assistant.answering.query import Query
from assistant.language.rows import is_row
from assistant.language.words import stems
from assistant.reading.checks.calendar_dates import dates, without_dates
from assistant.types import Span

_FIGURE = re.compile(r"\d")
_AMOUNT = r"(?:[$€£]\s?)?\d[\d,.]*\d?(?:\s?%|\s(?:per\s?cent|percentage points?|million|billion|bn|m)\b)?"
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_OF_AN_EARLIER_TEXT = re.compile(
    r"\b(?:earlier|previous|original|first|initial|last)\s+(?:version|edition|report|statement|note|briefing|bulletin|"
    r"figure|article|release)s?\b.{0,60}\b(?:said|stated|gave|given|put|reported|read|wrongly)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"[;,]\s|\s(?:and|but|while|whereas|against|compared (?:with|to))\s", re.IGNORECASE)
_CLAUSE = re.compile(r";\s|,?\s(?:but|while|whereas)\s", re.IGNORECASE)
_CLOCK = re.compile(r"(?:at )?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: (?:UTC|GMT|CET|CEST|local time))?", re.IGNORECASE)
_EARLIER = re.compile(rf"\s*\((?:in )?(?P<year>(?:19|20)\d\d)(?:[:,]| was)\s(?P<figure>{_AMOUNT})")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_IN_YEAR = re.compile(rf"(?<![\w.,])(?P<figure>{_AMOUNT})\s+in\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_OF = re.compile(r"(?P<some>\d[\d,.]*)\s+(?:(?:out\s+)?of)\s+(?:(?:the|its|their|all)\s+)*$", re.IGNORECASE)
_BY = re.compile(r"\bby\s+(?:about |around |almost |nearly |some )?$", re.IGNORECASE)
_TO = re.compile(rf"(?:\s+[\w-]+){{0,2}}?\s+to\s+(?P<level>{_AMOUNT})", re.IGNORECASE)
_CHANGE = re.compile(
    r"\bby (?:how (?:much|many)|what)\b|"
    r"\b(?:chang|rais|rise|rose|lower|cut|increas|decreas|fall|fell|drop|grow|grew|gain|los)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2


def marked(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with the words marked that answer, where the sentence itself shows which of its figures it is.

    A reader that finds the right sentence of several figures may take the wrong one. The cell of the column that is
    asked for is known, and so is the figure beside the year in the question. Where a figure is said of another name
    than the one asked about, or "respectively", none is marked.
    """
    return [replace(one, answer=_words(query, one)) for one in evidence]


def _words(query: Query, one: Evidence) -> Span | None:
    if is_row(one.text):
        cell = cell_asked_about(query.text, one.text)
        if cell is not None:
            return cell.shifted(one.span.start)
        return None if has_cells_of_times(one.text) else one.answer
    if one.answer is None:
        return None
    words = one.answer.shifted(-one.span.start)
    if _RESPECTIVELY.search(one.text) or _OF_AN_EARLIER_TEXT.search(one.text):
        return None
    if query.kind == "number" and _is_time(words.of(one.text)):
        return None
    of_years = {} if query.kind == "time" else _figures_of_years(one.text)
    asked = set(_YEAR.findall(query.text))
    if len(of_years) > 1 and len(asked) == 1 and any(figure.overlaps(words) for figure in of_years.values()):
        figure = of_years.get(next(iter(asked)))
        return figure.shifted(one.span.start) if figure else None
    if _FIGURE.search(words.of(one.text)):
        words = _other_figure(query, one.text, words) or words
    if _is_said_of_another(query, one.text, words):
        return None
    return words.shifted(one.span.start)


def _is_time(words: str) -> bool:
    """Whether words are a time of day or a date and nothing else, which counts nothing."""
    days = dates(words)
    whole = len(days) == 1 and days[0].month is not None and (days[0].span.start, days[0].span.end) == (0, len(words))
    return whole or _CLOCK.fullmatch(words) is not None


def _other_figure(query: Query, text: str, words: Span) -> Span | None:
    """The figure beside the marked one that is asked for: of another year, the part of a whole, the level reached."""
    after, before = text[words.end :], text[: words.start]
    earlier = _EARLIER.match(after)
    if earlier and re.search(rf"\b{earlier['year']}\b", query.text):
        return Span(*earlier.span("figure")).shifted(words.end)
    some = _OF.search(before)
    if some and query.kind == "number" and not re.search(r"\b(?:of|among) the\b|\btotal\b", query.text):
        return Span(*some.span("some"))
    level = _TO.match(after) if _BY.search(before) and not _CHANGE.search(query.text) else None
    return Span(*level.span("level")).shifted(words.end) if level else None


def _figures_of_years(text: str) -> dict[str, Span]:
    """The figures that stand before a year, by that: "from 22% in 2022 to 58% in 2024"."""
    return {match["year"]: Span(*match.span("figure")) for match in _IN_YEAR.finditer(text)}


def _is_said_of_another(query: Query, text: str, words: Span) -> bool:
    """Whether the marked words stand in one part of a sentence, and what is asked about in another of its parts.

    For a figure that is a name of the question, beside a figure of its own; for a person all words of the question.
    """
    figure = bool(_FIGURE.search(words.of(text)))
    parts = list(_parts(text, _PART if figure else _CLAUSE))
    own = " | ".join(part.of(text) for part in parts if part.overlaps(words))
    others = [part.of(text) for part in parts if not part.overlaps(words)]
    if figure:
        figures = _FIGURE.search(text)
        common = text[: figures.start()] if figures else text  # who is named before all figures has them all
        names = [name for name in query.names if not name.named_in(own) and not name.named_in(common)]
        return any(name.named_in(part) and _has_figure(part, query) for name in names for part in others)
    asked = frozenset(stems(query.text))
    if query.kind != "person" or len(asked) < _FEWEST_WORDS or asked <= frozenset(stems(own)):
        return False
    return any(asked <= frozenset(stems(part)) for part in others)


def _has_figure(part: str, query: Query) -> bool:
    """Whether a part of a sentence has a figure, for "when" a date too."""
    return bool(_FIGURE.search(part if query.kind == "time" else without_dates(part)))


def _parts(text: str, between: re.Pattern[str]) -> Iterator[Span]:
    """The parts of a sentence between these marks."""
    start = 0
    for mark in between.finditer(text):
        if mark.start() > start:
            yield Span(start, mark.start())
            start = mark.end()
    if start < len(text):
        yield Span(start, len(text))
