"""A yes and a no about one thing: one sentence negates what another one says, or has the opposite word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.answering.differing.statements import Contrast, Told
from assistant.answering.subjects import normal_words
from assistant.types import Span

_SHARED = 0.5
"""The share of their words that a yes and a no must have in common where the text does not say that they are rivals."""

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|neither|without|yet to(?: be)?|(?:den[yi]|refus|rebuff|reject|declin)\w*)\b|"
    r"n['’]t\b",
    re.I,
)
_OPPOSED = (
    ("cancel", "postpon"),
    ("confirm", "deni"),
    ("accept", "reject"),
    ("accept", "declin"),
    ("agre", "refus"),
    ("declin", "respond"),
    ("remov", "remain"),
    ("sank", "afloat"),
    ("open", "close"),
    ("alive", "dead"),
    ("win", "lose"),
)
_SAYS_THAT = re.compile(r"\b(?:said|says?|claim(?:s|ed)|announced|reports?|reported|declared) that\b|\baccording to\b")
_SAYS_NO = re.compile(r"[\"“]No[,.]")
_QUOTED = re.compile(r"[\"“]([^\"“”]{4,})[\"”]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SPEECH = frozenset(
    "say said ask told tell announc report spokesperson spokesman ministri minist presid account".split()
)
"""Stems of words by which somebody is said to say something: two sentences that share them share no subject."""


def denied(sentences: Sequence[Told]) -> Iterator[Contrast]:
    """Neighbours, each said by somebody, of which one says no to the other."""
    for one, two in pairwise(sentences):
        if two.place - one.place == 1 and not one.cells and not two.cells:
            found = negated(one, two, disputed=False)
            if found:
                yield found


def negated(one: Told, two: Told, *, disputed: bool) -> Contrast | None:
    """The pair, where one is negated, the other is not, and they share what they speak of.

    Unless the text says that they are rivals (`disputed`), both must be somebody's words, about half of them the same.
    """
    no = [_NEGATION.search(side.text) for side in (one, two)]
    if (no[0] is None) == (no[1] is None):
        return None
    x, y = one.content - SPEECH, two.content - SPEECH
    enough = 1.0 if any(_SAYS_NO.search(side.text) for side in (one, two)) else 2.0
    if not disputed and enough > 1:
        if any(
            not _SAYS_THAT.search(side.text[: found.start()] if found else side.text)
            for side, found in zip((one, two), no, strict=True)
        ):
            return None
        enough = max(enough, _SHARED * min(len(x), len(y)))
    if len(x & y) < enough:
        return None
    first, second = (
        Span(*found.span()) if found else _shared_in(side.text, x & y)
        for side, found in zip((one, two), no, strict=True)
    )
    return Contrast("polarity", (one, first), (two, second)) if first and second else None


def opposed(one: Told, first: Span, two: Told, second: Span) -> Contrast | None:
    """The pair, where a word in the one stretch has its opposite in the other ("cancelled", "postponed")."""
    for a, b in (pair for both in _OPPOSED for pair in (both, both[::-1])):
        x, y = _word(one.text, first, a), _word(two.text, second, b)
        if x and y:
            return Contrast("polarity", (one, x), (two, y))
    return None


def _word(text: str, inside: Span, beginning: str) -> Span | None:
    for match in _WORD.finditer(text, inside.start, inside.end):
        if match.group().lower().startswith(beginning):
            return Span(*match.span())
    return None


def _shared_in(text: str, stems: frozenset[str]) -> Span | None:
    """The words that somebody is quoted with, else those from the first to the last that have one of the stems."""
    quoted = _QUOTED.findall(text)
    if quoted:
        start = text.rindex(quoted[-1])
        return Span(start, start + len(quoted[-1]))
    found = [match.span() for match in _WORD.finditer(text) if stems.intersection(normal_words(match.group()))]
    return Span(found[0][0], found[-1][1]) if found else None
