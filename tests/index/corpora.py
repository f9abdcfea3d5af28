"""Small documents and a plain parser for the tests of the index."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.errors import UnreadableFile
from assistant.index.base import Parser
from assistant.index.briefing_index import BriefingIndex
from assistant.index.report import SyncEvent, SyncReport
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


@dataclass
class Desk:
    """A corpus folder and an index folder, and a model that counts what it reads."""

    corpus: Path
    folder: Path
    model: HashingEmbedder = field(default_factory=embedder)
    cutter: SentenceChunker = field(default_factory=chunker)
    parser: Parser = parse
    ticks: int = 0
    readers: str = ""

    def write(self, path: str, text: str) -> None:
        target = self.corpus / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def open(self, *, rebuild: bool = False) -> BriefingIndex:
        return BriefingIndex(
            self.folder, embedder=self.model, chunker=self.cutter, command="test", vectors=None, rebuild=rebuild
        )

    def events(self, index: BriefingIndex) -> Iterator[SyncEvent]:
        return index.sync(self.corpus, parse=self.parser, suffixes=SUFFIXES, readers=self.readers, clock=self.later)

    def later(self) -> int:
        """The time, far enough ahead that no file counts as changed just now."""
        self.ticks += 1
        return time.time_ns() + self.ticks * 10_000_000_000

    def sync(self, index: BriefingIndex) -> SyncReport:
        *_, report = self.events(index)
        assert isinstance(report, SyncReport)
        return report

    def once(self) -> SyncReport:
        with self.open() as index:
            return self.sync(index)


def statuses(report: SyncReport) -> dict[str, str]:
    return {outcome.path: outcome.status for outcome in report.outcomes}


def texts(index: BriefingIndex) -> dict[str, str]:
    return {document.source.path: document.text for document in index.documents()}
