"""Print on a PDF page that nobody sees: invisible, transparent, or white on the white of the page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, NameObject, StreamObject

from assistant.corpus.pdf.places import UNIT, Box, Matrix, matrix, moved, times

_EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)
_INVISIBLE = 3
_FILLED = (0, 4)  # ways of printing that use the fill colour alone
_SHOWS = (b"Tj", b"TJ", b"'", b'"')
_FILLS = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
_STROKES = (b"S", b"s", b"B", b"B*", b"b", b"b*")
_WHITE = 0.98
_FAINT = 0.02
_BROAD = 3.0  # points; a thinner line is no ground


def without_unseen(page: PageObject) -> int:
    """Takes the print that nobody sees out of a page's content; returns how many pieces of text it were.

    Print is seen where the page has painted anything but white at its place before. Invisible print stays on a page
    with an image, whose words it may repeat (OCR), and so does what is drawn by a form of its own.
    """
    found = page.get("/Contents")
    found = found.get_object() if found is not None else None
    if not isinstance(found, ArrayObject | StreamObject) or page.indirect_reference is None:
        return 0
    try:
        content = ContentStream(found, page.indirect_reference.pdf, "bytes")  # as text is taken out of it later
        walk = _Walk(_resources(page))
        kept = [_without_words(step) if walk.drops(step[0], bytes(step[1])) else step for step in content.operations]
    except Exception:  # operands can be anything; what cannot be followed is read as it stands
        return 0
    if walk.dropped:
        content.operations = [step for step in kept if step is not None]
    page[NameObject("/Contents")] = content  # parsed once
    return walk.dropped


def _without_words(step: tuple[Any, Any]) -> tuple[Any, Any] | None:
    """What is left of a step that shows text: the move to the next line, where it makes one."""
    return ([], b"T*") if bytes(step[1]) in (b"'", b'"') else None


@dataclass(frozen=True, slots=True)
class _State:
    """What `q` keeps and `Q` brings back."""

    place: Matrix = UNIT
    white: bool = False
    white_line: bool = False
    space: str = "/DeviceGray"
    mode: int = 0
    alpha: float = 1.0
    width: float = 1.0
    leading: float = 0.0


class _Walk:
    """Follows the operators of a page, one after the other."""

    def __init__(self, resources: Mapping[str, Any]) -> None:
        self.dropped = 0
        self._resources = resources
        self._images = _has_images(resources)
        self._state = _State()
        self._kept: list[_State] = []
        self._line = self._text = UNIT
        self._path: list[tuple[float, float]] = []
        self._painted: list[Box] = []

    def drops(self, operands: Sequence[Any], operator: bytes) -> bool:
        """Takes one step; True where it shows text that nobody sees."""
        state = self._state
        if operator == b"q":
            self._kept.append(state)
        elif operator == b"Q":
            self._state = self._kept.pop() if self._kept else state
        elif operator == b"cm":
            self._state = replace(state, place=times(matrix(operands), state.place))
        elif operator in (b"m", b"l"):
            self._at(operands)
        elif operator in (b"c", b"v", b"y"):
            for start in range(0, len(operands), 2):
                self._at(operands[start : start + 2])
        elif operator == b"re":
            x, y, width, height = map(float, operands[:4])
            for corner in ((x, y), (x + width, y), (x, y + height), (x + width, y + height)):
                self._at(corner)
        elif operator in _FILLS or operator in _STROKES or operator == b"n":
            self._paint(operator)
        elif operator in (b"Do", b"sh", b"INLINE IMAGE"):
            self._painted.append(self._drawn(operands, operator))
        elif operator[:1] == b"T" or operator in (b"BT", b"'", b'"'):
            return self._print(operands, operator)
        else:
            self._state = self._coloured(operands, operator)
        return False

    def _at(self, point: Sequence[Any]) -> None:
        self._path.append(moved(float(point[0]), float(point[1]), self._state.place))

    def _paint(self, operator: bytes) -> None:
        state = self._state
        broad = state.width * math.hypot(state.place[0], state.place[1]) >= _BROAD
        fills = operator in _FILLS and not state.white
        if self._path and (fills or (operator in _STROKES and broad and not state.white_line)):
            self._painted.append(_box(self._path, state.width if broad else 0.0))
        self._path = []

    def _drawn(self, operands: Sequence[Any], operator: bytes) -> Box:
        """Where an image, a shading or a form lies; a form may paint anywhere."""
        if operator == b"Do":
            drawn = self._resources.get("/XObject", {}).get(str(operands[0]), {})
            if drawn.get("/Subtype") != "/Image":
                return _EVERYWHERE
        elif operator == b"sh":
            return _EVERYWHERE
        corners = [moved(x, y, self._state.place) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        return _box(corners, 0.0)

    def _print(self, operands: Sequence[Any], operator: bytes) -> bool:
        state = self._state
        if operator == b"BT":
            self._line = self._text = UNIT
        elif operator == b"Tm":
            self._line = self._text = matrix(operands)
        elif operator in (b"Td", b"TD"):
            if operator == b"TD":
                self._state = replace(state, leading=-float(operands[1]))
            self._go(float(operands[0]), float(operands[1]))
        elif operator == b"TL":
            self._state = replace(state, leading=float(operands[0]))
        elif operator == b"Tr":
            self._state = replace(state, mode=int(operands[0]))
        elif operator == b"T*":
            self._go(0.0, -state.leading)
        elif operator in _SHOWS:
            if operator in (b"'", b'"'):
                self._go(0.0, -state.leading)
            if self._is_unseen():
                self.dropped += 1
                return True
        return False

    def _go(self, x: float, y: float) -> None:
        self._line = self._text = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _is_unseen(self) -> bool:
        state = self._state
        if state.mode == _INVISIBLE or state.alpha <= _FAINT:
            return not self._images
        if state.mode not in _FILLED or not state.white:
            return False
        place = times(self._text, state.place)
        spots = [moved(x, y, place) for x in (0.0, 3.0) for y in (0.0, 3.0)]
        return not any(_covers(box, spot) for box in self._painted for spot in spots)

    def _coloured(self, operands: Sequence[Any], operator: bytes) -> _State:
        state = self._state
        if operator in (b"g", b"rg", b"k"):
            return replace(state, white=_is_white(operands, of_ink=operator == b"k"))
        if operator in (b"G", b"RG", b"K"):
            return replace(state, white_line=_is_white(operands, of_ink=operator == b"K"))
        if operator == b"cs":
            return replace(state, space=str(operands[0]), white=False)
        if operator in (b"sc", b"scn"):
            kind = self._kind(state.space)
            return replace(state, white=bool(kind) and _is_white(operands, of_ink=kind == "ink"))
        if operator in (b"CS", b"SC", b"SCN"):
            return replace(state, white_line=False)
        if operator == b"w":
            return replace(state, width=float(operands[0]))
        if operator == b"gs":
            said = self._resources.get("/ExtGState", {}).get(str(operands[0]), {})
            return replace(state, alpha=float(said.get("/ca", state.alpha)))
        return state

    def _kind(self, space: str) -> str:
        """Whether a colour space adds up "light" or "ink"; empty for one that is not known to do either."""
        known = {"/DeviceGray": "light", "/DeviceRGB": "light", "/DeviceCMYK": "ink"}
        if space in known:
            return known[space]
        found = self._resources.get("/ColorSpace", {}).get(space)
        found = found.get_object() if found is not None else None
        if isinstance(found, list) and found:
            name = str(found[0])
            if name == "/ICCBased":
                return {1: "light", 3: "light", 4: "ink"}.get(int(found[1].get_object().get("/N", 0)), "")
            return "light" if name in ("/CalGray", "/CalRGB") else known.get(name, "")
        return known.get(str(found), "")


def _resources(page: PageObject) -> dict[str, Any]:
    """The page's resources with their dictionaries read."""
    found = page.get("/Resources")
    found = found.get_object() if found is not None else {}
    read: dict[str, Any] = {}
    for name, entries in found.items():
        known = entries.get_object()
        if isinstance(known, dict):
            read[str(name)] = {str(key): value.get_object() for key, value in known.items()}
    return read


def _has_images(resources: Mapping[str, Any]) -> bool:
    """Whether a page may show an image: one of its own, or in a form."""
    return bool(resources.get("/XObject"))


def _is_white(operands: Sequence[Any], *, of_ink: bool) -> bool:
    values = [float(value) for value in operands]
    return bool(values) and (max(values) <= 1 - _WHITE if of_ink else min(values) >= _WHITE)


def _box(points: Sequence[tuple[float, float]], margin: float) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _covers(box: Box, spot: tuple[float, float]) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]
