"""Finds passages by meaning and by words at once, weighing the two by absolute scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.embedding.base import Embedder, Vectors
from assistant.retrieval.lexical import best_possible_score, query_terms, word_hits
from assistant.retrieval.searchable import SearchableIndex, read_passages
from assistant.types import Filters, Passage

_CANDIDATES = 200  # of each kind
_COVERED = 1000  # how far down the words are followed for the coverage of what the vectors found


@dataclass(frozen=True, slots=True)
class Match:
    """How a passage fits a query, each number comparable between queries and corpora.

    `cosine` (-1 to 1) is that of the vectors; `coverage` (0 to 1) is BM25 divided by the best score the query could
    get, so the share of the query's weight in rare words that the passage holds; `score` is their weighted mean.
    """

    passage: Passage
    cosine: float
    coverage: float

    @property
    def score(self) -> float:
        """The passage's fused score."""
        return self.passage.score


class FusedRetriever:
    """A convex combination of cosine and normalised BM25 (Bruch, Gai and Ingber 2023, on fusion functions).

    Rank fusion forgets how good the best hits are and so trusts words and vectors equally on every query. Both
    scores are kept absolute here: a passage that holds all the query's rare words gains what it deserves even if the
    vectors miss it, and where no passage shares the query's words the cosine decides alone. `dense_weight` is the
    one parameter, the same for all corpora (docs/quality.md has the measurements).
    """

    def __init__(self, index: SearchableIndex, embedder: Embedder, *, dense_weight: float = 0.5) -> None:
        if not 0.0 <= dense_weight <= 1.0:
            raise ValueError(f"dense_weight lies between 0 and 1, got {dense_weight}")
        self._index = index
        self._embedder = embedder
        self._dense_weight = dense_weight

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """The k passages that fit the query best, best first; scores lie in [0, 1] and compare between queries."""
        return [match.passage for match in self.matches(query, k=k, filters=filters)]

    def matches(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Match]:
        """What `retrieve` returns, with the cosine and the coverage of each passage."""
        depth = max(k, _CANDIDATES)
        vector = self._embedder.encode([query])[0]
        cosines = dict(self._index.nearest(vector, depth, filters))
        coverages = self._coverages(query_terms(query), max(k, _COVERED), filters)
        missing = [chunk_id for chunk_id in list(coverages)[:depth] if chunk_id not in cosines]
        cosines.update(self._cosines(vector, missing))
        scores = {chunk_id: self._score(cosine, coverages.get(chunk_id, 0.0)) for chunk_id, cosine in cosines.items()}
        best = sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:k]
        passages = read_passages(self._index, best, retriever="fused")
        return [Match(passage, cosines[passage.chunk.id], coverages.get(passage.chunk.id, 0.0)) for passage in passages]

    def _score(self, cosine: float, coverage: float) -> float:
        score = self._dense_weight * cosine + (1.0 - self._dense_weight) * coverage
        return min(1.0, max(0.0, score))

    def _coverages(self, terms: Sequence[str], k: int, filters: Filters) -> Mapping[str, float]:
        """The share of the query's weight that each of the k best chunks holds; chunks further down count as 0."""
        hits = word_hits(self._index, terms, k, filters)
        best = best_possible_score(self._index, terms) if hits else 0.0
        return {chunk_id: min(1.0, score / best) for chunk_id, score in hits}

    def _cosines(self, vector: Vectors, ids: Sequence[str]) -> Mapping[str, float]:
        """Cosines of chunks that the vector search did not return."""
        return {chunk_id: float(stored @ vector) for chunk_id, stored in self._index.chunk_vectors(ids).items()}
