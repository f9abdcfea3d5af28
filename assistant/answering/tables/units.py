"""Whether a column counts in what a question asks for: in per cent or not, in all or per head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.tables.rows import Row
from assistant.language.number_words import SCALES
from assistant.language.words import stem, stems
from assistant.reading.checks.quantities import quantities

_PER_CENT = re.compile(r"%|\bper\s?cent(?:age)?\b|\bpercentage\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:share|rate|proportion|ratio|coverage|turnout)s?\b", re.IGNORECASE)  # may be in per cent
_BRACKETS = re.compile(r"\((?P<unit>[^)]*)\)")
_RATE = re.compile(r"\b(?:per|for (?:each|every))\s+(?P<of>(?:[\d,.]*\d\s+)?[^\W\d_]+|[\d,.]*\d)", re.IGNORECASE)
_NO_RATE = frozenset("cent year annum month week day hour quarter decade".split())
_PEOPLE = frozenset(map(stem, "capita head person inhabitant resident people citizen".split()))
_RATIO = re.compile(r"\b(?:rates?|averages?|mean|relative|density|ratio|proportional(?:ly)?)\b", re.IGNORECASE)
_SCALES = frozenset(stem(scale) for scale in SCALES)


def is_per_cent(text: str, rows: Sequence[Row] = ()) -> bool:
    """Whether a question or the name of a column is of per cent, or the first cells of that column are."""
    cells = (row.cells[text].of(row.text) for row in rows[:3] if text in row.cells)
    return _PER_CENT.search(text) is not None or any(_PER_CENT.search(cell) for cell in cells)


def fits_in_unit(question: str, column: str, rows: Sequence[Row]) -> bool:
    """Whether the numbers of a column may be those that a question asks for.

    What has "more than 15 per cent" is told by a column of per cent alone, and what has more than 15 million, or the
    most in talers where another column counts in them, by none. "The most per head" is told by a column per head, and
    by that only; what costs most a month may stand in any.
    """
    if not _same_rate(question, column):
        return False
    column_per_cent = is_per_cent(column, rows)
    if any(number.kind == "percent" for number in quantities(question)):
        return column_per_cent or bool(_PART.search(column)) or any(_PER_CENT.search(row.above) for row in rows[:1])
    return not column_per_cent or _PER_CENT.search(question) is not None or not _names_unit(question, column, rows)


def without_rates(question: str) -> str:
    """A question without what it asks for a number per ("per head")."""
    return _RATE.sub("", question) if _rates(question) else question


def _names_unit(question: str, column: str, rows: Sequence[Row]) -> bool:
    """Whether a question names what numbers are counted in: money, millions, or the unit of another column."""
    if any(number.kind == "money" or number.value >= 1000 for number in quantities(question)):
        return True
    others = {label for row in rows for label in row.cells if label != column}
    units = {word for label in others for unit in _BRACKETS.findall(label) for word in stems(unit)}
    return bool((units - _SCALES) & frozenset(stems(question)))


def _same_rate(question: str, column: str) -> bool:
    asked, told = _rates(question), _rates(column)
    if not asked:
        return not told or _RATIO.search(question) is not None
    return bool(asked & told) or ("" in told and any(asked))


def _rates(text: str) -> frozenset[str]:
    """What numbers are counted per: {"head"} in "debt per head"; "" where it is a number alone ("per 100,000")."""
    found = {stem(match["of"].lower().split()[-1]) for match in _RATE.finditer(text)}
    found = {"" if any(map(str.isdigit, of)) else "head" if of in _PEOPLE else of for of in found}
    return frozenset(found) - _NO_RATE
