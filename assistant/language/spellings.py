"""British and American spellings of one word: "defence" and "defense" are the same to whoever asks."""

from __future__ import annotations

import re
from functools import lru_cache

from breame.spelling import get_american_spelling, get_british_spelling

_WORD = re.compile(r"[^\W\d_]+")
_TWO_WORDS = frozenset(("ton", "tons", "tonne", "tonnes"))  # 2,000 pounds are not 1,000 kilograms


def american(word: str) -> str:
    """The American spelling of a lower-case word; the word itself where it has only one spelling."""
    return word if word in _TWO_WORDS else str(get_american_spelling(word))


@lru_cache(maxsize=65536)
def other_spelling(word: str) -> str | None:
    """The other spelling of a lower-case word, British or American; None where it has only one."""
    others = () if word in _TWO_WORDS else (american(word), str(get_british_spelling(word)))
    return next((other for other in others if other != word), None)


def spellings_of(text: str) -> tuple[str, ...]:
    """A word or phrase, and where any of its words has another spelling, it in that one, with its capitals."""
    other = _WORD.sub(lambda match: _like(match[0], other_spelling(match[0].lower())), text)
    return (text,) if other == text else (text, other)


def as_spelt_in(question: str, text: str) -> str:
    """A question with the spellings of a text: each word that the text only has in its other spelling in that one."""
    return _WORD.sub(lambda match: _as_in(match[0], text), question)


def _as_in(word: str, text: str) -> str:
    other = other_spelling(word.lower())
    if other is None or _has(text, word) or not _has(text, other):
        return word
    return _like(word, other)


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text, re.IGNORECASE) is not None


def _like(word: str, other: str | None) -> str:
    """The other spelling with the capitals of the word."""
    if other is None:
        return word
    if word.isupper() and len(word) > 1:
        return other.upper()
    return other.capitalize() if word[0].isupper() else other
