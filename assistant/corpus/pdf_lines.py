"""The lines on a PDF page with their places and sizes, from the fragments that pypdf reports."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf import PageObject
from pypdf.generic import ContentStream

from assistant.corpus.canonical import cleaned
from assistant.corpus.pdf_type import Rise, parted
from assistant.corpus.superscripts import raised

LARGER = 1.12
"""How many times as large as the text type is that sets something apart from it, as headings do."""

_SMALL = 0.85  # of the type size of a line, or less, has what is raised or lowered in it
_CLOSING = ",.;:)!?"
_ALIGNED = 3.0  # points; where a cell ends is estimated
_BULLETS = "•‣◦▪●○■□–\x7f\uf0b7\uf0a7\uf0d8\u2043"


@dataclass(slots=True)
class Cell:
    """A run of text in a line: where it begins, about where it ends, its text, and whether a raised or lowered piece
    is the last of it."""

    x: float
    end: float
    text: str
    small: bool = False

    def is_under(self, other: Cell) -> bool:
        """Whether two cells can stand in one column, aligned on the left or, about, on the right."""
        return abs(self.x - other.x) < _ALIGNED or abs(self.end - other.end) < 2 * _ALIGNED

    def distance(self, other: Cell) -> float:
        """How far the cells are from being aligned, on the side that is nearer."""
        return min(abs(self.x - other.x), abs(self.end - other.end))


@dataclass(slots=True)
class Line:
    """A line of print: the height of its baseline, its type size, whether it is bold, and its cells from the left.

    A line of running text has one cell; wide gaps make several, as in the row of a table.
    """

    y: float
    size: float
    bold: bool
    cells: list[Cell] = field(default_factory=list)

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
    x: float
    y: float
    size: float
    bold: bool
    text: str


def lines_of(page: PageObject) -> list[Line]:
    """The lines of a page in the order of its content, which is the reading order in nearly all files."""
    fragments: list[_Fragment] = []
    rise = Rise()
    content = page.get("/Contents")
    if isinstance(content, ContentStream):
        content.operations = list(parted(content.operations))

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, object] | None, size: float) -> None:
        if not text.strip():
            if fragments and text and " " in text:
                last = fragments[-1]
                fragments[-1] = _Fragment(last.x, last.y, last.size, last.bold, last.text + " ")
            return
        right, up = tm[4] + rise.shown * tm[2], tm[5] + rise.shown * tm[3]
        x = right * cm[0] + up * cm[2] + cm[4]
        y = right * cm[1] + up * cm[3] + cm[5]
        scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
        name = str(font.get("/BaseFont", "")).lower() if font else ""
        bold = any(word in name for word in ("bold", "bd", "black", "heavy", "semibold"))
        fragments.append(_Fragment(x, y, round(abs(size) * scale, 1) or 1.0, bold, text.strip("\n")))

    page.extract_text(visitor_operand_before=rise.follow, visitor_text=visit)
    lines: list[Line] = []
    for fragment in fragments:
        _place(lines, fragment)
    return [line for line in lines if cleaned(line.text)]


def _place(lines: list[Line], fragment: _Fragment) -> None:
    text = fragment.text.replace("\n", " ")
    line = lines[-1] if lines else None
    same = line is not None and abs(line.y - fragment.y) < _reach(line.size, fragment.size)
    width = 0.5 * fragment.size * len(text.strip())
    new = Cell(fragment.x, fragment.x + width, text)
    if line is None or not same or (fragment.x < line.x and not _is_bullet(text)):
        lines.append(Line(fragment.y, fragment.size, fragment.bold, [new]))
        return
    last = line.cells[-1]
    pinned = fragment.x > last.x + 0.1  # else it has no place of its own and goes on where the last one ended
    near = not pinned or fragment.x - last.end < max(0.8 * line.size, 0.12 * (last.end - last.x))
    small = _is_small(line, fragment)
    if near and small:
        before, piece = last.text.rstrip(), text.lstrip()
        last.text = before + (raised(piece, after=before) if fragment.y > line.y else piece)
        last.end = new.end if pinned else last.end + width
    elif len(line.cells) == 1 and _numbers_an_item(line, fragment, pinned=pinned):
        last.text = last.text.strip().rstrip(".)") + ". " + text
        last.end = new.end
    elif near:
        _go_on(last, text, pinned=pinned, touches=fragment.x - last.end < 0.15 * line.size)
        last.end = max(last.end, new.end) if pinned else last.end + width
    elif _is_bullet(last.text):
        last.text += " " + text
        last.end = new.end
    else:
        line.cells.append(new)
    last.small = near and small
    if len(text) > sum(len(cell.text) for cell in line.cells) / 2:
        line.y, line.size, line.bold = fragment.y, fragment.size, fragment.bold


def _reach(first: float, second: float) -> float:
    """How far apart the baselines of one line may be: farther where one is in smaller type, raised or lowered."""
    smaller, larger = sorted((first, second))
    return (0.6 if smaller <= _SMALL * larger else 0.4) * larger


def _is_small(line: Line, fragment: _Fragment) -> bool:
    """Whether a fragment is raised or lowered in its line: by its type, or a number by where it stands."""
    apart = abs(fragment.y - line.y) / line.size
    return apart > 0.05 and (fragment.size <= _SMALL * line.size or (apart > 0.2 and fragment.text.strip().isdigit()))


def _go_on(cell: Cell, text: str, *, pinned: bool, touches: bool) -> None:
    """Adds `text` to a cell; pypdf puts a space before and after what is raised by a move of its own."""
    if cell.small and text.lstrip()[:1] in _CLOSING:
        cell.text = cell.text.rstrip() + text.lstrip()
    elif not pinned or cell.text[-1:] in " (" or text[:1] in f" {_CLOSING}" or (cell.small and touches):
        cell.text += text
    else:
        cell.text += " " + text


def _numbers_an_item(line: Line, fragment: _Fragment, *, pinned: bool) -> bool:
    """Whether the number that a line begins with is that of a list item, a heading or a note, and not of the text."""
    number = line.cells[0]
    if not _is_number(number.text) or fragment.x - number.x >= 2.2 * fragment.size:
        return False
    if line.size <= _SMALL * fragment.size:
        return True  # the raised number of a note
    gap = fragment.x - number.end if pinned else 0.0
    return pinned and (number.text.rstrip()[-1:] in ".)" or (gap > 0.7 * line.size and fragment.text[:1] != " "))


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
