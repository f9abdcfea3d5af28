"""The product's own store over a question set, and its retriever with some documents hidden."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.base import Embedder, Vectors
from assistant.index.rows import FileRow, vector_key
from assistant.index.store import Store
from assistant.retrieval.base import Retriever
from assistant.types import Chunk, Document, Filters, Passage


class SetIndex:
    """A set's documents in a store of their own, in a folder that is gone after `with`.

    Vectors are searched exactly, as the product does whenever Chroma is not proved.
    """

    def __init__(self, documents: Sequence[Document], embedder: Embedder) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._store = Store(Path(self._folder.name) / "index.sqlite", dimensions=embedder.dimensions)
        self._fill(documents, embedder)
        self.chunk_count = self._store.chunk_count
        self.search_words = self._store.search_words
        self.document_frequency = self._store.document_frequency
        self.chunks = self._store.chunks
        self.chunks_of = self._store.chunks_of
        self.chunk_vectors = self._store.chunk_vectors
        self.definitions = self._store.definitions

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[str, float]]:
        """The k nearest chunks with their cosines."""
        return self._store.exact_nearest(vector, k, filters)

    def __enter__(self) -> SetIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()
        self._folder.cleanup()

    def _fill(self, documents: Sequence[Document], embedder: Embedder) -> None:
        chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
        cut = [(document, chunker.chunk(document)) for document in documents]
        texts = {chunk.id: chunker.embedded_text(document, chunk) for document, chunks in cut for chunk in chunks}
        vectors = dict(zip(texts, embedder.encode(list(texts.values())), strict=True))
        by_file: dict[str, list[tuple[Document, list[tuple[Chunk, str]]]]] = defaultdict(list)
        for document, chunks in cut:
            keyed = [(chunk, vector_key(embedder.fingerprint, texts[chunk.id])) for chunk in chunks]
            by_file[document.file].append((document, keyed))
        for file, parts in by_file.items():
            size = sum(len(document.text) for document, _ in parts)
            row = FileRow(file, size, 0, parts[0][0].source.content_hash, "indexed")
            known = {key: vectors[chunk.id] for _, keyed in parts for chunk, key in keyed}
            self._store.replace_file(row, parts, known)


class WithoutDocuments:
    """A retriever as if some documents had been deleted; word statistics stay as they were."""

    def __init__(self, inner: Retriever) -> None:
        self._inner = inner
        self.deleted: frozenset[str] = frozenset()

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> Sequence[Passage]:
        """At most k passages of the documents that are left, best first."""
        found = self._inner.retrieve(query, k=k + 30 if self.deleted else k, filters=filters)
        kept = [passage for passage in found if passage.source.document_id not in self.deleted][:k]
        return [replace(passage, rank=rank) for rank, passage in enumerate(kept, start=1)]
