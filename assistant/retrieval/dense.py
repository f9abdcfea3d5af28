"""Finds passages by meaning: the cosine between the query's vector and the passages' vectors."""

from __future__ import annotations

from assistant.embedding.base import Embedder
from assistant.retrieval.searchable import SearchableIndex, read_passages
from assistant.types import Filters, Passage


class DenseRetriever:
    """Nearest neighbours in the embedding space; the score is the cosine."""

    def __init__(self, index: SearchableIndex, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """The k passages nearest to the query, best first."""
        hits = self._index.nearest(self._embedder.encode([query])[0], k, filters)
        return read_passages(self._index, hits, retriever="dense")
