import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.base import Embedder, Vectors
from assistant.embedding.hashing import HashingEmbedder
from assistant.index.rows import FileRow, vector_key
from assistant.index.store import Store
from assistant.types import Chunk, Document, Filters, Passage, Source, Span


class TinyIndex:
    """A real index.sqlite with the exact search; no vector copy and no corpus folder."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.chunks = store.chunks
        self.search_words = store.search_words
        self.document_frequency = store.document_frequency
        self.chunk_vectors = store.chunk_vectors

    @property
    def chunk_count(self) -> int:
        return self.store.chunk_count

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> Sequence[tuple[str, float]]:
        return self.store.exact_nearest(vector, k, filters)

    def add(self, embedder: Embedder, path: str, text: str, title: str = "", day: date | None = None) -> None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = Source(path, path, title or path, "text/plain", digest, date=day)
        document = Document(source, text, path)
        chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
        chunks = chunker.chunk(document)
        texts = [chunker.embedded_text(document, chunk) for chunk in chunks]
        keys = [vector_key(embedder.fingerprint, text) for text in texts]
        self.store.replace_file(
            FileRow(path, len(text), 0, digest, "indexed"),
            [(document, list(zip(chunks, keys, strict=True)))],
            dict(zip(keys, embedder.encode(texts), strict=True)),
        )


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[TinyIndex]:
    store = Store(tmp_path / "index.sqlite", dimensions=384)
    yield TinyIndex(store)
    store.close()


@pytest.fixture
def passage() -> Callable[..., Passage]:
    def make(
        text: str, *, document: str = "a.txt", rank: int = 1, score: float = 0.5, day: date | None = None
    ) -> Passage:
        identity = hashlib.sha256(f"{document}{text}".encode()).hexdigest()[:24]
        span = Span(0, len(text))
        source = Source(document, document, document, "text/plain", "0" * 64, date=day)
        return Passage(Chunk(identity, document, 0, span, text, (span,)), source, rank, score, "given")

    return make
