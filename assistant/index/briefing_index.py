"""The index as everybody else sees it: opened by one process, asked from many threads, synced from a folder."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Literal

import numpy as np

from assistant.chunking.base import Chunker
from assistant.embedding.base import Embedder, Vectors
from assistant.errors import InputError, StorageError, SyncRunning, VectorsUnavailable
from assistant.index.base import Parser, VectorSearch
from assistant.index.lock import FolderLock
from assistant.index.opening import DATABASE, Built, close_store, open_store
from assistant.index.preparing import Preparer
from assistant.index.report import SyncEvent, SyncReport
from assistant.index.rows import FileRow
from assistant.index.store import Store
from assistant.index.sync import Sync
from assistant.index.word_search import Weights
from assistant.language.abbreviations import Definition
from assistant.types import Chunk, Document, Filters, Source


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How the index is: its size, which engine answered the last search for near passages, and why.

    `ghosts` counts hits of the vector index that SQLite did not know; they were dropped.
    """

    documents: int
    chunks: int
    engine: Literal["chroma", "exact", "none yet"]
    reason: str
    ghosts: int


class BriefingIndex:
    """Documents, words and vectors of one index folder.

    Near passages are searched by Chroma once a child process has proved it, and by comparing with every vector until
    then, whenever Chroma is behind, and whenever filters are given: answers are the same, only their speed differs.
    Use `open`, as a context manager.
    """

    def __init__(
        self,
        folder: Path,
        *,
        embedder: Embedder,
        chunker: Chunker,
        command: str,
        vectors: VectorSearch | None,
        rebuild: bool = False,
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._chunker = chunker
        self._vectors = vectors
        self._vectors_at = 0
        self._vectors_guard = threading.Lock()
        self._syncing = threading.Lock()
        self._engine: tuple[Literal["chroma", "exact", "none yet"], str] = ("none yet", "nothing was asked yet")
        self._ghosts = 0
        self._lock = FolderLock(folder, command=command)
        self._lock.acquire()
        try:
            built = Built(embedder.fingerprint, chunker.fingerprint, embedder.dimensions)
            self._opened = open_store(folder, built, rebuild=rebuild)
        except BaseException:
            self._lock.release()
            raise
        self._warnings = self._opened.warnings

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        embedder: Embedder,
        chunker: Chunker,
        command: str = "assistant",
        chroma_url: str | None = None,
        rebuild: bool = False,
    ) -> BriefingIndex:
        """Opens the index folder for this process, `command` saying to others who it is.

        Raises IndexBusy where another process has it, IndexMismatch where it was built with another embedder or
        chunker (`rebuild` starts it again), IndexDamaged where a newer program wrote it, StorageError where the
        folder cannot be written. Chroma is imported when it is first asked.
        """
        from assistant.index.vectors.index import VectorIndex  # the only edge between the two halves of this room

        vectors = VectorIndex(folder, folder / DATABASE, embedder.dimensions, chroma_url)
        return cls(folder, embedder=embedder, chunker=chunker, command=command, vectors=vectors, rebuild=rebuild)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What happened on opening that a person must know, such as a damaged database."""
        return self._warnings

    @property
    def store(self) -> Store:
        """The SQLite side, for searches that this class does not pass on."""
        return self._opened.store

    @property
    def vectors(self) -> VectorSearch | None:
        """The Chroma side, for those who wait for its proof."""
        return self._vectors

    def announce(self, url: str, key: str | None = None) -> None:
        """Lets a second process that finds the folder in use know where this one serves."""
        self._lock.announce(url, key)

    def sync(
        self,
        corpus: Path,
        *,
        parse: Parser,
        suffixes: Collection[str],
        readers: str = "",
        clock: Callable[[], int] = time.time_ns,
    ) -> Iterator[SyncEvent]:
        """Brings the index up to the corpus folder; the last event is a SyncReport. Questions go on meanwhile."""
        with self._alone():
            preparer = Preparer(parse, self._chunker, self._embedder)
            run = Sync(self.store, self._embedder, preparer, suffixes=suffixes, readers=readers, clock=clock)
            for event in run.run(corpus, self._warnings):
                if isinstance(event, SyncReport):
                    try:  # after a kill, vectors may be left over although no file changed
                        self._bring_vectors_up_to_date()
                    except (StorageError, VectorsUnavailable) as error:
                        event = replace(event, warnings=(*event.warnings, f"{error}; answers come by exact search"))
                yield event

    def forget(self, path: str, *, delete: Callable[[], None] | None = None) -> None:
        """Takes the documents of a file out of the index while the file stays, until it changes or `restore`.

        With `delete`, which is called first, the file goes, too: one of the same content that comes later is read.
        Raises SyncRunning while a sync is running.
        """
        with self._alone():
            row = self._file(path)
            if delete is not None:
                delete()
                row = replace(row, file_hash="")  # by its hash a later file would be taken for this one, renamed
            self.store.replace_file(replace(row, status="removed", reason="taken out by hand", warnings=()), (), {})
            self.store.remove_unused_vectors()
            self._bring_vectors_up_to_date()

    def restore(self, path: str) -> None:
        """Undoes `forget`: the next sync reads the file again. Raises SyncRunning while a sync is running."""
        with self._alone():
            if self._file(path).status == "removed":
                self.store.remove_file(path)

    def files(self) -> list[FileRow]:
        """Every file that was looked at, with what became of it, ordered by path."""
        return self.store.files()

    def sources(self) -> tuple[Source, ...]:
        """The heads of all documents, ordered by path."""
        return self.store.sources()

    def documents(self) -> list[Document]:
        """All documents with their texts, ordered by path."""
        return self.store.documents()

    def document(self, id_or_path: str) -> Document | None:
        """The document with this id or path, or None."""
        return self.store.document(id_or_path)

    def chunks(self, ids: Sequence[str]) -> list[tuple[Chunk, Source]]:
        """The chunks in the order of `ids`, each with the head of its document; unknown ids are left out."""
        return self.store.chunks(ids)

    def chunks_of(self, document_id: str, ordinals: range | None = None) -> list[Chunk]:
        """The chunks of one document, in order, of `ordinals` only those."""
        return self.store.chunks_of(document_id, ordinals)

    @property
    def chunk_count(self) -> int:
        """How many chunks can be found."""
        return self.store.chunk_count

    def chunk_vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The stored unit vectors (shape (dimensions,)) of these chunks; unknown ids are left out."""
        return self.store.chunk_vectors(ids)

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many chunks each word occurs; see `Store.document_frequency`."""
        return self.store.document_frequency(terms)

    def mentioning(
        self, terms: Sequence[str], filters: Filters = Filters(), *, names: Sequence[str] = ()
    ) -> tuple[Source, ...]:
        """The heads of the documents that have any of these words or phrases; see `Store.mentioning`."""
        return self.store.mentioning(terms, filters, names=names)

    def nearest_name(self, readings: Sequence[Sequence[str]]) -> tuple[int, str] | None:
        """The first of some readings that is spelt much like a name in the documents; see `Store.nearest_name`."""
        return self.store.nearest_name(readings)

    def definitions(self, shorts: Sequence[str]) -> list[tuple[str, Definition]]:
        """All definitions of these abbreviations, each with the id of the document that has it."""
        return self.store.definitions(shorts)

    def search_words(
        self, expression: str, k: int, filters: Filters = Filters(), *, weights: Weights = (1.0, 1.0, 1.0)
    ) -> list[tuple[str, float]]:
        """See `Store.search_words`."""
        return self.store.search_words(expression, k, filters, weights=weights)

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[str, float]]:
        """The k chunks nearest to a unit vector, best first, as (chunk id, cosine)."""
        if filters:
            self._engine = ("exact", "filters are searched exactly")
            return self.store.exact_nearest(vector, k, filters)
        try:
            hits = self._nearest_by_chroma(vector, k)
            self._engine = ("chroma", "the vector index is proved")
        except VectorsUnavailable as error:
            hits = self.store.exact_nearest(vector, k)
            self._engine = ("exact", str(error))
        return hits

    def warm_up(self) -> None:
        """Starts proving the vector index and reads the vectors for exact search, so that the first answer is fast."""
        self.store.exact()
        if self._vectors is not None:
            self._vectors.prove()

    def wait_until_proved(self, timeout: float) -> bool:
        """Waits until an opened vector index is proved; False when `timeout` seconds were not enough."""
        with self._vectors_guard:
            vectors = self._vectors
        return vectors is None or vectors.wait_until_proved(timeout)

    def vector_problem(self) -> str | None:
        """Why near passages are searched exactly until something is mended; None where all is well or under way."""
        return self._vectors.problem() if self._vectors is not None else None

    def status(self) -> IndexStatus:
        """How the index is now."""
        engine, reason = self._engine
        return IndexStatus(len(self.store.sources()), self.store.chunk_count, engine, reason, self._ghosts)

    def close(self) -> None:
        """Closes everything and gives the folder back; calling it again does nothing."""
        try:
            if self._vectors is not None:
                self._vectors.close()
        finally:
            try:
                close_store(self._opened)
            finally:
                self._lock.release()

    def __enter__(self) -> BriefingIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _nearest_by_chroma(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        if self._vectors is None:
            raise VectorsUnavailable("no vector index is set up")
        if self._vectors_at != self.store.revision:
            raise VectorsUnavailable("the vector index is behind the last change of the documents")
        keys = [key for key, _ in self._vectors.nearest(vector, k)]
        chunk_ids = self.store.chunk_ids_of(keys)
        if len(chunk_ids) < len(set(keys)):
            self._ghosts += len(set(keys)) - len(chunk_ids)
            raise VectorsUnavailable("the vector index named passages that do not exist")
        # cosines by our own float32 product, so that both engines give the same numbers
        found = self.store.vectors(keys)
        query = vector.astype(np.float32, copy=False).reshape(-1)
        hits = [(chunk_id, float(found[key] @ query)) for key in dict.fromkeys(keys) for chunk_id in chunk_ids[key]]
        return sorted(hits, key=lambda hit: -hit[1])[:k]

    def _bring_vectors_up_to_date(self) -> None:
        """Starts it in the background; exact search answers meanwhile."""
        with self._vectors_guard:
            if self._vectors is not None:
                revision = self.store.revision
                self._vectors.apply_changes()
                self._vectors_at = revision

    def _file(self, path: str) -> FileRow:
        for row in self.store.files():
            if row.path == path:
                return row
        raise InputError(f"there is no file {path!r} in the index: name one as the list of documents shows it")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One change of the documents at a time, in the folder that was opened."""
        if not self._syncing.acquire(blocking=False):
            raise SyncRunning("the briefings are being indexed already: wait until that has finished")
        try:
            if not self._lock.in_place():
                raise StorageError(
                    f"the index folder {self._folder} was moved or replaced while it was open: start the program again"
                )
            yield
        finally:
            self._syncing.release()
