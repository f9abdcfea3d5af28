"""Where each piece of text on a PDF page begins and ends, which pypdf does not report."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf.generic._font import Font  # the widths of its characters; pypdf gives them in no other way

from assistant.corpus.pdf.places import Point, moved

Step = tuple[Any, Any]
"""An instruction of a page's content: its operands and its operator."""

_MOVES = (b"BT", b"Td", b"TD", b"Tm", b"T*")
_SHOWS = (b"Tj", b"TJ")
_FIGURES = tuple("0123456789")
_NARROWER = 0.8  # of the width of a figure, or less, has its small form
_NARROWEST, _WIDEST = 0.15, 1.2  # of the type size, for a character on average; else a font tells no widths


def parted(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps of a page's content, with the font named again where text changes its size or its rise.

    pypdf reports text in pieces that end where a font is named, but not where a matrix or a rise is set: "250." and
    the raised mark of a note would come as "250.1". Steps that move and show at once are written as two.
    """
    font: Any = None
    kept: list[Any] = []
    before: dict[bytes, list[float]] = {b"Ts": [0.0]}
    for operands, operator in steps:
        if operator == b"q":
            kept.append(font)
        elif operator == b"Q":
            font = kept.pop() if kept else None
        elif operator == b"Tf":
            font = operands
        elif operator in (b"Tm", b"Ts"):
            said = [float(value) for value in operands[:4] if isinstance(value, int | float)]
            if font and before.get(operator, said) != said:
                yield font, b"Tf"
            before[operator] = said
        elif operator == b'"' and len(operands) >= 3:
            yield from (([operands[0]], b"Tw"), ([operands[1]], b"Tc"))
        if operator in (b"'", b'"'):
            yield from (([], b"T*"), (operands[-1:], b"Tj"))
        else:
            yield operands, operator


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a piece of text begins and ends, whether its first and last character are spaces, or all small figures."""

    begin: Point
    end: Point
    opens: bool
    closes: bool
    small: bool


@dataclass(frozen=True, slots=True)
class _State:
    """What is set for the text to come; `q` keeps it and `Q` brings it back."""

    between: float = 0.0  # characters
    words: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0


_SET = {b"Tc": "between", b"Tw": "words", b"Tz": "stretch", b"Ts": "rise"}


@dataclass(slots=True)
class _Shown:
    """What was shown since a move: under which matrices, how far from the move, and its parts with their state.

    A part is a string, or how far back the next one moves, in thousandths of the type size.
    """

    cm: Sequence[float]
    tm: Sequence[float]
    start: float
    parts: list[tuple[Any, _State]] = field(default_factory=list)

    def at(self, advance: float, rise: float) -> Point:
        """The place on the page that lies so far from the move."""
        return moved(*moved(advance, rise, self.tm), self.cm)


class Fonts:
    """The fonts of a file, each read once."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[object, Font | None]] = {}  # by identity, with what keeps it from being reused

    def read(self, font: object) -> Font | None:
        """What is known of a font; None where it is broken, or nothing."""
        found = self._read.get(id(font))
        if found is None:
            try:
                found = font, Font.from_font_resource(font) if font else None  # type: ignore[arg-type]
            except Exception:  # a font can be broken in any way, and its text is there all the same
                found = font, None
            self._read[id(font)] = found
        return found[1]


class Pen:
    """Follows the steps of a page's content beside pypdf, which does not tell how far text reaches."""

    def __init__(self, fonts: Fonts) -> None:
        self.rise = 0.0
        self._fonts = fonts
        self._state = _State()
        self._kept: list[_State] = []
        self._shown: list[_Shown] = []
        self._moved = True

    def follow(self, operator: bytes, operands: Sequence[Any], cm: Sequence[float], tm: Sequence[float]) -> None:
        """Takes one step, before pypdf does."""
        if operator == b"q":
            self._kept.append(self._state)
        elif operator == b"Q":
            self._state = self._kept.pop() if self._kept else _State()
        elif operator in _SET and operands and isinstance(operands[0], int | float):
            value = float(operands[0]) / (100 if operator == b"Tz" else 1)
            self._state = replace(self._state, **{_SET[operator]: value})
        elif operator in _MOVES:
            self._moved = True
        elif operator in _SHOWS and operands:
            if self._moved or not self._shown:
                self._shown.append(_Shown(list(cm), list(tm), 0.0))
                self._moved = False
            parts = operands[0] if operator == b"TJ" and isinstance(operands[0], list) else [operands[0]]
            self._shown[-1].parts += [(part, self._state) for part in parts]

    def stretch(self, font: object, size: float) -> Stretch | None:
        """Where the text that was shown since the last call lies; None if none was, or if its font tells no widths.

        `rise` is then how far its first piece was raised.
        """
        shown = [each for each in self._shown if each.parts]
        self._shown = []
        self.rise = shown[0].parts[0][1].rise if shown else 0.0
        read = self._fonts.read(font)
        if not shown or read is None:
            return None
        try:
            return self._stretch(shown, read, size)
        except Exception:  # what a font says of widths can be anything
            return None

    def _stretch(self, shown: Sequence[_Shown], font: Font, size: float) -> Stretch | None:
        first, last = shown[0], shown[-1]
        steps = [[_width(part, state, font, size) for part, state in each.parts] for each in shown]
        said = "".join(_characters(part, font) for each in shown for part, _ in each.parts)
        if not _NARROWEST * len(said) < font.get_text_width(said) / 1000 < _WIDEST * len(said):
            return None
        self._shown = [] if self._moved else [_Shown(last.cm, last.tm, last.start + sum(steps[-1]))]
        return Stretch(
            first.at(first.start + _leading(first.parts, steps[0]), first.parts[0][1].rise),
            last.at(last.start + sum(steps[-1]) - _leading(last.parts[::-1], steps[-1][::-1]), last.parts[-1][1].rise),
            said[:1] == font.space_char,
            said[-1:] == font.space_char,
            _are_small(said, font),
        )


def _width(part: object, state: _State, font: Font, size: float) -> float:
    """How far a part moves the pen, in units of the text space."""
    if isinstance(part, int | float):
        return -float(part) / 1000 * size * state.stretch
    said = _characters(part, font)
    spaces = said.count(font.space_char) if isinstance(font.encoding, dict) else 0
    return (font.get_text_width(said) / 1000 * size + len(said) * state.between + spaces * state.words) * state.stretch


def _leading(parts: Sequence[tuple[object, _State]], steps: Sequence[float]) -> float:
    """How far the pen moves before the first of the parts that shows anything."""
    moves = itertools.takewhile(lambda pair: isinstance(pair[0][0], int | float), zip(parts, steps, strict=True))
    return sum(step for _, step in moves)


def _characters(part: object, font: Font) -> str:
    """The characters that a part shows, as the font numbers them; nothing for one that shows none."""
    data = part.encode("latin-1", "replace") if isinstance(part, str) else part
    if not isinstance(data, bytes):
        return ""
    return data.decode(font.encoding, "replace") if isinstance(font.encoding, str) else data.decode("latin-1")


def _are_small(said: str, font: Font) -> bool:
    """Whether characters are figures that the font has in a smaller form, too: it need not raise them to set a note.

    They are narrower than the same figure in its usual form, or than others if those are all as wide.
    """
    figures = {code: read for code, read in _figures(font) if code in font.character_widths}
    if not said or not all(code in figures for code in said):
        return False
    widths = {code: font.character_widths[code] for code in figures}
    usual = {figure: max(widths[code] for code in figures if figures[code] == figure) for figure in figures.values()}
    others = {usual[figure] for figure in usual if figure not in {figures[code] for code in said}}
    level = max(others) if len(others) == 1 and len(usual) > 2 else 0.0
    return all(widths[code] <= _NARROWER * max(usual[figures[code]], level) for code in said)


def _figures(font: Font) -> Iterator[tuple[str, str]]:
    """The codes of a font that stand for figures, with the figure each."""
    simple = font.encoding if isinstance(font.encoding, dict) else {}
    for code, read in {**{chr(number): read for number, read in simple.items()}, **font.character_map}.items():
        if isinstance(code, str) and len(code) == 1 and str(read) in _FIGURES:
            yield code, str(read)
