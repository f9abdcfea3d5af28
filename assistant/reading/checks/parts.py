"""A claim that says of all of something what its source says of a part."""

from __future__ import annotations

import re

from assistant.language.number_words import SMALL
from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.stretches import nearest_sentence
from assistant.reading.checks.terms import keys, terms

_COUNT = rf"(?:\d[\d,.]*|{'|'.join(SMALL[1:13])}|dozens|hundreds)"
_PART_OF = re.compile(
    rf"\b(?P<part>{_COUNT}|most|many|some|several|half|a few|few|parts?|a majority|the majority|a number|much|a third|"
    r"a quarter) of (?:the|its|their|his|her|these|those|all)\s+(?P<whole>(?:[\w'-]+\s*){1,4})",
    re.IGNORECASE,
)
_IN_PART = re.compile(
    r"\b(?:most|many|some|several|half|few|parts?|majority|number|much|third|quarter|of|one|certain|per cent|percent|"
    r"largely|mostly|often)\b|%",
    re.IGNORECASE,
)


def parts(premise: str, claim: str) -> Finding | None:
    """What the source says of "eight of the ten companies" the claim must not say of the ten, or of the companies."""
    if _IN_PART.search(claim):
        return None
    said = keys(claim)
    for found in _PART_OF.finditer(nearest_sentence(parts_of(premise)[1], claim)):
        words = [
            term for term in terms(found["whole"]) if term.key and not re.fullmatch(_COUNT, term.text, re.IGNORECASE)
        ]
        named = {term.key for term in words[:2]}
        if named and named <= said and not re.search(rf"\b{found['part']}\b", claim, re.IGNORECASE):
            reason = f"the source says so of a part: “{found['part']} of {words[0].text}”"
            return Finding("contradicted", "number mismatch", reason)
    return None
