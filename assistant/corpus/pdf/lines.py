"""The lines on a PDF page with their places and sizes, from the fragments that pypdf reports."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pypdf import PageObject
from pypdf.generic import ContentStream

from assistant.corpus.canonical import cleaned
from assistant.corpus.pdf.grids import Grid, Place, grids_of
from assistant.corpus.pdf.rules import rules_of
from assistant.corpus.pdf.type import Fonts, Pen, parted
from assistant.corpus.superscripts import raised

LARGER = 1.12
"""How many times as large as the text type is that sets something apart from it, as headings do."""

_SMALL = 0.85  # of the type size of a line, or less, has what is raised or lowered in it
_FORMULA = re.compile(r"(?<![^\W\d_])[A-Z][A-Za-z]?$")  # "CO", of which small figures are lowered
_TOUCHING = 0.13  # of the type size; a wider gap is a space
_APART = 0.8  # of the type size, or more, lies between the cells of a line
_LINES_OF_CELL = 8  # at most, where the cells beside it are looked for
_CLOSING = ",.;:)!?"
_BULLETS = "•‣◦▪●○■□–\x7f\uf0b7\uf0a7\uf0d8\u2043"


@dataclass(slots=True)
class Cell:
    """A run of text in a line: where it begins and ends, whether it is bold, and whether it begins as small figures."""

    x: float
    end: float
    text: str
    bold: bool
    small: bool = False


@dataclass(slots=True)
class Line:
    """A line of print: the height of its baseline, its type size, whether it is bold, and its cells from the left.

    A line of running text has one cell; wide gaps make several, as in the row of a table. A row of a ruled table has
    the number of that table on its page, and one cell for each column, or a single one that covers them all.
    """

    y: float
    size: float
    bold: bool
    cells: list[Cell] = field(default_factory=list)
    table: int = 0

    def is_beside(self, other: Line) -> bool:
        """Whether another line stands to the right of it, as a cell does."""
        if self.table or other.table:
            return False
        level = abs(self.y - other.y) < 0.2 * self.size and abs(self.size - other.size) < 0.2 * self.size
        return level and other.x - self.end >= _APART * self.size

    @property
    def x(self) -> float:
        """Where the line begins."""
        return self.cells[0].x

    @property
    def end(self) -> float:
        """About where the line ends."""
        return max(cell.end for cell in self.cells)

    @property
    def text(self) -> str:
        """The text of the line."""
        return " ".join(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A piece of text in one type: where it begins and ends; `loose` says that its end is estimated.

    `small` says that it is figures in a smaller form, which a font has to set the mark of a note.
    """

    x: float
    y: float
    end: float
    size: float
    bold: bool
    text: str
    loose: bool = False
    small: bool = False


def lines_of(page: PageObject, fonts: Fonts) -> list[Line]:
    """The lines of a page in the order of its content, which is the reading order in nearly all files."""
    fragments: list[_Fragment] = []
    pen = Pen(fonts)
    content = page.get("/Contents")
    if isinstance(content, ContentStream):
        content.operations = list(parted(content.operations))

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, object] | None, size: float) -> None:
        stretch = pen.stretch(font, size)
        if not text.strip():
            if fragments and text and " " in text:
                fragments[-1] = replace(fragments[-1], text=fragments[-1].text + " ")
            return
        scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
        printed = round(abs(size) * scale, 1) or 1.0
        name = str(font.get("/BaseFont", "")).lower() if font else ""
        bold = any(word in name for word in ("bold", "bd", "black", "heavy", "semibold"))
        text = text.replace("\n", " ").strip(" ") if stretch else text.strip("\n").replace("\n", " ")
        if stretch:
            (x, y), (end, _) = stretch.begin, stretch.end
            text = " " * stretch.opens + text + " " * stretch.closes
        else:
            right, up = tm[4] + pen.rise * tm[2], tm[5] + pen.rise * tm[3]
            x, y = right * cm[0] + up * cm[2] + cm[4], right * cm[1] + up * cm[3] + cm[5]
            end = x + 0.5 * printed * len(text.strip())
        fragments.append(
            _Fragment(x, y, end, printed, bold, text, stretch is None, stretch is not None and stretch.small)
        )

    page.extract_text(visitor_operand_before=pen.follow, visitor_text=visit)
    grids = grids_of(rules_of(content.operations)) if isinstance(content, ContentStream) else []
    lines = _placed(fragments, grids)
    return _levelled([line for line in lines if cleaned(line.text)])


def _placed(fragments: Sequence[_Fragment], grids: Sequence[Grid]) -> list[Line]:
    """The lines that fragments make; those in a ruled table make its rows, where its first one stands."""
    places = [
        next(((number, at) for number, grid in enumerate(grids) if (at := grid.cell_at(each.x + 1, each.y))), None)
        for each in fragments
    ]
    held: list[dict[Place, list[Line]]] = [{} for _ in grids]
    for fragment, place in zip(fragments, places, strict=True):
        if place:
            _place(held[place[0]].setdefault(place[1], []), fragment)
    rows = {
        number: _rows(grid, cells, number + 1)
        for number, (grid, cells) in enumerate(zip(grids, held, strict=True))
        if grid.is_table({at: [line.y for line in lines] for at, lines in cells.items()})
    }
    lines: list[Line] = []
    for fragment, place in zip(fragments, places, strict=True):
        if place is None or place[0] not in rows:
            _place(lines, fragment)
        else:
            lines += rows[place[0]]
            rows[place[0]] = []
    return lines


