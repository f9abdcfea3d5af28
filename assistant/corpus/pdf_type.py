"""What pypdf does not report of the type on a PDF page: how far it is raised, and where its size changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Step = tuple[Any, Any]
"""An instruction of a page's content: its operands and its operator."""

_SHOWS = (b"Tj", b"TJ", b"'", b'"')


class Rise:
    """How far the text that was shown last is raised by the text state, in units of the text space."""

    def __init__(self) -> None:
        self.shown = 0.0
        self._set = 0.0
        self._kept: list[float] = []

    def follow(self, operator: bytes, operands: Sequence[Any], _cm: object, _tm: object) -> None:
        """Takes one step of the page's content."""
        if operator == b"Ts" and operands and isinstance(operands[0], int | float):
            self._set = float(operands[0])
        elif operator == b"q":
            self._kept.append(self._set)
        elif operator == b"Q":
            self._set = self._kept.pop() if self._kept else 0.0
        elif operator in _SHOWS:
            self.shown = self._set


def parted(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps of a page's content, with the font named again where text changes its size or its rise.

    pypdf reports text in pieces that end where a font is named, but not where a matrix or a rise is set: "250." and
    the raised mark of a note would come as "250.1".
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
        yield operands, operator
