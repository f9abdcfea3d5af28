"""Stretches of a sentence: its clauses, and the words that stand around a number or a date and tell what it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.language.sentences import sentence_spans
from assistant.reading.checks.terms import keys
from assistant.types import Span

_CLAUSE = re.compile(
    r"[,;:()|—–]\s+(?:(?:and|but|while|whereas)\s+)?|\s[—–-]\s|\s+(?:and|but|while|whereas|although|though|which|who)\s+",
    re.IGNORECASE,
)

_FIRST_CELL = re.compile(r"^[^|:\n]{1,60}: [^|\n]*(?= \| )", re.MULTILINE)
_HEAD_OF_A_CELL = re.compile(r"(?:^| \| )[^|:\n]{1,60}: (?=[^\n]* \| |[^|\n]*$)", re.MULTILINE)


def in_first_cell(text: str, value: Span) -> bool:
    """Whether a value stands in the first cell of a row ("Month: 2024-04 | ..."), which tells what the row is about."""
    return any(_inside(match, value) for match in _FIRST_CELL.finditer(text))


def in_head_of_cell(text: str, value: Span) -> bool:
    """Whether a value stands in what a cell of a row is called ("... | Ships 2024: 1124 | ...")."""
    return " | " in text and any(_inside(match, value) for match in _HEAD_OF_A_CELL.finditer(text))


def clauses(text: str) -> list[str]:
    """The pieces of the sentences of a text between commas, brackets and conjunctions, in order."""
    return [piece for each in sentences(text) for piece in _CLAUSE.split(each) if piece.strip()]


def sentences(text: str) -> list[str]:
    """The sentences of a text in order."""
    return [span.of(text) for span in sentence_spans(text)]


@lru_cache(maxsize=4096)
def nearest_sentence(body: str, claim: str) -> str:
    """The sentence of a source that shares most words with a claim, the first of equals; empty where there is none."""
    wanted = keys(claim)
    return max(sentences(body), key=lambda sentence: len(wanted & keys(sentence)), default="")


def around(text: str, values: Sequence[Span]) -> list[frozenset[str]]:
    """For each value, in order, the keys of the words in its clause that are nearer to it than to other values.

    A clause ends at a comma, a bracket or a conjunction, and never runs over a sentence. The words of the values
    themselves are left out.
    """
    cuts = [0, len(text)]
    cuts += [span.start for span in sentence_spans(text)]
    cuts += [match.start() for match in _CLAUSE.finditer(text) if not any(_inside(match, value) for value in values)]
    found = []
    for place, value in enumerate(values):
        left = max(cut for cut in cuts if cut <= value.start)
        right = min(cut for cut in cuts if cut >= value.end)
        if place:
            left = max(left, values[place - 1].end)
        if place + 1 < len(values):
            right = min(right, max(value.end, values[place + 1].start))
        found.append(keys(text[left : value.start]) | keys(text[value.end : right]))
    return found


def belongs_elsewhere(claim: frozenset[str], own: frozenset[str], others: Sequence[frozenset[str]]) -> bool:
    """Whether what a claim has around a value stands around another value of the source and not around the same one."""
    return any(claim & (other - own) and not claim & (own - other) for other in others)


def _inside(match: re.Match[str], value: Span) -> bool:
    return match.start() < value.end and value.start < match.end()
