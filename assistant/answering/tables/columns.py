"""Which column of a table a question asks about: of its numbers, of its dates, and of what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.tables.rows import Row, numbers_in
from assistant.answering.tables.units import fits_in_unit, is_per_cent, without_rates
from assistant.language.words import stems

_RISES = re.compile(r"\b(?:increase|rise|growth|gain)s?\b", re.IGNORECASE)
_FALLS = re.compile(
    r"\b(?:decrease|fall|drop|decline|cut|loss|reduction)(?:s|es)?\b|\b(?:fell|fallen|dropped|decreased|shrank|lost|declined)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?:change|increase|growth|difference|rise)s?\b|[+±]/?[-−–]", re.IGNORECASE)  # a column's name
_CHANGES = re.compile(
    r"\b(?:lost|loses?|gain(?:s|ed)|gr(?:ew|own)|ris(?:es|en)|rose|fell|fallen|dropp?(?:s|ed)|declined|"
    r"(?:in|de)creased|improved|worsened|shrank|chang(?:e|ed))\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:which|what)\s+(?P<what>(?:[\w’'-]+\s+){1,5})|\b(?P<who>who|where|when)\b", re.IGNORECASE)
_RANK = re.compile(r"\b(?:rank(?:ing)?|place|position)\b", re.IGNORECASE)
_COUNTS_ROWS = re.compile(r"\W*(?:rank(?:ing)?|place|position|no|nr|number|id|page)?\W*", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\b")
_PLANNED = re.compile(r"\b(?:plan|planned|target|forecast|projected|projection|goal|estimate)\b", re.IGNORECASE)
_ORDER = frozenset("first last latest earliest newest oldest soonest recent".split())
_FEWEST_ROWS = 3
_TELLING = 200  # rows of a long table that tell which of its columns have numbers or dates


def numbers_asked(question: str, rows: Sequence[Row]) -> str | None:
    """The column with numbers that a question asks about, or else the first; None where none has some in most rows.

    "The largest increase" is read from a column of changes. "Who lost the most?" can be read from nothing else, and
    "the most votes" never from the change in seats. Of columns that only their years tell apart it is the latest, where
    the question names no year. One with another unit than the question has is none (`fits_in_unit`).
    """
    rows = rows[:_TELLING]
    asked = set(stems(without_rates(question)))
    counted = {label: len(numbers_in(rows, label)) for label in dict.fromkeys(_labels(rows)) if label != rows[0].head}
    labels = [label for label, count in counted.items() if count]
    labels = [label for label in labels if not _COUNTS_ROWS.fullmatch(label) or asked & set(stems(label))]
    labels = _of_years(question, _of_changes(question, labels))
    enough = max(min(_FEWEST_ROWS, max(2, len(rows))), (len(rows) + 1) // 2)
    shares = {label: len(asked & set(stems(label))) for label in labels}
    most = max(shares.values(), default=0)
    if not most and without_rates(question) != question:
        return None
    best = [label for label in labels if shares[label] == most and counted[label] >= enough]
    best = [label for label in best if fits_in_unit(question, label, rows)]
    best = [label for label in best if not is_per_cent(label, rows)] or best if not is_per_cent(question) else best
    return _latest(best) if best else None


def has_numbers(rows: Sequence[Row]) -> bool:
    """Whether a table has columns of numbers beside its first."""
    rows = rows[:_TELLING]
    return any(len(numbers_in(rows, label)) > 1 for label in dict.fromkeys(_labels(rows)) if label != rows[0].head)


def tells_change(text: str) -> bool:
    """Whether a text tells of a rise or a fall."""
    return _tells_change(text) or _asks_for_change(text)


def times_asked(question: str, rows: Sequence[Row]) -> str | None:
    """The column with dates that a question names; None where it names none that has some in most rows.

    Where a table has just one, "which firm was fined most recently" needs not name it.
    """
    rows = rows[:_TELLING]
    asked = set(stems(question)) - _ORDER
    counted = {label: sum(row.day(label) is not None for row in rows) for label in dict.fromkeys(_labels(rows))}
    dated = [label for label, count in counted.items() if count]
    named = [label for label in dated if asked & set(stems(label))]
    kind = cell_asked(question, rows[0], dated[0]) if len(dated) == 1 else None
    if not named and kind and asked & set(stems(kind)):
        named = dated
    fitting = [label for label in named if counted[label] >= max(2, (len(rows) + 1) // 2)]
    return max(fitting, key=lambda label: len(asked & set(stems(label))), default=None)


def names_column(question: str, column: str) -> bool:
    """Whether a question names a column: by a word of it, or as the change that it asks for."""
    if set(stems(column)) & set(stems(question)) or (_FALLS.search(question) and _FALLS.search(column)):
        return True
    return bool((_RISES.search(question) or _FALLS.search(question)) and _CHANGE.search(column))


def falls(question: str, column: str) -> bool:
    """Whether a question asks for a fall, which is a low number of a column of changes."""
    return bool(_FALLS.search(question) and not _FALLS.search(column) and _CHANGE.search(column))


def is_rank(column: str) -> bool:
    """Whether the lowest number of a column is the best place."""
    return _RANK.search(column) is not None


def cell_asked(question: str, row: Row, column: str) -> str | None:
    """The name of the column whose cell is asked for ("which bidder"), other than that of the numbers; None without.

    A column that shares no more with the question than that of the numbers, as that of another year does, is none.
    """
    for asked in _ASKED.finditer(question):
        what = set(stems(asked["what"] or "")) - set(stems(column))
        labels = [label for label in row.cells if label != column and set(stems(label)) & what]
        if labels or asked["who"]:
            return labels[0] if labels else row.head
    return None


def is_of_several_years(question: str, rows: Sequence[Row], column: str) -> bool:
    """Whether other columns tell the same of other years, and the question names no year of this one."""
    if set(_YEAR.findall(column)) & set(_YEAR.findall(question)):
        return False
    return any(label != column and _YEAR.sub("", label) == _YEAR.sub("", column) for label in _labels(rows[:1]))


def takes_adding_up(question: str, rows: Sequence[Row], column: str) -> bool:
    """Whether each of the things asked for has several rows, of something else that the question does not name.

    Of a table of counties no row tells which region has the most.
    """
    kind = cell_asked(question, rows[0], column)
    if kind is None or not set(stems(kind)) & set(stems(question)) or _is_apart(rows, kind):
        return False
    finer = [label for label in rows[0].cells if label not in (kind, column) and not numbers_in(rows[:_TELLING], label)]
    finer = [label for label in finer if not any(row.day(label) for row in rows[:_TELLING]) and _is_apart(rows, label)]
    return bool(finer) and not any(set(stems(label)) & set(stems(question)) for label in finer)


def _is_apart(rows: Sequence[Row], label: str) -> bool:
    """Whether a column has another value in each row."""
    values = [row.cells[label].of(row.text).strip() if label in row.cells else "" for row in rows]
    return len(set(values)) == len(values)


def _labels(rows: Sequence[Row]) -> list[str]:
    return [label for row in rows for label in row.cells]


def _asks_for_change(question: str) -> bool:
    return any(pattern.search(question) for pattern in (_RISES, _FALLS, _CHANGES))


def _tells_change(label: str) -> bool:
    return any(pattern.search(label) for pattern in (_CHANGE, _RISES, _FALLS))


def _of_changes(question: str, labels: Sequence[str]) -> list[str]:
    """The columns of changes where a question asks for one, and the others where it does not and there are some."""
    changes = [label for label in labels if _tells_change(label)]
    others = [label for label in labels if label not in changes]
    if not _asks_for_change(question):
        return others if others and not _CHANGE.search(question) else list(labels)
    asked = frozenset(stems(question))
    named = {word for label in others for word in stems(label)}
    of_others = named - asked  # "seats", where the question is of the change in votes
    return [
        label
        for label in changes
        if not named & asked or asked & set(stems(label)) or not of_others & set(stems(label))
    ]


def _of_years(question: str, labels: Sequence[str]) -> list[str]:
    """The columns of the year that a question names, where some are."""
    asked = frozenset(_YEAR.findall(question))
    of_year = [label for label in labels if asked & frozenset(_YEAR.findall(label))]
    if not of_year:
        return list(labels)
    return [label for label in labels if label in of_year or not _YEAR.search(label)]


def _latest(labels: Sequence[str]) -> str:
    """The first of these columns, or that of the latest year of those which only their years tell apart from it."""
    first = labels[0]
    alike = [label for label in labels if _YEAR.sub("", label) == _YEAR.sub("", first) and not _PLANNED.search(label)]
    return max(alike, key=lambda label: max(_YEAR.findall(label), default=""), default=first)
