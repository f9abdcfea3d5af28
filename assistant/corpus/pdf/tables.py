"""Tables on a PDF page: the rows of ruled ones, and lines whose cells stand in the same columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from assistant.corpus.canonical import CanonicalText
from assistant.corpus.pdf.lines import Cell, Line
from assistant.corpus.tables import add_row, add_table, is_header, is_number

_SLACK = 1.0  # points by which cells may reach into the column beside theirs
_WRAPPED = 1.6  # times the type size, or less: from a line of a cell to the next
_FARTHEST = 4.0  # times the type size, from a row to the next
_BESIDE = 1.2  # times the usual distance of rows
_ASIDE = 2  # points, at most, between the same columns on two pages


@dataclass(slots=True)
class _Column:
    x: float
    end: float

    def holds(self, cell: Cell) -> bool:
        return cell.x < self.end - _SLACK and self.x + _SLACK < cell.end

    def away(self, cell: Cell) -> float:
        return abs((self.x + self.end) - (cell.x + cell.end))


@dataclass(frozen=True, slots=True)
class Head:
    """The names of the columns of a table, and where these stand: a table on the next page may go on under them.

    The places of a column are where most of its cells begin, have their middle and end, in points, as its cells are
    aligned by one of these; or where it ends, if lines are drawn around it.
    """

    names: Sequence[str]
    places: Sequence[tuple[int, ...]]

    def is_over(self, places: Sequence[tuple[int, ...]]) -> bool:
        """Whether columns stand where those of this table do."""
        return len(places) == len(self.places) and all(
            len(above) == len(below)
            and any(abs(upper - lower) <= _ASIDE for upper, lower in zip(above, below, strict=True))
            for above, below in zip(self.places, places, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Lines that are a table: where the lines behind it begin, its rows, and where the cells of its columns stand."""

    end: int
    rows: list[list[str]]
    has_header: bool | None
    places: Sequence[tuple[int, ...]]

    def add(self, out: CanonicalText, join: Callable[[Sequence[str]], str], before: Head | None = None) -> Head | None:
        """Appends the table, or the text in columns that it proves to be, each of them joined; gives its head.

        `before` is the head of the table with which the page before ends; rows whose cells stand in the same columns go
        on with that.
        """
        if not _is_prose(self.rows):
            if before and self.has_header is not True and self._goes_on_under(before):
                out.part()
                for row in self.rows[self.rows[0] == list(before.names) :]:
                    add_row(out, row, before.names)
                out.part()
                return before
            names = add_table(out, self.rows, header=self.has_header)
            return Head(names, self.places) if names else None
        for pieces in zip(*self.rows, strict=True):
            out.paragraph(join([piece for piece in pieces if piece]))
        return None

    def _goes_on_under(self, head: Head) -> bool:
        """Whether the rows are of the table with this head, which may stand above them again."""
        if not self.rows or not head.is_over(self.places):
            return False
        return list(self.rows[0]) == list(head.names) or not (
            len(self.rows) > 1 and is_header(self.rows[0], self.rows[1])
        )


def table_at(lines: Sequence[Line], index: int, join: Callable[[Sequence[str]], str]) -> Table | None:
    """The table that begins at a line, if one does; `join` puts the lines of a cell together."""
    if lines[index].table or len(lines[index].cells) < 2:
        return None
    columns: list[_Column] = []
    end = index
    while end < len(lines) and _goes_on(lines, index, end) and _widen(columns, lines[end].cells):
        end += 1
    found = lines[index:end]
    if sum(len(line.cells) > 1 for line in found) < 2:
        return None
    first, second = (all(cell.bold for cell in line.cells) for line in found[:2])
    return Table(end, _rows(found, columns, join), True if first and not second else None, _cells_at(found, columns))


def _cells_at(lines: Sequence[Line], columns: Sequence[_Column]) -> list[tuple[int, ...]]:
    """Where most of the cells of each column begin, have their middle and end."""
    held = [
        [cell for line in lines for cell in line.cells if column.x <= cell.x and cell.end <= column.end]
        for column in columns
    ]
    return [
        (
            _usual(cell.x for cell in cells),
            _usual((cell.x + cell.end) / 2 for cell in cells),
            _usual(cell.end for cell in cells),
        )
        for cells in held
    ]


def _usual(values: Iterable[float]) -> int:
    return Counter(map(round, values)).most_common(1)[0][0]


