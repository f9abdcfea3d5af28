"""Which dimension of a thing is measured: how high a wall is does not tell how long it is."""

from __future__ import annotations

import re

from assistant.language.rows import is_row

_UNIT = r"(?:(?:kilo|centi|milli)?met(?:re|er)s?|km|cm|mm|miles?|feet|foot|ft|inch(?:es)?|yards?|m)"
_DIMENSIONS = {
    "length": (rf"\b(?:{_UNIT}\slong|length\s+of)\b", r"\b(?:long|lengths?|stretch\w*|extends?|runs?|from)\b"),
    "height": (r"\b(?:how\s+tall|height\s+of|met(?:re|er)s\s+high)\b", r"\b(?:high|tall|heights?|rises?|elevation)\b"),
    "width": (r"\b(?:how\s+wide|width\s+of|met(?:re|er)s\s+wide)\b", r"\b(?:wide|widths?|broad|across|diameter)\b"),
    "depth": (r"\b(?:how\s+deep|depth\s+of|met(?:re|er)s\s+deep)\b", r"\b(?:deep|depths?|below|beneath|under)\b"),
}
"""What asks for each dimension, and the words that a sentence tells it with."""

_ASKS = {name: re.compile(asks, re.IGNORECASE) for name, (asks, _) in _DIMENSIONS.items()}
_TELLS = {name: re.compile(tells, re.IGNORECASE) for name, (_, tells) in _DIMENSIONS.items()}
_MEASURED = re.compile(
    rf"\d(?:[\d.,]*)\s?(?:(?P<area>square|sq\.?|cubic)\s)?{_UNIT}\b(?P<area2>²|³)?(?:\s(?P<dimension>\w+))?",
    re.IGNORECASE,
)
_ANY_UNIT = re.compile(
    rf"\b(?:{_UNIT}|(?:minute|hour|day|week|month|year|page)s?)\b|\d(?:km|cm|mm|m|ft)\b", re.IGNORECASE
)


def of_another_dimension(question: str, sentence: str, heads: str) -> bool:
    """Whether a question asks for a length, height, width or depth, and a sentence measures nothing but others.

    Each of its measures says which dimension it is of ("118 metres high", "64 square kilometres"), and no word of it
    tells of the one that is asked about. The row of a table must tell it, or have a unit, in itself or the `heads`
    above it: what an access road cost is not how long it is.
    """
    asked = next((name for name, asks in _ASKS.items() if asks.search(question)), None)
    if asked is None or _TELLS[asked].search(sentence):
        return False
    if is_row(sentence):
        return not _TELLS[asked].search(heads) and not _ANY_UNIT.search(f"{heads} | {sentence}")
    measures = list(_MEASURED.finditer(sentence))
    return bool(measures) and all(_is_of_another(found, asked) for found in measures)


def _is_of_another(found: re.Match[str], asked: str) -> bool:
    word = found["dimension"] or ""
    others = (tells for name, tells in _TELLS.items() if name != asked)
    return bool(found["area"] or found["area2"]) or any(tells.fullmatch(word) for tells in others)
