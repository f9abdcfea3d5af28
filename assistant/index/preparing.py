"""Turns one file into documents and chunks that are ready to be embedded, or into the reason why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.chunking.base import Chunker
from assistant.embedding.base import Embedder
from assistant.errors import UnreadableFile
from assistant.files import sha256_of
from assistant.index.base import Parser
from assistant.index.plan import Work
from assistant.index.rows import vector_key
from assistant.types import Chunk, Document


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read: its documents with their chunks and vector keys, and the text behind each key."""

    work: Work
    documents: Sequence[tuple[Document, Sequence[tuple[Chunk, str]]]]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read; `passing` where another try may well succeed."""

    work: Work
    reason: str
    passing: bool


class Preparer:
    """Reads, cuts and checks a file; nothing it does touches the index."""

    def __init__(self, parse: Parser, chunker: Chunker, embedder: Embedder) -> None:
        self._parse = parse
        self._chunker = chunker
        self._embedder = embedder

    def prepare(self, work: Work) -> Prepared | Failure:
        """The file's documents and chunks, or why it has none; never half a version of it."""
        try:
            documents = list(self._parse(work.absolute, work.row.path))
            if sha256_of(work.absolute) != work.row.file_hash:
                return Failure(work, "the file changed while it was being read", True)
        except UnreadableFile as error:
            return Failure(work, str(error), work.row.file_hash == "" or not self._is_same(work))
        except FileNotFoundError:
            return Failure(work, "the file vanished while it was being read", True)
        except OSError as error:
            return Failure(work, f"the file cannot be read: {error.strerror or error}", True)
        reason = _fault(documents, work.row.path)
        if reason is not None:
            return Failure(work, reason, False)
        texts: dict[str, str] = {}
        cut: list[tuple[Document, Sequence[tuple[Chunk, str]]]] = []
        for document in documents:
            keyed: list[tuple[Chunk, str]] = []
            for chunk in self._chunker.chunk(document):
                if chunk.span.of(document.text) != chunk.text:
                    raise ValueError(f"the chunker cut {document.source.path!r} wrongly at {chunk.span}")
                text = self._chunker.embedded_text(document, chunk)
                key = vector_key(self._embedder.fingerprint, text)
                texts[key] = text
                keyed.append((chunk, key))
            cut.append((document, keyed))
        if not texts:
            return Failure(work, "no text found in it", False)
        return Prepared(work, cut, texts)

    def _is_same(self, work: Work) -> bool:
        """Whether the file is still the one that was looked at, so that its failure is worth remembering."""
        try:
            return sha256_of(work.absolute) == work.row.file_hash
        except OSError:
            return False


def _fault(documents: Sequence[Document], path: str) -> str | None:
    """Why documents cannot be stored, or None."""
    if len({document.id for document in documents}) < len(documents):
        return "two documents in it have the same name"
    for document in documents:
        head = document.source
        if document.file != path:
            return f"its reader says that it belongs to another file ({document.file!r})"
        texts = (
            document.text,
            head.path,
            head.title,
            head.media_type,
            head.publisher or "",
            head.author or "",
            head.document_id,
        )
        try:
            for text in texts:
                text.encode("utf-8")
        except UnicodeEncodeError:
            return "its text holds half characters (lone surrogates) that cannot be stored"
    return None
