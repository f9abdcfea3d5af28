"""Folds near-duplicate passages into the best ranked of them and counts the documents they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.language.number_words import SCALES, VALUES
from assistant.language.words import STOP_WORDS, words
from assistant.reading.checks.antonyms import BESIDE, LOOSE, PLAIN
from assistant.reading.checks.terms import key_of
from assistant.retrieval.base import Retriever
from assistant.types import Filters, Passage, Source

_SHINGLE = 3
_MOST_ALIKE = 0.7  # one word changed in a passage of n words costs about 6/n of the resemblance
_NEGATIONS = frozenset(
    "no not never none nobody nothing nor neither without cannot fail failed fails deny denied denies".split()
)
_FRACTIONS = frozenset(
    """half halves third quarter fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth hundredth
    thousandth""".split()
)
_SPELLED = frozenset(
    """dozen once twice thrice double triple first second monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december yesterday today
    tomorrow""".split()
) | frozenset((*VALUES, *SCALES, *_FRACTIONS))
_HOW_MUCH = frozenset("all most many some few".split())
_HEDGES = frozenset("might could reportedly allegedly probably possibly perhaps".split())
_UP_AND_DOWN = (frozenset(("up",)), frozenset(("down",)))  # of prices; in a written sentence they are often of verbs
_PAIRS = (*PLAIN, *LOOSE, *BESIDE, _UP_AND_DOWN)
_TURNING = ("un", "in", "im", "il", "ir", "dis", "non", "mis")  # what is put before a word to make it its opposite


@dataclass(frozen=True, slots=True)
class _Print:
    """What two passages are compared by."""

    words: tuple[str, ...]
    shingles: frozenset[tuple[str, ...]]
    facts: Counter[str]
    names: frozenset[str]


class FoldingRetriever:
    """Wraps a retriever: of near-duplicates only the best ranked is returned, with the others' documents counted.

    Asks the inner retriever for more than k, so that k different passages are left where there are as many.
    """

    def __init__(self, inner: Retriever, *, surplus: float = 2.0) -> None:
        self._inner = inner
        self._surplus = surplus

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """At most k passages, no two of them near-duplicates."""
        return fold(self._inner.retrieve(query, k=round(k * self._surplus), filters=filters))[:k]


def fold(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without near-duplicates, ranked anew from 1; `also_in` names the other documents, each once.

    Two passages are near-duplicates when the Jaccard resemblance of their word 3-shingles (Broder 1997) is at least
    0.7 and every word in which they differ is harmless. They state the same numbers, fractions, dates, negations and
    hedges, and no word of one is the opposite of a word of the other: "raised" and "lowered" are no agreement. A
    passage that has one name where the other has another is a different statement too (any capitalised word that is
    no stop word is taken for a name).
    """
    kept: list[Passage] = []
    prints: list[_Print] = []
    for passage in passages:
        mine = _fingerprint(passage.chunk.text)
        place = next((place for place, other in enumerate(prints) if _same(mine, other)), None)
        if place is None:
            kept.append(passage)
            prints.append(mine)
        else:
            kept[place] = _with_sources(kept[place], (passage.source, *passage.also_in))
    return [replace(passage, rank=rank) for rank, passage in enumerate(kept, start=1)]


def _with_sources(passage: Passage, sources: Sequence[Source]) -> Passage:
    seen = {passage.source.document_id, *(source.document_id for source in passage.also_in)}
    also_in = list(passage.also_in)
    for source in sources:
        if source.document_id not in seen:
            seen.add(source.document_id)
            also_in.append(source)
    return replace(passage, also_in=tuple(also_in))


@lru_cache(maxsize=512)  # the same passages are found for one question after another
def _fingerprint(text: str) -> _Print:
    written = words(text)
    plain = [word.lower().replace("’", "'") for word in written]
    width = min(_SHINGLE, max(1, len(plain)))
    shingles = frozenset(tuple(plain[at : at + width]) for at in range(max(1, len(plain) - width + 1)))
    names = frozenset(
        low for word, low in zip(written, plain, strict=True) if word[0].isupper() and low not in STOP_WORDS
    )
    return _Print(tuple(plain), shingles, Counter(word for word in plain if _is_fact(word)), names)


@lru_cache(maxsize=65536)
def _is_fact(word: str) -> bool:
    """Whether a single such word changes what a passage states: a number, a part, a date, a negation, a hedge."""
    if any(c.isdigit() for c in word) or word in _NEGATIONS | _HOW_MUCH | _HEDGES or word.endswith("n't"):
        return True
    return word in _SPELLED or word.removesuffix("s") in _SPELLED


def _same(one: _Print, other: _Print) -> bool:
    fewer, more = sorted((len(one.shingles), len(other.shingles)))
    if fewer < _MOST_ALIKE * more:  # too few to be so much of all
        return False
    common = len(one.shingles & other.shingles)
    if common < _MOST_ALIKE * (fewer + more - common):
        return False
    swapped = bool(one.names - other.names) and bool(other.names - one.names)
    return one.facts == other.facts and not swapped and not _at_odds(one, other)


def _at_odds(one: _Print, other: _Print) -> bool:
    """Whether the words in which they differ are opposites, or a fact or a name stands where another stands.

    All the words may be the same and their places exchanged: "Wei met Dong", "Dong met Wei".
    """
    in_both = one.names & other.names
    mine: set[str] = set()
    theirs: set[str] = set()
    for kind, start, end, begin, stop in SequenceMatcher(None, one.words, other.words, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        here, there = set(one.words[start:end]), set(other.words[begin:stop])
        telling, against = ({word for word in side if _is_fact(word) or word in in_both} for side in (here, there))
        if telling and against and telling != against:
            return True
        mine |= here
        theirs |= there
    return _opposed(mine, theirs)


def _opposed(mine: set[str], theirs: set[str]) -> bool:
    """Whether a word of one side is the opposite of a word of the other."""
    ours, others = ({key_of(word) or word for word in side} for side in (mine, theirs))
    if any((ours & left and others & right) or (ours & right and others & left) for left, right in _PAIRS):
        return True
    return _turned(mine, theirs) or _turned(theirs, mine)


def _turned(mine: set[str], theirs: set[str]) -> bool:
    return any(prefix + word in theirs for prefix in _TURNING for word in mine)
