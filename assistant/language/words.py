"""Words, stems and stop words, the same for every room that compares texts by their words."""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

from assistant.language.spellings import american

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:[.,]\d+)*", re.UNICODE)

STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further had has have having
    he her here hers herself him himself his how i if in into is it its itself just me more most my myself no
    nor not now of off on once only or other our ours ourselves out over own same she should so some such than
    that the their theirs them themselves then there these they this those through to too under until up us
    very was we were what when where which while who whom whose why will with would you your yours yourself
    yourselves tell say said says please
    """.split()
)


ORGANISATION = "WHO"
"""The World Health Organization, which is a word of grammar in lower case and where all of a text is in capitals."""


def words(text: str) -> list[str]:
    """The words and numbers of `text` as written, in order; "32.9" and "Li's" stay whole."""
    return _WORD.findall(text)


def content_words(text: str) -> list[str]:
    """Lower-case words of `text` that are not stop words, possessive endings dropped, in order."""
    found = words(text)
    named = len(found) == 1 or not text.isupper()
    return [
        low
        for word, low in ((word, plain(word)) for word in found)
        if low not in STOP_WORDS or (named and low == "who" and word.startswith(ORGANISATION))
    ]


def stems(text: str) -> list[str]:
    """English Snowball stems of the content words of `text`, in order."""
    return [stem(word) for word in content_words(text)]


# The stemmer keeps the word that it works on in itself, and several answers are made at once.
_STEMMING = threading.Lock()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English Snowball stem of one lower-case word, the same for its British and its American spelling."""
    spelt = american(word)
    with _STEMMING:
        return str(_stemmer().stemWord(spelt))


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def plain(word: str) -> str:
    """A word as stems are made of it: lower case, without the ending of a possessive."""
    lower = word.lower().replace("’", "'")
    return lower[:-2] if lower.endswith("'s") else lower
