"""Exact nearest-neighbour search over vectors held in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.base import Vectors


@dataclass(frozen=True, slots=True)
class ExactSearch:
    """Compares a query with every vector: no approximation, so nothing can be missed.

    Row i of `matrix` (shape (n, dimensions), unit length) belongs to chunk `chunk_ids[i]` of the document
    `document_ids[documents[i]]`.
    """

    matrix: Vectors
    chunk_ids: Sequence[str]
    documents: NDArray[np.int32]
    document_ids: Sequence[str]

    def nearest(self, vector: Vectors, k: int, allowed: frozenset[str] | None = None) -> list[tuple[str, float]]:
        """The k chunks with the largest cosine, best first; equal ones in the order of the index.

        `vector` has unit length; `allowed` limits the search to these documents.
        """
        if k <= 0 or not len(self.chunk_ids):
            return []
        scores = self.matrix @ vector.astype(np.float32, copy=False).reshape(-1)
        rows = np.arange(len(scores))
        if allowed is not None:
            passes = np.array([document_id in allowed for document_id in self.document_ids], dtype=bool)
            rows = np.flatnonzero(passes[self.documents])
            scores = scores[rows]
        if len(scores) > k:
            # every row at least as good as the k-th, so that ties are cut in index order and not at random
            floor = np.partition(scores, len(scores) - k)[len(scores) - k]
            keep = np.flatnonzero(scores >= floor)
            rows, scores = rows[keep], scores[keep]
        order = np.lexsort((rows, -scores))[:k]
        return [(self.chunk_ids[rows[place]], float(scores[place])) for place in order]
