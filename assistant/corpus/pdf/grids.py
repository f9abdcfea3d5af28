"""Tables on a PDF page whose cells are ruled off: which cell a place lies in, and what each row holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.pdf.rules import Rule, Rules

_TOUCH = 2.0  # points by which lines that meet may miss each other
_MOST_LINES = 15  # in a cell; boxes with more hold the text of a page
_FEWEST_CELLS = 4
_MOST_PLACES = 2_000

Place = tuple[int, int]
"""A row and a column, each from 0; that of a cell is where it begins."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table by its lines: the borders of its columns from the left, of its rows from above, and its cells.

    `cells` gives for each place the one where the cell begins that covers it.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: Mapping[Place, Place]

    def cell_at(self, x: float, y: float) -> Place | None:
        """The cell in which a point lies, None outside of the grid."""
        if not (self.columns[0] - _TOUCH <= x < self.columns[-1] and self.rows[-1] <= y < self.rows[0]):
            return None
        column = max(number for number, at in enumerate(self.columns[:-1]) if at - _TOUCH <= x or number == 0)
        row = max(number for number, at in enumerate(self.rows[:-1]) if y < at)
        return self.cells[row, column]

    def is_table(self, baselines: Mapping[Place, Sequence[float]]) -> bool:
        """Whether cells with text on these lines make a table; not if the rows in its cells are not ruled off."""
        filled = {place: frozenset(round(y) for y in lines) for place, lines in baselines.items() if lines}
        by_row: dict[int, list[frozenset[int]]] = defaultdict(list)
        for (row, _), lines in filled.items():
            by_row[row].append(lines)
        return (
            len(filled) >= _FEWEST_CELLS
            and sum(len(row) > 1 for row in by_row.values()) > 1
            and all(len(lines) <= _MOST_LINES for lines in filled.values())
            and not any(len(row) > 1 and len(row[0]) > 1 and len(set(row)) == 1 for row in by_row.values())
        )

    def covered(self, row: int) -> list[Place]:
        """The cells of a row, one for each column."""
        return [self.cells[row, column] for column in range(len(self.columns) - 1)]


def grids_of(rules: Rules) -> list[Grid]:
    """The grids that lines make which touch one another."""
    grids = [_grid(*group) for group in _groups(rules)]
    return [grid for grid in grids if grid]


def _groups(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """The upright and the level lines that hang together."""
    group = list(range(len(rules.upright) + len(rules.level)))

    def top(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for first, upright in enumerate(rules.upright):
        for second, level in enumerate(rules.level, start=len(rules.upright)):
            if level.reaches(upright.at, _TOUCH) and upright.reaches(level.at, _TOUCH):
                group[top(first)] = top(second)
    found: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate([*rules.upright, *rules.level]):
        found[top(number)][number >= len(rules.upright)].append(rule)
    return list(found.values())


def _grid(upright: Sequence[Rule], level: Sequence[Rule]) -> Grid | None:
    if not upright or not level:
        return None
    across = [rule.at for rule in upright] + [end for rule in level for end in (rule.start, rule.end)]
    along = [rule.at for rule in level] + [end for rule in upright for end in (rule.start, rule.end)]
    columns, rows = _borders(across), _borders(along)[::-1]
    if len(columns) < 3 or len(rows) < 3 or len(columns) * len(rows) > _MOST_PLACES:
        return None
    cells: dict[Place, Place] = {}
    for row in range(len(rows) - 1):
        middle = (rows[row] + rows[row + 1]) / 2
        for column in range(len(columns) - 1):
            centre = (columns[column] + columns[column + 1]) / 2
            cells[row, column] = row, column
            if row and not _is_ruled(level, rows[row], centre):
                cells[row, column] = cells[row - 1, column]
            elif column and not _is_ruled(upright, columns[column], middle):
                cells[row, column] = cells[row, column - 1]
    return Grid(columns, rows, cells)


def _borders(places: Sequence[float]) -> tuple[float, ...]:
    """The places of borders in order, those that nearly touch taken as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 2 * _TOUCH:
            found.append(place)
    return tuple(found)


def _is_ruled(rules: Sequence[Rule], at: float, place: float) -> bool:
    return any(abs(rule.at - at) <= 2 * _TOUCH and rule.reaches(place, 0.0) for rule in rules)
