"""Tables of web pages: which cell stands in which column of which row, and what the columns are called."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4.element import Tag

from assistant.corpus.canonical import CanonicalText, cleaned

_MOST_COLUMNS = 100  # that one cell may cover
_MOST_ROWS = 65_534  # as in browsers
_WIDEST = 1000  # columns in which cells reach down: a hostile page would multiply them by its rows
_LONGEST_REPEATED = 200  # a longer text names nothing and is written in its first row only


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell, and how many columns and rows it covers."""

    text: str
    is_header: bool
    columns: int
    rows: int

    @classmethod
    def of(cls, tag: Tag, text: str) -> Cell:
        """The cell of a `td` or `th`; its `rowspan="0"` means every row to the end of its part of the table."""
        rows = _number(tag, "rowspan")
        return cls(
            text,
            is_header=tag.name == "th",
            columns=min(_number(tag, "colspan") or 1, _MOST_COLUMNS),
            rows=min(rows, _MOST_ROWS) or _MOST_ROWS,
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its own cells, and for each column the cell that covers it, be it from a row above."""

    part: int
    own: Sequence[Cell]
    covered: dict[int, Cell]


def add_rows(out: CanonicalText, parts: Sequence[Sequence[Sequence[Cell]]]) -> None:
    """Appends the rows of a table, each value after the names of its columns.

    `parts` are what `thead`, `tbody` and `tfoot` hold; no cell reaches out of its part. The first rows that are all
    header cells name the columns; a cell above them that covers every column is a title and names none.
    """
    placed = itertools.chain.from_iterable(_placed(number, rows) for number, rows in enumerate(parts))
    rows = [row for row in placed if any(cleaned(cell.text) for cell in row.own)]
    titles = list(itertools.takewhile(_is_title, rows))
    head = _head(rows[len(titles) :])
    body = rows[len(titles) + len(head) :]
    if not body:
        head, body = [], rows[len(titles) :]
    names: dict[int, list[str]] = {}
    for row in head:
        for column, cell in row.covered.items():
            names.setdefault(column, []).append(cell.text)
    for row in titles:
        _write(out, row, {})
    for row in body:
        _write(out, row, names)


def _placed(part: int, rows: Sequence[Sequence[Cell]]) -> Iterator[_Row]:
    above: dict[int, tuple[Cell, int]] = {}  # column -> a cell that covers it from above, and for how many rows more
    for own in rows:
        covered = {column: cell for column, (cell, _) in above.items()}
        above = {column: (cell, left - 1) for column, (cell, left) in above.items() if left > 1}
        column = 0
        for cell in own:
            while column in covered:
                column += 1
            for place in range(column, column + cell.columns):
                if place in covered:  # two cells on one place are a mistake of the page; the upper one stays
                    break
                covered[place] = cell
                if cell.rows > 1 and place < _WIDEST:
                    above[place] = (cell, cell.rows - 1)
        yield _Row(part, own, covered)


def _is_title(row: _Row) -> bool:
    return len(row.own) == 1 and row.own[0].columns > 1 and set(row.covered.values()) == set(row.own)


def _head(rows: Sequence[_Row]) -> list[_Row]:
    """The first row if it is all header cells, and those after it for as long as they divide or go on a cell of it."""
    head: list[_Row] = []
    for row in rows:
        before = head[-1] if head else None
        goes_on = before is None or (
            row.part == before.part and any(cell.columns > 1 or cell.rows > 1 for cell in before.covered.values())
        )
        if not goes_on or not all(cell.is_header for cell in row.own):
            break
        head.append(row)
    return head


def _write(out: CanonicalText, row: _Row, names: dict[int, list[str]]) -> None:
    own = set(row.own)
    texts, called = [], []
    for cell, columns in itertools.groupby(sorted(row.covered), key=row.covered.__getitem__):
        texts.append(cell.text if cell in own or len(cell.text) <= _LONGEST_REPEATED else "")
        called.append(_name([names.get(column, []) for column in columns]))
    out.row(texts, called)


def _name(levels: Sequence[Sequence[str]]) -> str:
    """What the columns of a cell are called, by what their names have in common: "Exports" of 2022 and of 2023."""
    common = (text for text in levels[0] if all(text in names for names in levels[1:]))
    return " ".join(dict.fromkeys(common))


def _number(tag: Tag, attribute: str) -> int:
    text = str(tag.get(attribute) or "1").strip()
    return int(text[:9]) if text.isdecimal() else 1
