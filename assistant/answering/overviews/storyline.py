"""Which briefings go on with the story of a topic, though they call it otherwise ("the initiative", "the accord")."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import numpy as np

from assistant.answering.candidates import candidates_of, stems_of
from assistant.answering.query import Query, WordStatistics
from assistant.answering.remembering import RememberedVectors
from assistant.language.words import content_words, stem
from assistant.types import Passage

POOL = 96
"""Passages among which such briefings are looked for; they share fewer words with the topic than those that name it."""

_ONE_NAME = 0.9  # of the passages with the rarer word: "Sea" nearly always follows "Black", "deal" not "grain"
_OFTEN = 3  # passages at least: two words may stand together once by chance
_ALL_OF_IT = 0.99
_MOST_OF_IT = 0.6
_SOME_OF_IT = 0.25  # of the topic's weight, in one passage and its title
_TITLED = 2.0  # more than any share
_AS_NEAR = 0.8  # as the most similar document, at least, is one of the story
_NEIGHBOURS = 3
_MOST = 12  # briefings are joined, the best ranked: their sentences are encoded while somebody waits


def joined(
    query: Query,
    told_by: Collection[str],
    passages: Sequence[Passage],
    statistics: WordStatistics,
    vectors: RememberedVectors,
) -> dict[str, list[Passage]]:
    """The documents that go on with what those in `told_by` tell of the topic, by their ids, the best ranked first.

    Each with the passages in which it tells most of it: its first one and the best ranked one. Such a document has a
    date, which gives it its place in the story. Its title names the topic; or it has a passage with most of what makes
    the topic rare, and its beginning is as much like one of the story's as like any other; or a passage with some of
    it, and all its nearest neighbours belong to the story. The likeness tells a port on the Black Sea from one on the
    Red Sea, as both have ships and attacks; the countries that it begins with tell Finland's accession from Sweden's.
    """
    own: dict[str, list[Passage]] = {}
    for passage in passages:
        own.setdefault(passage.source.document_id, []).append(passage)
    parts = _parts(query, statistics)
    countries = frozenset(key for key in query.weights if key.startswith("="))
    shares: dict[str, float] = {}
    telling: dict[str, list[Passage]] = {}
    for document, found in own.items():
        if document in told_by or found[0].source.date is None or not countries <= stems_of(_beginning(found)):
            continue
        stems = {passage.chunk.id: _stems(passage) for passage in found}
        titled = _share(parts, stems_of(found[0].source.title)) >= _ALL_OF_IT
        shares[document] = _TITLED if titled else max(_share(parts, each) for each in stems.values())
        telling[document] = [one for one in found if countries <= stems[one.chunk.id] and candidates_of(one)]
    waiting = [document for document in shares if telling[document] and shares[document] >= _SOME_OF_IT]
    if not waiting or not told_by:
        return {}
    nearest = _nearest({document: _beginning(found) for document, found in own.items()}, vectors)
    story, before = set(told_by), 0
    while len(story) > before:  # a briefing may be nearest to one that has just been joined
        before = len(story)
        story.update(document for document in waiting if _belongs(shares[document], nearest[document], story))
    return {each: _first_and_best(telling[each]) for each in [one for one in waiting if one in story][:_MOST]}


def _belongs(share: float, nearest: Sequence[tuple[str, float]], story: Collection[str]) -> bool:
    """Whether a document belongs to the story, by its share of the topic and by the documents most like it."""
    if share >= _TITLED:
        return True
    if share >= _MOST_OF_IT:
        return any(document in story for document, cosine in nearest if cosine >= _AS_NEAR * nearest[0][1])
    return len(nearest) >= _NEIGHBOURS and all(document in story for document, _ in nearest[:_NEIGHBOURS])


def _first_and_best(passages: Sequence[Passage]) -> list[Passage]:
    first = min(passages, key=lambda passage: passage.chunk.span)
    return [first] if first is passages[0] else [first, passages[0]]


def _parts(query: Query, statistics: WordStatistics) -> Mapping[frozenset[str], float]:
    """The words of a topic with their weights, by their stems; words that make one name are one part of it."""
    words = [word for word in dict.fromkeys(content_words(query.text)) if stem(word) in query.weights]
    pairs = {f"{one} {other}": (one, other) for one, other in pairwise(words)}
    counts = statistics.document_frequency([*words, *pairs])
    part = {key: frozenset((key,)) for key in query.weights}
    for pair, (one, other) in pairs.items():
        if counts[pair] >= max(_OFTEN, _ONE_NAME * min(counts[one], counts[other])):
            whole = part[stem(one)] | part[stem(other)]
            part |= dict.fromkeys(whole, whole)
    return {whole: max(query.weights[key] for key in whole) for whole in part.values()}


def _stems(passage: Passage) -> frozenset[str]:
    """The stems of a passage, with its title and headings."""
    return stems_of(" | ".join([passage.source.title, *passage.chunk.headings, passage.chunk.text]))


def _share(parts: Mapping[frozenset[str], float], stems: frozenset[str]) -> float:
    """The share of the topic's weight that is among the stems."""
    total = sum(parts.values())
    return sum(weight for part, weight in parts.items() if part <= stems) / total if total else 0.0


def _beginning(passages: Sequence[Passage]) -> str:
    """The title of a document and the first of its passages that were found."""
    return f"{passages[0].source.title}. {min(passages, key=lambda passage: passage.chunk.span).chunk.text}"


def _nearest(beginnings: Mapping[str, str], vectors: RememberedVectors) -> Mapping[str, list[tuple[str, float]]]:
    """For each document the others with the cosines of their beginnings to its own, the most similar first."""
    documents = list(beginnings)
    encoded = vectors.encode(list(beginnings.values()))
    cosines = encoded @ encoded.T
    return {
        document: [(documents[at], float(row[at])) for at in np.argsort(-row, kind="stable") if at != place]
        for place, (document, row) in enumerate(zip(documents, cosines, strict=True))
    }
