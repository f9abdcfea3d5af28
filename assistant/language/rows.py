"""Rows of tables as canonical text has them: "label: value | label: value"."""

from __future__ import annotations

import re
from collections.abc import Iterator

ROW = r"[^|:\n]{1,60}: [^|]*\|"
"""A regular expression for the beginning of a row: its first cell, which has a label, and the mark behind it."""

_BEGINS = re.compile(rf"{ROW}|[^|:\n]{{1,60}} \| [^|:\n]{{1,60}}: \S")  # or a first column without a name
_CELL = re.compile(r"(?:^|\s\|\s)(?P<label>[^|:]{1,60}):\s(?P<value>[^|]*?)(?=\s\|\s|$)")


def is_row(line: str) -> bool:
    """Whether a line is a row of a table with more than one cell, of which the first or the second has a label."""
    return bool(_BEGINS.match(line))


def cells(row: str) -> Iterator[re.Match[str]]:
    """The cells of a row that have a label, in order, as matches of `label` and `value`; none in what is no row."""
    return _CELL.finditer(row) if " | " in row else iter(())
