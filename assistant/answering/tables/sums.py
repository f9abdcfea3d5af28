"""Rows that sum up the others of a table, by what they are called or by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from assistant.answering.tables.rows import Row

_SUM = re.compile(
    r"(?:(?:grand|sub|overall)[ -]?)?totals?(?:[,:(]?\s+(?:of|for|in|all)\b.*)?|sums?(?: of\b.*)?|overall|"
    r"(?:all|both)(?: \w+)?|averages?|mean|median",
    re.IGNORECASE,
)
_FEWEST_ADDED = 2
_MOST_ADDED = 500  # rows: adding up takes time, and longer tables hardly have a total
_BY_ACCIDENT = 100  # a sum that comes about by accident at most once in so many tables is one


def without_sums(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table without those that are the total or the mean of others.

    "Total" and "All regions" are called so. Of a last or first row with another name ("Nation", "Valid votes") the
    numbers show it: they are those of all other rows added up, and too large for that to come about by accident.
    """
    kept = [row for row in rows if not _is_called_sum(row)]
    for last in (-1, 0):
        if _FEWEST_ADDED < len(kept) <= _MOST_ADDED:
            others = [row for row in kept if row is not kept[last]]
            if _adds_up(kept[last], others):
                return others
    return kept


def _is_called_sum(row: Row) -> bool:
    return _SUM.fullmatch(row.cells[row.head].of(row.text).strip()) is not None


def _adds_up(row: Row, others: Sequence[Row]) -> bool:
    """Whether the numbers of a row are those of the others added up."""
    odds = Fraction(1)
    for label in row.cells:
        number = row.number(label)
        added = [each for other in others if (each := other.number(label)) is not None]
        if number is not None and len(added) >= _FEWEST_ADDED:
            odds *= _odds_against_accident(number, added)
    return odds >= _BY_ACCIDENT


def _odds_against_accident(number: Fraction, added: Sequence[Fraction]) -> Fraction:
    """In how many columns once the sum would be this number by accident; 1 where it is not the sum.

    Numbers that are rounded may miss it by half of the last digit each, which more numbers do by accident.
    """
    if min(number, *added) < 0:
        return Fraction(1)
    unit = _unit([number, *added])
    missed = abs(number - sum(added))
    if not unit or missed > unit * len(added) / 2:
        return Fraction(1)
    steps = number / unit
    return max(Fraction(1), steps if not missed else steps / (len(added) + 1))


def _unit(numbers: Sequence[Fraction]) -> Fraction:
    """The largest number of which all are multiples; 0 where all are."""
    below = lcm(*(number.denominator for number in numbers))
    return Fraction(gcd(*(int(number * below) for number in numbers)), below)
