"""Numbers of a workbook as their cells show them, by the number format (ECMA-376, part 1, 18.8.31)."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

_SPACE = "[ '\u2019\u00a0\u202f]"
_GAP = rf"(?:\\{_SPACE}|\"{_SPACE}\"|{_SPACE})"  # what parts groups of three digits where commas do not
_PIECES = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<left_out>\[[^\]]*\]|[_*].)|'
    rf"(?P<exponent>[eE][+-]0*)|(?P<digits>[0#?](?:(?:[0#?.,]|{_GAP}(?=##[0#?](?![0#?])))*[0#?])?)(?P<thousandths>,*)|"
    r"(?P<percent>%)|(?P<other>.)"
)
_CONDITION = re.compile(r"\[(?P<is>[<>]=?|<>|=)\s*(?P<bound>[+-]?\d+(?:\.\d+)?)\]")
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_MOST_DECIMALS = 30  # as in Excel
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)  # more digits than a float has before and those after the point


def formatted(value: float, number_format: str) -> str:
    """`value` in the section of a format whose condition it fulfils, which without conditions is the first.

    Negative numbers have a sign, whatever a section of theirs would show. Text in the format stands beside the number
    ("5.3%" for 5.3 with `0.0"%"`); only a percent sign that is not text multiplies. Fractions, and formats without
    places for digits or with several groups of them (a telephone number), show all digits that count.
    """
    before, after, digits, shift, exponent = "", "", "", 0, False
    for piece in _section(value, number_format):
        if piece["digits"] and digits:
            return _plain(value)
        if piece["digits"]:
            digits, shift = piece["digits"], shift - 3 * len(piece["thousandths"])
        elif piece["exponent"]:
            exponent = True
        elif not piece["left_out"]:
            shift += 2 if piece["percent"] else 0
            text = next(filter(None, piece.group("quoted", "escaped", "currency", "percent", "other")), "")
            before, after = (before, after + text) if digits else (before + text, after)
    if not digits or not math.isfinite(value) or digits.count(".") > 1 or "/" in after:
        return _plain(value)
    number = _digits(abs(Decimal(str(value))).scaleb(shift, _EXACT), digits, exponent=exponent)
    sign = "-" if value < 0 and not before.lstrip().startswith("-") else ""  # a section for these may have its own
    return f"{sign}{before}{number}{after}"


def _section(value: float, number_format: str) -> Sequence[re.Match[str]]:
    """The pieces of the section that shows `value`; none where no condition is fulfilled."""
    sections: list[list[re.Match[str]]] = [[]]
    for piece in _PIECES.finditer(number_format):
        if piece["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return next((section for section in sections if _holds(value, section)), [])


def _holds(value: float, section: Sequence[re.Match[str]]) -> bool:
    conditions = (_CONDITION.fullmatch(piece[0]) for piece in section if piece["left_out"])
    return all(_COMPARED[one["is"]](value, float(one["bound"])) for one in conditions if one)


def _digits(value: Decimal, digits: str, *, exponent: bool) -> str:
    whole, point, decimals = digits.partition(".")
    decimals = decimals.replace(",", "")
    gap = re.search(_GAP, whole)
    separator = "," if "," in whole else gap[0].strip('\\"') if gap else ""
    places = min(len(decimals), _MOST_DECIMALS)
    if exponent:
        rounded = Context(prec=places + 1, rounding=ROUND_HALF_UP).plus(value)
        return f"{float(rounded):.{places}E}"
    if point:
        return _rounded(value, places, decimals.rfind("0") + 1, separator)
    # A format without decimals hides them; what a reader may quote has those that count.
    if separator:
        return _rounded(value, 2, 0, separator)
    return _plain(float(value)).zfill(whole.count("0"))  # "00000" of a postal code


def _rounded(value: Decimal, places: int, least: int, separator: str) -> str:
    """`value` with at most `places` decimals and at least `least`: half is rounded up, as by Excel, not to even."""
    text = f"{value.quantize(Decimal(1).scaleb(-places), context=_EXACT):,f}".replace(",", separator)
    whole, _, decimals = text.partition(".")
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _plain(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e15 else f"{value:.12g}"
