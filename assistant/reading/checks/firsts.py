"""A claim that something was the first, last or largest, of which its source says that only since a time."""

from __future__ import annotations

import re

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.stretches import nearest_sentence

_EXTREMES = (
    "first|last|only|second|third|largest|biggest|highest|lowest|longest|deadliest|worst|best|most|sharpest|steepest"
)
_SINCE_A_TIME = re.compile(
    rf"\b(?P<extreme>{_EXTREMES})\b(?P<between>[^,;:.]*?)\b(?:since|in (?:more than |over |nearly |almost |at least )?"
    r"(?:\w+ )?(?:years|decades|months|weeks|days|a decade|a year)|so far|for (?:\w+ )?(?:years|decades|months))\b",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\b(?:since|years?|decades?|months?|weeks?|days?|after|so far|until|for|before|again)\b", re.IGNORECASE
)


def firsts(premise: str, claim: str) -> Finding | None:
    """Who was the first since 2011 was not the first: the claim must say of what time, or not call it so."""
    if _TIMED.search(claim):
        return None
    for found in _SINCE_A_TIME.finditer(nearest_sentence(parts_of(premise)[1], claim)):
        if re.search(rf"\b{found['extreme']}\b", claim, re.IGNORECASE):
            return Finding("contradicted", "dropped hedge", f"the source says so of a time only: “{found.group()}”")
    return None
