"""A claim that has the two sides of a relation exchanged: what came after what, what caused what, who followed whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.stretches import nearest_sentence
from assistant.reading.checks.terms import keys

Sides = tuple[frozenset[str], frozenset[str]]

_RELATIONS: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), forwards)
    for kind, pattern, forwards in (
        ("time", "after|following|followed", True),
        ("time", "before|prior to|ahead of", False),
        (
            "cause",
            "because(?: of)?|due to|owing to|(?:in )?(?:response|retaliation|reply) (?:to|for)|grew out of|"
            "resulted from|caused by|stem(?:s|med) from|in protest at",
            True,
        ),
        ("cause", "led to|resulted in|caused(?! by)|prompted|triggered", False),
        ("comparison", r"(?:(?:more|less)\s+)?\w+\s+than", True),
        ("succession", "(?:succeeded|succeeds|replaced|replaces)(?! by)|in succession to|took over from", True),
        ("succession", "succeeded by|replaced by", False),
    )
)
_BEFORE = re.compile(r";|, (?:and|but|while) ")
_BEHIND = re.compile(r";|, (?:and|but|while|which) ")


def order(premise: str, claim: str) -> Finding | None:
    """Where A followed B, B did not follow A.

    Wrong is a claim whose sides have words of the source's other side and not of their own, wherever the source's
    nearest sentence has such a relation. Of comparisons only those with the same word are held beside each other.
    """
    there = list(_sides(nearest_sentence(parts_of(premise)[1], claim)))
    for kind, said in _sides(claim):
        alike = [sides for each, sides in there if each == kind]
        if alike and all(_exchanged(said, sides) for sides in alike):
            return Finding("contradicted", "misattributed", "the source has it the other way round")
    return None


def _exchanged(said: Sides, there: Sides) -> bool:
    """Whether more of the one side stands on the other, and of the other side at least as much as where it belongs."""
    left, right = there[0] - there[1], there[1] - there[0]
    first = len(said[0] & right) - len(said[0] & left)
    second = len(said[1] & left) - len(said[1] & right)
    return min(first, second) >= 0 and max(first, second) > 0 and bool(said[0] & right) and bool(said[1] & left)


def _sides(text: str) -> Iterator[tuple[str, Sides]]:
    """The relations of a text with the words of both sides, so turned that the later, the effect, the more is first."""
    for kind, pattern, forwards in _RELATIONS:
        for found in pattern.finditer(text):
            before, behind = text[: found.start()], text[found.end() :]
            if not before.strip(" “\"'") and "," in behind:  # "After the vote, the council met"
                behind, before = behind.split(",", 1)
            left, right = keys(_BEFORE.split(before)[-1]), keys(_BEHIND.split(behind)[0])
            told = " ".join(found.group().lower().split()) if kind == "comparison" else kind
            yield told, (left, right) if forwards else (right, left)
