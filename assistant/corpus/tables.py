"""What the readers of tables share: which row is the header, how a value is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.number_formats import formatted
from assistant.language.written_dates import YEAR, is_day

_NUMBER = re.compile(r"^[+\-−(]?[$€£¥]?\s*\d[\d.,\s]*\s*[%)]?$")
_YEAR = re.compile(YEAR)
_LONGEST_NAME = 80
# What stands before the values in the head of a memo: rows of these name no columns.
_LABEL = re.compile(
    r"(?:to|from|b?cc|via|through|date|subject|re|authors?|ref(?:erence)?|attn|attention|copy|classification|"
    r"distribution|prepared (?:by|for))\s*:?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:to|from|b?cc|re)\s*:?", re.IGNORECASE)  # these are seldom the name of a first column


def is_header(row: Sequence[str], following: Sequence[str]) -> bool:
    """Whether a first row, as the row after it shows, names the columns; a false name is worse than none.

    No cell of it is empty but the first, a number, long, or the same as another, and it does not begin with a label of
    its own values. Years and days may name columns, see `_are_times`.
    """
    cells, below = _without_margin([cleaned(cell) for cell in row], [cleaned(cell) for cell in following])
    return (
        len(list(filter(None, cells))) > 1
        and all(cells[1:])
        and len(set(cells)) == len(cells)
        and all(len(cell) <= _LONGEST_NAME and (_is_time(cell) or not _NUMBER.match(cell)) for cell in cells)
        and (not any(map(_is_time, cells)) or _are_times(cells, below))
        and not _is_labelled(cells, below)
    )


def is_number(cell: str) -> bool:
    """Whether a cell is a number, of money or per cent or plain."""
    return bool(_NUMBER.match(cleaned(cell)))


def _without_margin(cells: list[str], below: list[str]) -> tuple[list[str], list[str]]:
    """Both rows without the columns at their left that are empty in both."""
    start = 0
    while start < min(len(cells), len(below)) and not cells[start] and not below[start]:
        start += 1
    return cells[start:], below[start:]


def _are_times(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the years and days in a first row name its columns: two or more, after the first, over something else.

    One alone is more often a value ("Founded | 1991"); so is a day beside anything but days ("Vote | passed | 31 May
    2023"), and so are those that stand over others like them.
    """
    columns = [column for column, cell in enumerate(cells) if _is_time(cell)]
    has_days = any(is_day(cells[column]) for column in columns)
    return (
        len(columns) > 1
        and columns[0] > 0
        and (not has_days or len(columns) == len(cells) - 1)
        and not any(_is_time(below[column]) for column in columns if column < len(below))
    )


def _is_time(cell: str) -> bool:
    return bool(_YEAR.fullmatch(cell)) or is_day(cell)


def add_table(out: CanonicalText, rows: Sequence[Sequence[str]], *, header: bool | None = None) -> Sequence[str] | None:
    """Appends a table; `header` says whether its first row names the columns, None lets the cells tell.

    Gives the names of its columns, None where it has none.
    """
    out.part()
    names = rows[0] if len(rows) > 1 and header is not False and _names(rows[0], rows[1], marked=bool(header)) else None
    for row in rows[1:] if names else rows:
        add_row(out, row, names)
    out.part()
    return names


def add_row(out: CanonicalText, row: Sequence[str], header: Sequence[str] | None) -> None:
    """Appends a row; where no header names its columns, a label of a memo's head names the value beside it."""
    cells = [cell for cell in map(cleaned, row) if cell]
    if not any(header or ()) and len(cells) == 2 and _is_label(cells[0]) and not _is_label(cells[1]):
        out.row(cells[1:], cells[:1])
    else:
        out.row(row, header)


def _names(row: Sequence[str], following: Sequence[str], *, marked: bool) -> bool:
    """Whether a first row is a header; PowerPoint marks every first row as one, be it that of a memo's head."""
    if not marked:
        return is_header(row, following)
    cells, below = [cleaned(cell) for cell in row], [cleaned(cell) for cell in following]
    return not (len(cells) == 2 and _is_label(cells[0]) and bool(below) and _is_label(below[0]))


def _is_labelled(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row begins with the label of what stands beside it, as in the head of a memo.

    "Date" and "Author" are also names of columns, so that the row below must begin with a label, too.
    """
    if any(cell.endswith(":") for cell in cells) and not all(cell.endswith(":") for cell in cells):
        return True
    if not _LABEL.fullmatch(cells[0]):
        return False
    is_address = len(cells) == 2 and _ADDRESS.fullmatch(cells[0]) and not _LABEL.fullmatch(cells[1])
    return bool(is_address) or (bool(below) and _is_label(below[0]))


def _is_label(cell: str) -> bool:
    return bool(_LABEL.fullmatch(cell)) or (cell.endswith(":") and len(cell) <= _LONGEST_NAME)


def shown(value: object, number_format: str = "General") -> str:
    """A cell's value as people read it: ISO dates, and numbers as their format shows them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, int | float):
        return formatted(value, number_format)
    return str(value)
