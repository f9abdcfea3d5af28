"""Whether a passage is about another thing of a kind: who writes of the Suez Canal need say nothing of Panama's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.answering.candidates import under_its_heads
from assistant.answering.subjects import KINDS, Subject, normal_words
from assistant.language.words import STOP_WORDS, words
from assistant.language.written_names import without_accents
from assistant.types import Passage

_SPELT_ALIKE = 0.8  # of two words, by Ratcliff and Obershelp


def is_of_another_of_its_kind(names: Sequence[Subject], passage: Passage) -> bool:
    """Whether a name ends with its kind ("Panama Canal"), and a passage names another one only ("Suez Canal").

    It has, with its title and headings, no word of the name but the kind.
    """
    of_a_kind = [name for name in names if _ends_with_its_kind(name)]
    if not of_a_kind:  # most questions: a passage is taken apart for nothing
        return False
    text = under_its_heads(passage)
    here = frozenset(normal_words(text))
    return any(_is_another(name, text, here) for name in of_a_kind)


def _ends_with_its_kind(name: Subject) -> bool:
    *first, kind = words(name.name)
    return bool(first) and kind.lower().removesuffix("s") in KINDS and kind[0].isupper()


def _is_another(name: Subject, text: str, here: frozenset[str]) -> bool:
    *first, kind = words(name.name)
    own = normal_words(" ".join(first))
    if here & frozenset(own) or any(_nearly(word, other) for word in own for other in here):
        return False
    others = re.finditer(rf"\b(?P<first>[A-Z][\w’'-]+)\s{re.escape(kind)}\b", text)
    return any(match["first"].lower() not in STOP_WORDS for match in others)


def _nearly(word: str, other: str) -> bool:
    """Whether two words are one name spelt in two ways, as "Pärnu" and "Parnu" or "Labour" and "Labor"."""
    one, two = without_accents(word), without_accents(other)
    return one[:1] == two[:1] and SequenceMatcher(None, one, two).ratio() >= _SPELT_ALIKE
