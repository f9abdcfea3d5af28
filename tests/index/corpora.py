"""Small documents and a plain parser for the tests of the index."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.errors import UnreadableFile
from assistant.index.rows import FileRow, vector_key
from assistant.index.store import Store
from assistant.types import Document, Source

DIMENSIONS = 32
SUFFIXES = frozenset({".md", ".txt"})


def embedder(name: str = "hashing", dimensions: int = DIMENSIONS) -> HashingEmbedder:
    return HashingEmbedder(dimensions, max_tokens=32, name=name)


def chunker(max_tokens: int = 32) -> SentenceChunker:
    return SentenceChunker(embedder().count_tokens, max_tokens=max_tokens)


def document(
    path: str, text: str, *, day: date | None = None, publisher: str | None = None, file: str | None = None
) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document_id = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    head = Source(document_id, path, "Briefing", "text/plain", digest, day, publisher)
    return Document(head, text, file or path)


def parse(path: Path, relative: str) -> Sequence[Document]:
    """Any file is one document titled "Briefing", except an empty one and one that says BROKEN."""
    text = path.read_text(encoding="utf-8", errors="replace").strip()
    if not text:
        raise UnreadableFile("no text found")
    if "BROKEN" in text:
        raise UnreadableFile("the file is broken")
    return [document(relative, text)]


def put(store: Store, *documents: Document) -> None:
    """Stores each document as one file, embedded by hashing."""
    model, cutter = embedder(), chunker()
    for one in documents:
        chunks = [(chunk, vector_key(model.fingerprint, chunk.text)) for chunk in cutter.chunk(one)]
        vectors = model.encode([chunk.text for chunk, _ in chunks])
        store.replace_file(
            FileRow(one.file, len(one.text), 1, one.source.content_hash, "indexed"),
            [(one, chunks)],
            {key: vector for (_, key), vector in zip(chunks, vectors, strict=True)},
        )
