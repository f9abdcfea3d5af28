"""Reads the passages that were found and ranks them by how well they answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.language.abbreviations import OtherName
from assistant.language.asking import asking_part
from assistant.reading.base import Reader, Reading, Text
from assistant.retrieval.base import Retriever
from assistant.types import Filters, Passage

DEPTH = 12
READING_WEIGHT = 0.3
"""How much of the score is the reader's; measured: docs/quality.md, "Reading"."""

_SOFTNESS = 2.0  # the log-odds are divided by it: the reader is surer than it should be


class RerankedRetriever:
    """Wraps a retriever with absolute scores; of the first `depth` passages those that answer the question rank first.

    The score is `weight` times the probability that the passage answers (the logistic function of half the reader's
    relevance) plus the rest times the inner score, so that a passage which nobody could read keeps its order behind
    those that were read.
    """

    def __init__(self, inner: Retriever, reader: Reader, *, depth: int = DEPTH, weight: float = READING_WEIGHT) -> None:
        self._inner = inner
        self._reader = reader
        self._depth = depth
        self._weight = weight

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """The k passages that answer the query best, best first; scores lie in [0, 1]."""
        found = self._inner.retrieve(query, k=max(k, self._depth), filters=filters)
        return reranked(query, found, self._reader, depth=self._depth, weight=self._weight)[:k]


def reranked(
    query: str,
    found: Sequence[Passage],
    reader: Reader,
    *,
    depth: int = DEPTH,
    weight: float = READING_WEIGHT,
    other_names: Sequence[OtherName] = (),
) -> list[Passage]:
    """All the passages that were found, after the first `depth` of them were read; see `RerankedRetriever`.

    `other_names` are what documents call otherwise than the query does.
    """
    readings = read_by(reader, query, found[:depth], other_names)
    relevance = [reading.relevance if reading else -math.inf for reading in readings]
    relevance += [-math.inf] * (len(found) - len(relevance))
    return rank_by_reading(found, relevance, weight=weight)


def read_by(
    reader: Reader, question: str, passages: Sequence[Passage], other_names: Sequence[OtherName] = ()
) -> list[Reading | None]:
    """What a reader says of each passage; of one that calls what is asked by another name, asked by that name.

    Of a query that tells something first only the sentence that asks is read (docs/reading-model.md has the figures).
    """
    asked = asking_part(question)
    questions = [_in_words_of(passage, asked, other_names) for passage in passages]
    found: dict[int, Reading | None] = {}
    for each in dict.fromkeys(questions):
        places = [place for place, own in enumerate(questions) if own == each]
        found |= zip(places, reader.read(each, [text_of(passages[place]) for place in places]), strict=True)
    return [found[place] for place in range(len(passages))]


def _in_words_of(passage: Passage, question: str, other_names: Sequence[OtherName]) -> str:
    text = f"{passage.source.title} | {passage.chunk.text}"
    for name in other_names:
        if name.counts_in(passage.chunk.document_id) and name.is_all_that_is_told_in(text):
            question = name.in_words_of_documents(question)
    return question


def rank_by_reading(
    passages: Sequence[Passage], relevance: Sequence[float], *, weight: float = READING_WEIGHT
) -> list[Passage]:
    """All the passages with their new scores, ranked anew from 1; equal ones keep their order."""
    scored = [
        replace(passage, score=weight * _logistic(odds) + (1 - weight) * passage.score)
        for passage, odds in zip(passages, relevance, strict=True)
    ]
    ordered = sorted(scored, key=lambda passage: (-passage.score, passage.rank))
    return [replace(passage, rank=rank) for rank, passage in enumerate(ordered, start=1)]


def text_of(passage: Passage) -> Text:
    """A passage as the reader sees it."""
    chunk = passage.chunk
    return Text(passage.source.title, chunk.text, tuple(span.shifted(-chunk.span.start) for span in chunk.sentences))


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds / _SOFTNESS))
