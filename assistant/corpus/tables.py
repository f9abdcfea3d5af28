"""What the readers of tables share: which row is the header, how a value is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.number_formats import formatted

_NUMBER = re.compile(r"^[+\-−(]?[$€£¥]?\s*\d[\d.,\s]*\s*[%)]?$")
_LONGEST_NAME = 80


def is_header(row: Sequence[str]) -> bool:
    """Whether a first row names its columns: no cell empty, a number, long, or the same as another."""
    cells = [cleaned(cell) for cell in row]
    return (
        len(cells) > 1
        and all(cells)
        and len(set(cells)) == len(cells)
        and not any(_NUMBER.match(cell) or len(cell) > _LONGEST_NAME for cell in cells)
    )


def add_table(out: CanonicalText, rows: Sequence[Sequence[str]], *, header: bool | None = None) -> None:
    """Appends a table; `header` says whether its first row names the columns, None lets the cells tell."""
    out.part()
    if header is None:
        header = len(rows) > 1 and is_header(rows[0])
    names = rows[0] if header and len(rows) > 1 else None
    for row in rows[1:] if names else rows:
        out.row(row, names)
    out.part()


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
