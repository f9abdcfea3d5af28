"""A small corpus in memory for the tests of this room: real chunks, cosines and word overlap, no index."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.base import Embedder
from assistant.language.abbreviations import Definition, definitions
from assistant.language.words import content_words, stem, stems
from assistant.types import Chunk, Document, Filters, Heading, Passage, Source, Span


def document(path: str, text: str, *, title: str = "", day: date | None = None) -> Document:
    """A document whose lines that begin with "# " are headings."""
    headings, position = [], 0
    for line in text.split("\n"):
        if line.startswith("# "):
            headings.append(Heading(1, Span(position, position + len(line))))
        position += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(path, path, title or path, "text/plain", digest, date=day)
    return Document(source, text, path, headings=tuple(headings))


class MemoryCorpus:
    """A Retriever and the word statistics over documents held in memory."""

    def __init__(self, documents: Iterable[Document], embedder: Embedder) -> None:
        self.documents = {d.id: d for d in documents}
        self._embedder = embedder
        chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
        self._chunks = [(chunk, d) for d in self.documents.values() for chunk in chunker.chunk(d)]
        self._vectors = embedder.encode([chunker.embedded_text(d, chunk) for chunk, d in self._chunks])
        self._stems = [_stems_of(chunk, d) for chunk, d in self._chunks]
        self.queries: list[str] = []

    @property
    def chunk_count(self) -> int:
        return len(self._chunks)

    def document_frequency(self, terms: Sequence[str], /) -> Mapping[str, int]:
        return {t: sum({stem(w) for w in t.split()} <= found for found in self._stems) for t in terms}

    def definitions(self, shorts: Sequence[str], /) -> Sequence[tuple[str, Definition]]:
        return [(d.id, each) for d in self.documents.values() for each in definitions(d.text) if each.short in shorts]

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> Sequence[Passage]:
        self.queries.append(query)
        if not self._chunks:
            return []
        wanted = {s: math.log(1 + self.chunk_count / (1 + self.document_frequency([s])[s])) for s in stems(query)}
        total = sum(wanted.values()) or 1.0
        cosines = self._vectors @ self._embedder.encode([query])[0]
        scored = []
        for (chunk, d), found, cosine in zip(self._chunks, self._stems, cosines, strict=True):
            if filters.allows(d.source):
                share = sum(weight for s, weight in wanted.items() if s in found) / total
                scored.append((0.5 * float(cosine) + 0.5 * share, chunk, d.source))
        scored.sort(key=lambda item: (-item[0], item[1].id))
        return [
            Passage(chunk, source, rank, score, "memory") for rank, (score, chunk, source) in enumerate(scored[:k], 1)
        ]


def _stems_of(chunk: Chunk, d: Document) -> set[str]:
    return {stem(word) for word in content_words(" ".join([d.source.title, *chunk.headings, chunk.text]))}