def add_ruled(
    out: CanonicalText,
    lines: Sequence[Line],
    join: Callable[[Sequence[str]], str],
    before: Head | None = None,
) -> Head | None:
    """Appends the rows of a ruled table; a row of a single cell is a title and names no column. Gives its head.

    `before` is as for `Table.add`.
    """
    rows = [[join(cell.text.split("\n")) for cell in line.cells] for line in lines]
    body = [number for number, row in enumerate(rows) if len(row) > 1]
    head: list[str] | None = None
    if len(body) > 1:
        bold = [all(cell.bold for cell in lines[number].cells if cell.text) for number in body[:2]]
        head = rows[body[0]] if bold == [True, False] or is_header(rows[body[0]], rows[body[1]]) else None
    names: Sequence[str] | None = head
    places = [(round(cell.end),) for cell in lines[body[0]].cells] if body else []
    if before and (not head or head == list(before.names)) and before.is_over(places):
        names = before.names
    out.part()
    for number, row in enumerate(rows):
        if len(row) == 1:
            out.part()
            out.paragraph(row[0])
        elif not head or number != body[0]:
            add_row(out, row, names)
    out.part()
    return Head(names, places) if names else None


def _goes_on(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether a line may be one more of the table that begins at `start`, by its size and its distance."""
    line, first = lines[index], lines[start]
    if index == start or line.table:
        return not line.table
    gap = lines[index - 1].y - line.y
    if not 0 < gap < _FARTHEST * line.size or (line.size != first.size and len(line.cells) != len(first.cells)):
        return False
    if len(line.cells) > 1:
        return True
    if gap <= _WRAPPED * line.size:
        return True
    before = [above.y - below.y for above, below in zip(lines[start:index], lines[start + 1 : index], strict=False)]
    after = lines[index + 1] if index + 1 < len(lines) else None
    is_row = after is not None and len(after.cells) > 1 and line.y - after.y <= _BESIDE * gap
    return is_row and len(before) > 1 and gap <= _BESIDE * median(before)


def _widen(columns: list[_Column], cells: Sequence[Cell]) -> bool:
    """Makes the columns as wide as the cells of one more line, and more where it has others; False if it has none."""
    ordered = sorted(cells, key=lambda cell: cell.x)
    places = _places(columns, ordered)
    if places is None:
        return False
    for cell, place in zip(ordered, places, strict=True):
        if place is None:
            columns.append(_Column(cell.x, cell.end))
        else:
            columns[place].x, columns[place].end = min(columns[place].x, cell.x), max(columns[place].end, cell.end)
    columns.sort(key=lambda column: column.x)
    return True


def _places(columns: Sequence[_Column], cells: Sequence[Cell]) -> list[int | None] | None:
    """The column of each cell, None for one of its own; None at all if two share one or one reaches over two."""
    held = [[number for number, column in enumerate(columns) if column.holds(cell)] for cell in cells]
    if len(cells) == len(columns) and all(found in ([], [number]) for number, found in enumerate(held)):
        return list(range(len(columns)))  # a centred head may stand beside what is aligned on a side
    taken = [found[0] for found in held if found]
    if any(len(found) > 1 for found in held) or len(set(taken)) < len(taken):
        return None
    return [found[0] if found else None for found in held]


def _rows(lines: Sequence[Line], columns: Sequence[_Column], join: Callable[[Sequence[str]], str]) -> list[list[str]]:
    rows: list[list[str]] = []
    for number, line in enumerate(lines):
        row = [""] * len(columns)
        ordered = sorted(line.cells, key=lambda cell: cell.x)
        places = _places(columns, ordered) or [None] * len(ordered)
        for cell, place in zip(ordered, places, strict=True):
            column = min(range(len(columns)), key=lambda n: columns[n].away(cell)) if place is None else place
            row[column] = f"{row[column]} {cell.text}".strip()
        if rows and lines[number - 1].y - line.y <= _WRAPPED * line.size and _continues(rows[-1], row):
            pairs = zip(rows[-1], row, strict=True)
            rows[-1] = [join([above, below]) if above and below else above or below for above, below in pairs]
        else:
            rows.append(row)
    return rows


def _continues(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a line is the next of cells above it: some of them go on, the first does not, and no number does."""
    if all(row) or (row[0] and any(row[1:])):
        return False
    pairs = [(upper, lower) for upper, lower in zip(above, row, strict=True) if lower]
    return all(upper and not (is_number(upper) and is_number(lower)) for upper, lower in pairs)


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are lines of text in columns that were drawn across the page: most cells go on in the next."""
    later = [cell for row in rows[1:] for cell in row if cell]
    return (
        len(later) > 2
        and all(len(cell.split()) > 2 for cell in later)
        and sum(cell[0].islower() for cell in later) * 2 > len(later)
    )
