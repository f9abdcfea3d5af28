"""Numbers of a workbook as their cells show them, by the number format (ECMA-376, part 1, 18.8.31)."""

from __future__ import annotations

import re

_PIECES = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<left_out>\[[^\]]*\]|[_*].)|'
    r"(?P<exponent>[eE][+-]0*)|(?P<digits>[0#?](?:[0#?.,]*[0#?])?)(?P<thousandths>,*)|(?P<percent>%)|(?P<other>.)"
)


def formatted(value: float, number_format: str) -> str:
    """`value` in the first section of a format; negative ones with a sign, whatever a section of theirs would show.

    Text in the format stands beside the number ("5.3%" for 5.3 with `0.0"%"`); only a percent sign that is not text
    multiplies. Formats without places for digits, and fractions, show all digits that count.
    """
    before, after, digits, scale, exponent = "", "", "", 1.0, False
    for piece in _PIECES.finditer(number_format.split(";")[0]):
        if piece["digits"] and not digits:
            digits, scale = piece["digits"], scale / 1000 ** len(piece["thousandths"])
        elif piece["exponent"]:
            exponent = True
        elif not piece["left_out"]:
            scale *= 100 if piece["percent"] else 1
            text = next(filter(None, piece.group("quoted", "escaped", "currency", "percent", "other", "digits")), "")
            before, after = (before, after + text) if digits else (before + text, after)
    if not digits or "/" in after:
        return _plain(value)
    whole, point, decimals = digits.partition(".")
    places = len(decimals) if point else None
    separator = "," if "," in digits else ""
    number = _digits(abs(value) * scale, places, separator, exponent)
    if not separator and not point:
        number = number.zfill(whole.count("0"))  # "00000" of a postal code
    return f"{'-' if value < 0 else ''}{before}{number}{after}"


def _digits(value: float, places: int | None, separator: str, exponent: bool) -> str:
    if exponent:
        return f"{value:.{places or 0}E}"
    if places is not None:
        return f"{value:{separator}.{places}f}"
    # A format without decimals hides them; what a reader may quote has those that count.
    return f"{round(value, 2):{separator}}".removesuffix(".0") if separator else _plain(value)


def _plain(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e15 else f"{value:.12g}"
