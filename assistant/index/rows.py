"""Documents, chunks and files as rows of index.sqlite, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from assistant.embedding.base import Vectors
from assistant.types import Chunk, Document, Heading, Locator, Page, Source, Span

FileStatus = Literal["indexed", "failed", "removed"]

SOURCE_COLUMNS = "d.id, d.path, d.title, d.media_type, d.content_hash, d.date, d.publisher, d.author"
DOCUMENT_COLUMNS = f"{SOURCE_COLUMNS}, d.text, d.file, d.headings, d.pages, d.warnings"
CHUNK_COLUMNS = (
    'c.id, c.document_id, c.ordinal, c.start, c."end", c.text, c.headings, c.page_index, c.page_label, c.sentences, '
    "c.locators"
)

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is known about one file of the corpus folder.

    `removed` is a file whose documents a person took out of the index while the file stays. `checked_ns` is the time
    at which the file's size and time of change were read (nanoseconds since 1970).
    """

    path: str
    size: int
    mtime_ns: int
    file_hash: str
    status: FileStatus
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    checked_ns: int = 0


def vector_key(fingerprint: str, text: str) -> str:
    """Under which the vector of `text` is kept: 32 hex digits of the sha256 of embedder and embedded text."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def vector_blob(vector: Vectors) -> bytes:
    """float32, little endian."""
    return vector.astype("<f4", copy=False).tobytes()


def vectors_from(blobs: Sequence[bytes], dimensions: int) -> Vectors:
    """Blobs as one array of shape (len(blobs), dimensions)."""
    flat = np.frombuffer(b"".join(blobs), dtype="<f4").astype(np.float32, copy=False)
    return flat.reshape(len(blobs), dimensions)


def file_row(row: Row) -> FileRow:
    """A row of `files`, all columns."""
    path, size, mtime_ns, file_hash, status, reason, warnings, checked_ns = row
    return FileRow(
        path=str(path),
        size=_int(size),
        mtime_ns=_int(mtime_ns),
        file_hash=str(file_hash),
        status=_STATUS[str(status)],
        reason=_text_or_none(reason),
        warnings=tuple(json.loads(str(warnings))),
        checked_ns=_int(checked_ns),
    )


def file_values(file: FileRow) -> tuple[object, ...]:
    """A FileRow as values for all columns of `files`."""
    return (
        file.path,
        file.size,
        file.mtime_ns,
        file.file_hash,
        file.status,
        file.reason,
        json.dumps(file.warnings),
        file.checked_ns,
    )


def source(row: Row) -> Source:
    """A row of SOURCE_COLUMNS."""
    document_id, path, title, media_type, content_hash, day, publisher, author = row[:8]
    return Source(
        document_id=str(document_id),
        path=str(path),
        title=str(title),
        media_type=str(media_type),
        content_hash=str(content_hash),
        date=None if day is None else date.fromisoformat(str(day)),
        publisher=_text_or_none(publisher),
        author=_text_or_none(author),
    )


def document(row: Row) -> Document:
    """A row of DOCUMENT_COLUMNS."""
    text, file, headings, pages, warnings = row[8:13]
    return Document(
        source=source(row),
        text=str(text),
        file=str(file),
        headings=tuple(Heading(level, Span(start, end)) for level, start, end in json.loads(str(headings))),
        pages=tuple(Page(index, label, Span(start, end)) for index, label, start, end in json.loads(str(pages))),
        warnings=tuple(json.loads(str(warnings))),
    )


def document_values(document: Document) -> tuple[object, ...]:
    """A Document as values for all columns of `documents`."""
    head = document.source
    return (
        head.document_id,
        document.file,
        head.path,
        head.title,
        document.text,
        head.media_type,
        head.content_hash,
        None if head.date is None else head.date.isoformat(),
        head.publisher,
        head.author,
        json.dumps([(heading.level, heading.span.start, heading.span.end) for heading in document.headings]),
        json.dumps([(page.index, page.label, page.span.start, page.span.end) for page in document.pages]),
        json.dumps(document.warnings),
    )


def chunk(row: Row) -> Chunk:
    """A row of CHUNK_COLUMNS."""
    chunk_id, document_id, ordinal, start, end, text, headings, page_index, page_label, sentences, locators = row[:11]
    return Chunk(
        id=str(chunk_id),
        document_id=str(document_id),
        ordinal=_int(ordinal),
        span=Span(_int(start), _int(end)),
        text=str(text),
        sentences=tuple(Span(first, last) for first, last in json.loads(str(sentences))),
        headings=tuple(json.loads(str(headings))),
        page_index=None if page_index is None else _int(page_index),
        page_label=_text_or_none(page_label),
        locators=tuple(Locator(at, tuple(above), *page) for at, above, *page in json.loads(str(locators))),
    )


def chunk_values(chunk: Chunk, key: str) -> tuple[object, ...]:
    """A Chunk and the key of its vector as values for all columns of `chunks` behind the row number."""
    return (
        chunk.id,
        chunk.document_id,
        chunk.ordinal,
        chunk.span.start,
        chunk.span.end,
        chunk.text,
        json.dumps(chunk.headings),
        chunk.page_index,
        chunk.page_label,
        json.dumps([(sentence.start, sentence.end) for sentence in chunk.sentences]),
        json.dumps([(each.start, each.headings, each.page_index, each.page_label) for each in chunk.locators]),
        key,
    )


_STATUS: dict[str, FileStatus] = {"indexed": "indexed", "failed": "failed", "removed": "removed"}


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"the index database holds {value!r} where a number belongs")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)
