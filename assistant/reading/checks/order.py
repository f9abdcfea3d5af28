"""A claim that has the two sides of a relation exchanged: what came after what, what caused what, who followed whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.stretches import nearest_sentence
from assistant.reading.checks.terms import keys

Sides = tuple[str, str]
"""The words of both sides of a relation; what comes later, the effect or what is more stands first."""

_RELATIONS: tuple[tuple[str, re.Pattern[str], bool], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), forwards)
    for kind, pattern, forwards in (
        ("time", "after|following|followed(?! by)", True),
        ("time", "before|prior to|ahead of|followed by", False),
        (
            "cause",
            "because(?: of)?|due to|owing to|(?:in )?(?:response|retaliation|reply) (?:to|for)|grew out of|"
            "resulted from|caused by|stem(?:s|med) from|in protest at",
            True,
        ),
        ("cause", "led to|resulted in|caused(?! by)|prompted|triggered", False),
        ("comparison", r"(?:(?:more|less)\s+)?\w+\s+than", True),
        (
            "succession",
            "(?:succeed(?:s|ed|ing)?(?! in)|replac(?:es?|ed|ing)|followed)(?! by)|in succession to|"
            "(?:takes?|took|taking|taken) over from|successor (?:of|to)|['’]s predecessor",
            True,
        ),
        (
            "succession",
            "(?:succeeded|replaced|followed) by|predecessor (?:of|to)|['’]s successor|"
            "(?:his|her|its|their) successor(?:,| is| was| will be)",
            False,
        ),
    )
)
_BEFORE = re.compile(r";|, (?:and|but|while) ")
_BEHIND = re.compile(r";|, (?:and|but|while|which) ")
_WHOSE = re.compile(r"(?:his|her|its|their)\b", re.IGNORECASE)


def order(premise: str, claim: str) -> Finding | None:
    """Where A followed B, B did not follow A.

    Wrong is a claim whose sides have words of the source's other side and not of their own, wherever the source's
    nearest sentence has such a relation. Of comparisons only those with the same word are held beside each other.
    """
    there = list(sides(nearest_sentence(parts_of(premise)[1], claim)))
    for kind, said in sides(claim):
        alike = [sides for each, sides in there if each == kind]
        if alike and all(_exchanged(said, sides) for sides in alike):
            return Finding("contradicted", "misattributed", "the source has it the other way round")
    return None


def _exchanged(said: Sides, there: Sides) -> bool:
    """Whether more of the one side stands on the other, and of the other side at least as much as where it belongs."""
    one, other = keys(said[0]), keys(said[1])
    left, right = keys(there[0]) - keys(there[1]), keys(there[1]) - keys(there[0])
    first = len(one & right) - len(one & left)
    second = len(other & left) - len(other & right)
    return min(first, second) >= 0 and max(first, second) > 0 and bool(one & right) and bool(other & left)


def sides(text: str) -> Iterator[tuple[str, Sides]]:
    """The relations of a text, each with its kind ("time", "cause", "succession"; of a comparison its words)."""
    for kind, pattern, forwards in _RELATIONS:
        for found in pattern.finditer(text):
            before, behind = text[: found.start()], text[found.end() :]
            if not before.strip(" “\"'") and "," in behind:  # "After the vote, the council met"
                behind, before = behind.split(",", 1)
            pointed_at = before if _WHOSE.match(found.group()) else _BEFORE.split(before)[-1]
            left, right = pointed_at, _BEHIND.split(behind)[0]
            told = " ".join(found.group().lower().split()) if kind == "comparison" else kind
            yield told, (left, right) if forwards else (right, left)
