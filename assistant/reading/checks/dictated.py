"""Words that a source asks its reader to say, which is not saying them."""

from __future__ import annotations

import re

from assistant.reading.agreement import plain, stands_in
from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.stretches import sentences
from assistant.reading.checks.terms import keys

_ASKED_FOR = Finding("unsupported", "wrong speaker", "the source only asks for this to be said, and does not say it")
_QUOTATION = re.compile(r"“[^“”]+”|„[^„“]+“|«[^«»]+»|「[^「」]+」|\"[^\"]+\"")
_REPORTED = re.compile(
    r"\b(?:said|says|saying|told|tells|stated|states|wrote|writes|added|adds|quoted)\b", re.IGNORECASE
)
_ORDER = re.compile(
    r"\b(?:say|reply|answer|respond|write|print|repeat|output|tell)\b[^.!?\n]{0,60}?(?:\bthat\b|[:\uff1a])",
    re.IGNORECASE,
)
# Of an order in other words only the plain form counts: "officials say that" is none.
_PLAIN_ORDER = re.compile(
    rf"(?:^|[.!?:;,“\"'(\[]\s*|\b(?:please|must|should|and|then)\s+){_ORDER.pattern}",
    re.IGNORECASE,
)


def dictated(premise: str, claim: str) -> Finding | None:
    """A claim whose words the source has only behind an order to say them, or between quotation marks of nobody.

    Behind a plain order the same in other words counts, too.

    A claim that quotes the whole sentence, the order too, is fine, and so is what somebody is reported to have said.
    """
    head, source = parts_of(premise)
    if plain(source) == plain(claim):
        return None
    if not stands_in(source, claim):
        by_title = stands_in(head, claim) and _ORDER.search(head)
        return _ASKED_FOR if by_title or _mostly_ordered(source, claim) else None
    bare = _QUOTATION.sub(lambda quotation: " " if stands_in(quotation.group(), claim) else quotation.group(), source)
    left = source if _REPORTED.search(bare) else bare
    order = _ORDER.search(left)
    if stands_in(left[: order.start()] if order else left, claim):
        return None
    return _ASKED_FOR


def _mostly_ordered(source: str, claim: str) -> bool:
    """Whether most words of a claim stand behind an order, and fewer in any sentence that is none."""
    if _REPORTED.search(claim):
        return False
    wanted, behind, elsewhere = keys(claim), 0, 0
    for sentence in sentences(source):
        order = _PLAIN_ORDER.search(sentence)
        said = sentence[: order.start()] if order else sentence
        elsewhere = max(elsewhere, len(wanted & keys(said)))
        behind = max(behind, len(wanted & keys(sentence[order.end() :]))) if order else behind
    return behind > elsewhere and 2 * behind > len(wanted)
