"""The product's own store over a question set, and its retriever with some documents hidden."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.base import Embedder, Vectors
from assistant.index.rows import FileRow
from assistant.index.store import Store
from assistant.retrieval.fused import FusedRetriever
from assistant.types import Chunk, Document, Filters, Passage, Source


class SetIndex:
    """A set's documents in a store of their own (exact search, no Chroma): what the retriever searches."""

    def __init__(self, documents: Sequence[Document], embedder: Embedder) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._store = Store(Path(self._folder.name) / "index.sqlite", dimensions=embedder.dimensions)
        chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
        cut = [(d, chunker.chunk(d)) for d in documents]
        texts = [chunker.embedded_text(d, chunk) for d, chunks in cut for chunk in chunks]
        vectors = iter(zip(texts, embedder.encode(texts), strict=True))
        for number, (d, chunks) in enumerate(cut):
            keyed, stored = [], {}
            for chunk in chunks:
                text, vector = next(vectors)
                key = hashlib.sha256(text.encode()).hexdigest()[:32]
                keyed.append((chunk, key))
                stored[key] = vector
            row = FileRow(d.file, len(d.text), number, d.source.content_hash, "indexed")
            self._store.replace_file(row, [(d, keyed)], stored)
        self.chunk_count = self._store.chunk_count
        self._counts: dict[str, int] = {}

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> Sequence[tuple[str, float]]:
        """The nearest chunks, by exact search."""
        return self._store.exact_nearest(vector, k, filters)

    def search_words(
        self,
        expression: str,
        k: int,
        filters: Filters = Filters(),
        *,
        weights: tuple[float, float, float] = (1.0, 1.0, 1.0),
    ) -> Sequence[tuple[str, float]]:
        """The chunks that match an FTS5 expression."""
        return self._store.search_words(expression, k, filters, weights=weights)

    def document_frequency(self, terms: Sequence[str], /) -> Mapping[str, int]:
        """In how many chunks each word occurs, remembered between questions."""
        new = [term for term in terms if term not in self._counts]
        self._counts.update(self._store.document_frequency(new))
        return {term: self._counts[term] for term in terms}

    def chunks(self, ids: Sequence[str]) -> Sequence[tuple[Chunk, Source]]:
        """The chunks with these ids."""
        return self._store.chunks(ids)

    def chunk_vectors(self, ids: Sequence[str]) -> Mapping[str, Vectors]:
        """The stored vectors of these chunks."""
        return self._store.chunk_vectors(ids)


class WithoutDocuments:
    """The retriever as if some documents had been deleted; word statistics stay as they were."""

    def __init__(self, inner: FusedRetriever) -> None:
        self._inner = inner
        self.deleted: frozenset[str] = frozenset()

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> Sequence[Passage]:
        """At most k passages of the documents that are left, best first."""
        found = self._inner.retrieve(query, k=k + 30 if self.deleted else k, filters=filters)
        kept = [passage for passage in found if passage.source.document_id not in self.deleted][:k]
        return [replace(passage, rank=rank) for rank, passage in enumerate(kept, start=1)]