def _rows(grid: Grid, cells: Mapping[Place, Sequence[Line]], table: int) -> list[Line]:
    """The rows of a ruled table; a cell that covers several rows is read in each, as in other formats."""
    rows: list[Line] = []
    for number in range(len(grid.rows) - 1):
        covered = grid.covered(number)
        own = [line for at in covered if at[0] == number for line in cells.get(at, ())]
        if not own:
            continue
        row = [
            _cell(cells.get(at, ()) if at[1] == column else (), grid.columns[column], grid.columns[column + 1])
            for column, at in enumerate(covered)
        ]
        size = max(own, key=lambda line: len(line.text)).size
        whole = len(set(covered)) == 1
        rows.append(Line(max(line.y for line in own), size, row[0].bold, row[:1] if whole else row, table))
    return rows


def _cell(lines: Sequence[Line], x: float, end: float) -> Cell:
    ordered = sorted(lines, key=lambda line: -line.y)
    bold = bool(ordered) and all(cell.bold for line in ordered for cell in line.cells)
    return Cell(x, end, "\n".join(line.text for line in ordered), bold)


def _place(lines: list[Line], fragment: _Fragment) -> None:
    text = fragment.text
    line = lines[-1] if lines else None
    same = line is not None and abs(line.y - fragment.y) < _reach(line.size, fragment.size)
    new = Cell(fragment.x, fragment.end, text, fragment.bold, fragment.small)
    if line is None or not same or (fragment.x < line.x and not _is_bullet(text)):
        lines.append(Line(fragment.y, fragment.size, fragment.bold, [new]))
        return
    last = line.cells[-1]
    gap = fragment.x - last.end
    near = gap < max(_APART * line.size, 0.12 * (last.end - last.x) if fragment.loose else 0.0)
    small = _is_small(line, fragment)
    if near and small:
        before, piece = last.text.rstrip(), text.lstrip()
        is_raised = not _FORMULA.search(before) if fragment.small else fragment.y > line.y
        last.text = before + (raised(piece, after=before) if is_raised else piece)
        last.end = fragment.end
    elif len(line.cells) == 1 and _numbers_an_item(line, fragment):
        last.text = last.text.strip().rstrip(".)") + ". " + text
        last.end = fragment.end
    elif near:
        glued = last.text[-1:] in " (" or text[:1] in f" {_CLOSING}" if fragment.loose else gap < _TOUCHING * line.size
        last.text += text if glued else " " + text
        last.end = max(last.end, fragment.end)
    elif _is_bullet(last.text):
        last.text += " " + text
        last.end = fragment.end
    else:
        line.cells.append(new)
    last.bold = last.bold and (fragment.bold or line.cells[-1] is new)
    if len(text) > sum(len(cell.text) for cell in line.cells) / 2:
        line.y, line.size, line.bold = fragment.y, fragment.size, fragment.bold


def _levelled(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those put together that stand side by side: of a table a program may print cell by cell.

    Then a line of the next cell comes after lines of a cell before it that stand lower.
    """
    levelled: list[Line] = []
    for line in lines:
        before = levelled[: -_LINES_OF_CELL - 1 : -1]
        beside = next((other for other in before if other.is_beside(line)), None)
        if beside:
            beside.cells += line.cells
        else:
            levelled.append(line)
    return levelled


def _reach(first: float, second: float) -> float:
    """How far apart the baselines of one line may be: farther where one is in smaller type, raised or lowered."""
    smaller, larger = sorted((first, second))
    return (0.6 if smaller <= _SMALL * larger else 0.4) * larger


def _is_small(line: Line, fragment: _Fragment) -> bool:
    """Whether a fragment is raised or lowered in its line: by its type, or a number by where it stands."""
    if fragment.small:
        return True
    apart = abs(fragment.y - line.y) / line.size
    return apart > 0.05 and (fragment.size <= _SMALL * line.size or (apart > 0.2 and fragment.text.strip().isdigit()))


def _numbers_an_item(line: Line, fragment: _Fragment) -> bool:
    """Whether the number that a line begins with is that of a list item, a heading or a note, and not of the text."""
    number = line.cells[0]
    if not _is_number(number.text) or fragment.x - number.x >= 2.2 * fragment.size:
        return False
    if number.small or line.size <= _SMALL * fragment.size:
        return True  # the raised number of a note
    if number.text.rstrip()[-1:] in ".)":
        return True
    return fragment.x - number.end > 0.7 * line.size and fragment.text[:1] != " "


def _is_bullet(text: str) -> bool:
    plain = text.strip()
    return len(plain) == 1 and plain in _BULLETS


def _is_number(text: str) -> bool:
    """Whether a text is the number of a list item and nothing else."""
    plain = text.strip()
    return plain.rstrip(".)").isdigit() and len(plain) <= 4


def is_item(line: Line) -> bool:
    """Whether a line begins with a bullet."""
    return line.cells[0].text.strip()[:1] in _BULLETS


def without_bullet(text: str) -> str:
    """The text of an item without its bullet."""
    return text.strip().lstrip(_BULLETS).strip()


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The type size of running text: the largest that a sixth of the characters have (small print may have more)."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    total = sum(sizes.values())
    return max((size for size, count in sizes.items() if 6 * count >= total), default=10.0)
