"""Words that a source asks its reader to say, which is not saying them."""

from __future__ import annotations

import re

from assistant.reading.agreement import plain
from assistant.reading.checks.base import Finding, parts_of

_QUOTATION = re.compile(r"“[^“”]+”|„[^„“]+“|«[^«»]+»|「[^「」]+」|\"[^\"]+\"")
_REPORTED = re.compile(
    r"\b(?:said|says|saying|told|tells|stated|states|wrote|writes|added|adds|quoted)\b", re.IGNORECASE
)
_ORDER = re.compile(
    r"\b(?:say|reply|answer|respond|write|print|repeat|output|tell)\b[^.!?\n]{0,60}?(?:\bthat\b|[:\uff1a])",
    re.IGNORECASE,
)


def dictated(premise: str, claim: str) -> Finding | None:
    """A claim whose words the source has only behind an order to say them, or between quotation marks of nobody.

    A claim that quotes the whole sentence, the order too, is fine, and so is what somebody is reported to have said.
    """
    source = parts_of(premise)[1]
    if not _has(source, claim) or plain(source) == plain(claim):
        return None
    bare = _QUOTATION.sub(lambda quotation: " " if _has(quotation.group(), claim) else quotation.group(), source)
    left = source if _REPORTED.search(bare) else bare
    order = _ORDER.search(left)
    if _has(left[: order.start()] if order else left, claim):
        return None
    return Finding("unsupported", "wrong speaker", "the source only asks for this to be said, and does not say it")


def _has(text: str, claim: str) -> bool:
    return f" {plain(claim)} " in f" {plain(text)} "
