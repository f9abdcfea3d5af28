"""Places on a PDF page: matrices that move points, and boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Point = tuple[float, float]

UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix(operands: Sequence[Any]) -> Matrix:
    """The matrix that the operands of an operator give."""
    a, b, c, d, e, f = map(float, operands[:6])
    return a, b, c, d, e, f


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(x: float, y: float, place: Sequence[float]) -> Point:
    """Where a matrix moves a point."""
    return x * place[0] + y * place[2] + place[4], x * place[1] + y * place[3] + place[5]
