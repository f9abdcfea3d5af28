"""What this room needs of an index: nearest vectors, words, word statistics, and the passages behind the ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.embedding.base import Vectors
from assistant.types import Chunk, Filters, Passage, Source


class SearchableIndex(Protocol):
    """A read view of the index. Hits are pairs of chunk id and score, best first."""

    @property
    def chunk_count(self) -> int:
        """How many chunks can be found."""
        ...

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> Sequence[tuple[str, float]]:
        """The k chunks nearest to a unit vector of shape (dimensions,), with their cosines."""
        ...

    def search_words(
        self,
        expression: str,
        k: int,
        filters: Filters = Filters(),
        *,
        weights: tuple[float, float, float] = (1.0, 1.0, 1.0),
    ) -> Sequence[tuple[str, float]]:
        """The k best chunks for an FTS5 expression with their BM25 scores, larger is better.

        `weights` are those of the columns title, headings and text.
        """
        ...

    def document_frequency(self, terms: Sequence[str]) -> Mapping[str, int]:
        """In how many chunks each word occurs (stemmed as in the search, in any column); 0 for unknown ones."""
        ...

    def chunks(self, ids: Sequence[str]) -> Sequence[tuple[Chunk, Source]]:
        """The chunks in the order of the ids, with the heads of their documents; unknown ids are left out."""
        ...

    def chunk_vectors(self, ids: Sequence[str]) -> Mapping[str, Vectors]:
        """The stored unit vectors of these chunks, shape (dimensions,); unknown ids are left out."""
        ...


def read_passages(index: SearchableIndex, hits: Sequence[tuple[str, float]], *, retriever: str) -> list[Passage]:
    """The passages behind hits, ranked from 1 in their order; hits that the index no longer knows are left out."""
    scores = dict(hits)
    return [
        Passage(chunk=chunk, source=source, rank=rank, score=scores[chunk.id], retriever=retriever)
        for rank, (chunk, source) in enumerate(index.chunks([chunk_id for chunk_id, _ in hits]), start=1)
    ]
