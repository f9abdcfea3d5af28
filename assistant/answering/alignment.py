"""Which sentences of a passage carry a written sentence, and in which words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.language.words import stems
from assistant.types import Passage, Span

_NEAR = 2  # sentences apart, at most, that carry one claim together
_SENTENCE = 0.06  # of coverage that a second sentence must add to be worth reading


@dataclass(frozen=True, slots=True)
class Carrier:
    """One sentence of a passage, or two near each other, with how much of a claim they carry.

    `spans` are the sentences in the document, in order, and `text` their words with a space between. `coverage` is the
    share of the claim's content words that stand in them (0 to 1, rare words count more), `missing` the stems that
    do not.
    """

    passage: Passage
    spans: tuple[Span, ...]
    text: str
    coverage: float
    missing: frozenset[str]


def rarity(passages: Sequence[Passage]) -> Mapping[str, float]:
    """The weight of each stem: the logarithm of the number of sentences in the passages over those that have it."""
    counts = Counter(word for passage in passages for text in _sentences(passage) for word in set(stems(text)))
    total = sum(len(passage.chunk.sentences) for passage in passages)
    return {word: math.log(1 + total / count) for word, count in counts.items()}


def carriers(claim: str, passages: Sequence[Passage], weights: Mapping[str, float]) -> list[Carrier]:
    """The best carrier of each passage that has a content word of the claim, best first.

    `weights` are those of `rarity`; a stem that they lack is as rare as any.
    """
    rarest = max(weights.values(), default=1.0)
    wanted = {word: weights.get(word, rarest) for word in stems(claim)}
    found = [best for passage in passages if (best := _best(wanted, passage)) is not None]
    return sorted(found, key=lambda carrier: -carrier.coverage)


def _sentences(passage: Passage) -> Iterator[str]:
    chunk = passage.chunk
    return (span.shifted(-chunk.span.start).of(chunk.text) for span in chunk.sentences)


def _best(wanted: Mapping[str, float], passage: Passage) -> Carrier | None:
    texts = list(_sentences(passage))
    held = [frozenset(stems(text)) & wanted.keys() for text in texts]
    total = sum(wanted.values())
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for first in range(len(texts)):
        for last in range(first, min(len(texts), first + _NEAR + 1)):
            rows = (first,) if first == last else (first, last)
            share = sum(wanted[word] for word in frozenset().union(*(held[row] for row in rows))) / total
            score = share - _SENTENCE * len(rows)
            if share and (not best[1] or score > best[0]):
                best = (score, rows)
    if not best[1]:
        return None
    found = frozenset().union(*(held[row] for row in best[1]))
    return Carrier(
        passage,
        tuple(passage.chunk.sentences[row] for row in best[1]),
        " ".join(texts[row] for row in best[1]),
        sum(wanted[word] for word in found) / total,
        frozenset(wanted) - found,
    )
