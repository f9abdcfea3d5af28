"""The lines that a PDF page draws: upright and level ones, as those around the cells of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from assistant.corpus.pdf.places import UNIT, Box, Matrix, Point, matrix, moved, times

_THIN = 3.0  # points; what is filled and no thicker is a line
_SHORTEST = 4.0
_MOST = 1_500  # a page with more draws something else than tables
_STROKES = (b"S", b"s", b"B", b"B*", b"b", b"b*")
_FILLS = (b"f", b"F", b"f*")
_ENDS = (*_STROKES, *_FILLS, b"n")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line: where it stands across its way (x of an upright, y of a level one), and from where to where it goes."""

    at: float
    start: float
    end: float

    def reaches(self, place: float, slack: float = 1.5) -> bool:
        """Whether it passes a place on its way."""
        return self.start - slack <= place <= self.end + slack


@dataclass(slots=True)
class Rules:
    """The upright and the level lines of a page."""

    upright: list[Rule] = field(default_factory=list)
    level: list[Rule] = field(default_factory=list)


def rules_of(steps: Sequence[tuple[Any, Any]]) -> Rules:
    """The lines that the steps of a page's content draw; none where there are too many to be those of tables."""
    try:
        return _drawn(steps)
    except Exception:  # operands can be anything; a page is read without its lines, too
        return Rules()


def _drawn(steps: Sequence[tuple[Any, Any]]) -> Rules:
    found = Rules()
    place: Matrix = UNIT
    kept: list[Matrix] = []
    lines: list[tuple[Point, Point]] = []
    boxes: list[Box] = []
    pen: Point | None = None
    for operands, operator in steps:
        if operator == b"q":
            kept.append(place)
        elif operator == b"Q":
            place = kept.pop() if kept else place
        elif operator == b"cm":
            place = times(matrix(operands), place)
        elif operator in (b"m", b"l") and len(operands) >= 2:
            point = moved(float(operands[0]), float(operands[1]), place)
            if operator == b"l" and pen:
                lines.append((pen, point))
            pen = point
        elif operator == b"re" and len(operands) >= 4:
            x, y, width, height = map(float, operands[:4])
            (left, low), (right, high) = moved(x, y, place), moved(x + width, y + height, place)
            boxes.append((min(left, right), min(low, high), max(left, right), max(low, high)))
        elif operator in _ENDS:
            if operator in _STROKES:
                _add_lines(found, lines)
                _add_lines(found, [side for box in boxes for side in _sides(box)])
            elif operator in _FILLS:
                _add_lines(found, [line for box in boxes for line in _middle(box)])
            lines, boxes, pen = [], [], None
            if len(found.upright) + len(found.level) > _MOST:
                return Rules()
    return found


def _add_lines(rules: Rules, lines: Sequence[tuple[Point, Point]]) -> None:
    for (x, y), (right, high) in lines:
        if abs(x - right) < 0.5 and abs(y - high) >= _SHORTEST:
            rules.upright.append(Rule((x + right) / 2, min(y, high), max(y, high)))
        elif abs(y - high) < 0.5 and abs(x - right) >= _SHORTEST:
            rules.level.append(Rule((y + high) / 2, min(x, right), max(x, right)))


def _sides(box: Box) -> list[tuple[Point, Point]]:
    left, low, right, high = box
    corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
    return list(pairwise(corners))


def _middle(box: Box) -> list[tuple[Point, Point]]:
    """The line that a thin box is."""
    left, low, right, high = box
    if high - low <= _THIN < right - left:
        return [((left, (low + high) / 2), (right, (low + high) / 2))]
    if right - left <= _THIN < high - low:
        return [(((left + right) / 2, low), ((left + right) / 2, high))]
    return []
