"""The rows of a table with more or less than a number: "Which departments have a budget over 400 million?"."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from assistant.answering.tables.columns import falls, is_rank, names_column
from assistant.answering.tables.rows import Numbered, Row
from assistant.language.number_words import SCALES
from assistant.reading.checks.quantities import quantities

_ASKS = re.compile(
    r"\W*(?:(?:please|and)\W+)*(?:which|what|who|where|list|name|show|in which|on which)\b", re.IGNORECASE
)
_ABOVE = r"more than|over|above|exceed(?:s|ed|ing)?|greater than|higher than|larger than|longer than|upwards of"
_BELOW = r"less than|fewer than|under|below|lower than|smaller than|shorter than|cheaper than"
_LEAST = r"at least|no less than|no fewer than|not less than|a minimum of"
_MOST = r"at most|no more than|not more than|up to|a maximum of"
_BOUND = re.compile(
    rf"(?P<least>\b(?:{_LEAST}))|(?P<most>\b(?:{_MOST}))|(?P<above>\b(?:{_ABOVE}))|(?P<below>\b(?:{_BELOW}))",
    re.IGNORECASE,
)
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "least": operator.ge,
    "most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}
_FARTHEST = 4  # characters between the bound and its number: "over $400 million"


def within_bounds(question: str, column: str, numbered: Sequence[Numbered]) -> list[Row] | None:
    """The rows whose number is within the bound of a question, in text order; None where it names none of this column.

    It must name the column. A number in millions is compared with a column of millions as it stands there. What "fell
    by more than 5" has less than -5 in a column of changes.
    """
    bound = _bound(question)
    if bound is None or is_rank(column) or not names_column(question, column):
        return None
    compare, limit = bound
    limit /= _scale(column, numbered, limit)
    sign = -1 if falls(question, column) else 1
    return sorted((row for number, row in numbered if compare(sign * number, limit)), key=lambda row: row.place)


def _scale(column: str, numbered: Sequence[Numbered], limit: Fraction) -> int:
    """What a column counts in, by its name or what stands above the table: 1,000,000 for "Cost (million crowns)"."""
    scales = sorted(SCALES, key=lambda name: SCALES[name], reverse=True)
    for told in (column, *(row.above for _, row in numbered[:1])):
        for scale in scales:
            if re.search(rf"\b{scale}s?\b", told, re.IGNORECASE):
                return SCALES[scale] if limit >= SCALES[scale] else 1
    return 1


def asks_for_bounds(question: str) -> bool:
    """Whether a question asks which things have more or less than a number."""
    return _bound(question) is not None


def _bound(question: str) -> tuple[Callable[[Fraction, Fraction], bool], Fraction] | None:
    if not _ASKS.match(question):
        return None
    found = list(_BOUND.finditer(question))
    if len(found) != 1 or found[0].lastgroup is None:
        return None
    end = found[0].end()
    number = next((each for each in quantities(question) if each.span.end > end), None)
    if number is None or number.span.start - end > _FARTHEST:
        return None
    value = -number.value if number.minus else number.value
    return _COMPARE[found[0].lastgroup], value
