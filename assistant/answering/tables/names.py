"""Which rows of a table a question means by a name: "which county in Norrland", "besides Orvania"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.tables.columns import cell_asked
from assistant.answering.tables.rows import Row

_NAME = re.compile(r"[A-Z][^\d|]{2,}")
_EXCEPT = (
    r"\b(?:after|behind|besides|except(?: for)?|apart from|other than|excluding|without|not counting|next to|outside)"
)
_COMPARES = re.compile(r"\b(?:than|compared|versus|vs|unlike|before)\b", re.IGNORECASE)


def of_names_asked(question: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of a table that a question may mean, where it names what other rows have in one of its columns.

    "Which county in Norrland" means those of that region, and "besides Orvania" all but one. What the question asks for
    is no such column, and a question that compares ("more than Orvania") means all.
    """
    left = list(rows)
    if not left:
        return left
    asked = cell_asked(question, left[0], "")
    for label in dict.fromkeys(label for row in rows for label in row.cells):
        named = {value for row in left if (value := _value(row, label)) and _in(value, question)}
        excepted = {value for value in named if _is_excepted(value, question)}
        if excepted:
            left = [row for row in left if _value(row, label) not in excepted]
        elif named and label != asked and not _COMPARES.search(question):
            left = [row for row in left if _value(row, label) in named]
    return left


def excepts_a_row(question: str, rows: Sequence[Row]) -> bool:
    """Whether a question asks for others than those of a name that a row has: "besides Orvania"."""
    values = {value for row in rows for label in row.cells if (value := _value(row, label))}
    return any(_is_excepted(value, question) for value in values if value in question)


def _is_excepted(name: str, question: str) -> bool:
    return re.search(rf"{_EXCEPT} (?:the )?{re.escape(name)}(?!\w)", question) is not None


def _value(row: Row, label: str) -> str:
    """What a cell has if that is written as a name, or else nothing."""
    words = row.cells[label].of(row.text).strip() if label in row.cells else ""
    return words if _NAME.fullmatch(words) else ""


def _in(name: str, question: str) -> bool:
    """Whether a question has a name as it is written, not as the word that it begins with."""
    return bool(name) and name in question and bool(re.search(rf"(?<=\w[ ,(“\"]){re.escape(name)}(?!\w)", question))
