"""The truth of the index: documents, chunks, vectors and words in one SQLite file, and the searches over them."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.embedding.base import Vectors
from assistant.index import changes, contents, defined, health, nearest_name, rows, schema, word_search
from assistant.index.connections import Connections
from assistant.index.exact import ExactSearch
from assistant.index.rows import FileRow
from assistant.language.abbreviations import Definition
from assistant.types import Chunk, Document, Filters, Source


class Store:
    """index.sqlite. Safe to use from several threads; readers see whole documents only, before or after a change.

    `dimensions` is the length of the vectors. Use `assistant.index.opening.open_store` to open a folder that may
    hold a damaged or older file.
    """

    def __init__(self, path: Path, *, dimensions: int, immutable: bool = False) -> None:
        self.path = path
        self.dimensions = dimensions
        self.immutable = immutable
        self.revision = 0
        """Grows with every change of documents; equal numbers mean equal content."""
        self._connections = Connections(path, immutable=immutable)
        self._guard = threading.Lock()
        self._loading = threading.Lock()
        self._exact: tuple[int, ExactSearch] | None = None
        self._sources: tuple[int, tuple[Source, ...]] | None = None
        try:
            with self._connections.outside_transactions() as connection:
                schema.prepare(connection, path)
        except BaseException:
            self._connections.close()
            raise

    def close(self) -> None:
        """Closes the file; calling it again does nothing."""
        self._connections.close()

    @property
    def damaged(self) -> bool:
        """Whether damage was met since the file was opened."""
        return self._connections.damaged

    def verify(self) -> None:
        """Checks the structure of the file and every offset, hash and vector in it; IndexDamaged on any fault."""
        with self._connections.writing() as connection:  # FTS5 checks itself by a kind of INSERT
            health.verify(connection, self.path)

    # What is stored

    def meta(self, key: str) -> str | None:
        """A value noted under `key`, or None."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Notes the values, all or none."""
        with self._connections.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    def files(self) -> list[FileRow]:
        """Every file that was looked at, ordered by path."""
        with self._connections.reading() as connection:
            return contents.files(connection)

    def sources(self) -> tuple[Source, ...]:
        """The heads of all documents, ordered by path."""
        with self._guard:
            cached, revision = self._sources, self.revision
        if cached is not None and cached[0] == revision:
            return cached[1]
        with self._connections.reading() as connection:
            sources = contents.sources(connection)
        with self._guard:
            self._sources = (revision, sources)
        return sources

    def holdings(self) -> list[tuple[str, Source, int]]:
        """For every document, ordered by path: the file it was read from, its head, and its number of chunks."""
        with self._connections.reading() as connection:
            return contents.holdings(connection)

    def documents(self) -> list[Document]:
        """All documents with their texts, ordered by path; `sources` is cheaper where the heads will do."""
        with self._connections.reading() as connection:
            found = connection.execute(f"SELECT {rows.DOCUMENT_COLUMNS} FROM documents d ORDER BY d.path")  # noqa: S608
            return [rows.document(row) for row in found]

    def document(self, id_or_path: str) -> Document | None:
        """The document with this id or path, or None."""
        with self._connections.reading() as connection:
            return contents.document(connection, id_or_path)

    def documents_of(self, files: Iterable[str]) -> list[str]:
        """The ids of the documents that were read from these files."""
        query = "SELECT id FROM documents WHERE file IN (SELECT value FROM json_each(?)) ORDER BY path"
        with self._connections.reading() as connection:
            return [str(row[0]) for row in connection.execute(query, (json.dumps(list(files)),))]

    def chunks(self, ids: Sequence[str]) -> list[tuple[Chunk, Source]]:
        """The chunks in the order of `ids`, each with the head of its document; unknown ids are left out."""
        with self._connections.reading() as connection:
            return contents.chunks(connection, ids)

    def chunks_of(self, document_id: str, ordinals: range | None = None) -> list[Chunk]:
        """The chunks of one document, in order, of `ordinals` only those; empty for an unknown document."""
        with self._connections.reading() as connection:
            return contents.chunks_of(connection, document_id, ordinals)

    @property
    def chunk_count(self) -> int:
        """How many chunks there are."""
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM chunks").fetchone()[0])

    @property
    def vector_count(self) -> int:
        """How many different vectors there are; identical passages share one."""
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def vectors(self, keys: Iterable[str]) -> dict[str, Vectors]:
        """The vectors (shape (dimensions,)) kept under these keys; unknown keys are left out."""
        with self._connections.reading() as connection:
            return contents.vectors(connection, keys, self.dimensions)

    def chunk_vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors (shape (dimensions,)) of these chunks; unknown ids are left out."""
        with self._connections.reading() as connection:
            return contents.chunk_vectors(connection, ids, self.dimensions)

    def known_keys(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys under which a vector is kept."""
        query = "SELECT key FROM vectors WHERE key IN (SELECT value FROM json_each(?))"
        with self._connections.reading() as connection:
            return {str(row[0]) for row in connection.execute(query, (json.dumps(list(keys)),))}

    def chunk_ids_of(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """For each vector key the ids of the chunks that it stands for, in the order of the index."""
        with self._connections.reading() as connection:
            return contents.chunk_ids_of(connection, keys)

    # Changes, each in one transaction

    def replace_file(
        self,
        file: FileRow,
        documents: Sequence[tuple[Document, Sequence[tuple[Chunk, str]]]],
        vectors: Mapping[str, Vectors],
        *,
        instead_of: Collection[str] = (),
    ) -> None:
        """Puts the documents of `file` in place of all that was stored of it and of the files `instead_of`.

        Each document comes with its chunks and the keys of their vectors; `vectors` holds those that are new.
        """
        with self._connections.writing() as connection:
            changes.delete_documents(connection, [file.path, *instead_of])
            connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in instead_of])
            changes.put_file(connection, file)
            added = connection.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                [(key, rows.vector_blob(vector)) for key, vector in vectors.items()],
            )
            if added.rowcount > 0:
                changes.count_change_of_vectors(connection)
            for document, chunks in documents:
                changes.insert_document(connection, document, chunks)
        self._changed()

    def record_failure(self, file: FileRow) -> None:
        """Notes that a file could not be read and takes out what was stored of it."""
        self.replace_file(file, (), {})

    def record_checked(self, files: Sequence[FileRow]) -> None:
        """Notes new sizes, times and hashes of files whose content is unchanged; documents stay as they are."""
        with self._connections.writing() as connection:
            for file in files:
                changes.put_file(connection, file)

    def remove_file(self, path: str) -> None:
        """Takes out a file and its documents; an unknown path changes nothing."""
        with self._connections.writing() as connection:
            changes.delete_documents(connection, [path])
            connection.execute("DELETE FROM files WHERE path = ?", (path,))
        self._changed()

    def start_again(self, meta: Mapping[str, str], *, keep_vectors: bool) -> None:
        """Takes out all documents and notes new `meta` values; files that a person took out stay out.

        Vectors may be kept for documents that come back; `remove_unused_vectors` takes out the rest.
        """
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM words")
            connection.execute("DELETE FROM chunks")
            connection.execute("DELETE FROM documents")
            connection.execute("DELETE FROM files WHERE status <> 'removed'")
            if not keep_vectors:
                connection.execute("DELETE FROM vectors")
                changes.count_change_of_vectors(connection)
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(meta.items()))
        self._changed()

    def remove_unused_vectors(self) -> int:
        """Takes out the vectors that no chunk refers to; how many they were."""
        unused = "SELECT key FROM vectors WHERE key NOT IN (SELECT vector_key FROM chunks)"
        with self._connections.reading() as connection:
            if connection.execute(f"{unused} LIMIT 1").fetchone() is None:
                return 0
        with self._connections.writing() as connection:
            changes.count_change_of_vectors(connection)
            return connection.execute(f"DELETE FROM vectors WHERE key IN ({unused})").rowcount  # noqa: S608

    # Searches

    def allowed(self, filters: Filters) -> frozenset[str] | None:
        """The ids of the documents that pass; None where the filters are empty, so that all do."""
        if not filters:
            return None
        return frozenset(head.document_id for head in self.sources() if filters.allows(head))

    def search_words(
        self, expression: str, k: int, filters: Filters = Filters(), *, weights: word_search.Weights = (1.0, 1.0, 1.0)
    ) -> list[tuple[str, float]]:
        """The k chunks that match an FTS5 expression best, as (chunk id, BM25), larger is better.

        Columns are `title`, `headings` and `text`, stemmed by Porter's algorithm without diacritics; `weights` are
        theirs. Raises InputError where the expression is not valid FTS5 (put user's words in double quotes).
        """
        allowed = self.allowed(filters)
        if k <= 0 or (allowed is not None and not allowed):
            return []
        with self._connections.reading() as connection:
            return word_search.best(connection, expression, k, allowed, weights)

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many chunks each word (stemmed as in `search_words`) occurs, in any column; 0 for unknown ones."""
        with self._connections.reading() as connection:
            return {term: word_search.count(connection, term) for term in terms}

    def mentioning(
        self, terms: Iterable[str], filters: Filters = Filters(), *, names: Sequence[str] = ()
    ) -> tuple[Source, ...]:
        """The heads of the documents that have any of these words or phrases (stemmed as in `search_words`).

        Titles and headings count. With `names` only where one of them stands as a name, with its capitals. Ordered by
        path; documents that do not pass the filters are left out.
        """
        with self._connections.reading() as connection:
            found = word_search.documents_with(connection, terms, names)
        return tuple(head for head in self.sources() if head.document_id in found and filters.allows(head))

    def nearest_name(self, readings: Sequence[Sequence[str]]) -> tuple[int, str] | None:
        """The first of some readings, by its place, that is spelt much like a name in the documents, and that name.

        A reading is a name that no document has, in words. None where none is near enough.
        """
        with self._connections.reading() as connection:
            return nearest_name.nearest_name(connection, readings)

    def definitions(self, shorts: Sequence[str]) -> list[tuple[str, Definition]]:
        """All definitions of these abbreviations, each with the id of the document that has it."""
        if not shorts:
            return []
        with self._connections.reading() as connection:
            return defined.definitions_of(connection, shorts)

    def exact_nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[str, float]]:
        """The k chunks nearest to a unit vector, as (chunk id, cosine), by comparing it with all of them."""
        allowed = self.allowed(filters)
        return self.exact().nearest(vector, k, allowed)

    def exact(self) -> ExactSearch:
        """All vectors in memory; read from the file on first use and after a change."""
        with self._loading:
            revision = self.revision
            if self._exact is None or self._exact[0] != revision:
                self._exact = (revision, self._load_exact())
            return self._exact[1]

    def _load_exact(self) -> ExactSearch:
        query = (
            "SELECT c.id, c.document_id, v.vector FROM chunks c JOIN vectors v ON v.key = c.vector_key ORDER BY c.rowid"
        )
        chunk_ids: list[str] = []
        numbers: dict[str, int] = {}
        documents: list[int] = []
        with self._connections.reading() as connection:
            count = int(connection.execute("SELECT count(*) FROM chunks").fetchone()[0])
            matrix = np.empty((count, self.dimensions), dtype=np.float32)
            for place, (chunk_id, document_id, blob) in enumerate(connection.execute(query)):
                matrix[place] = np.frombuffer(blob, dtype="<f4")
                chunk_ids.append(str(chunk_id))
                documents.append(numbers.setdefault(str(document_id), len(numbers)))
        return ExactSearch(matrix, chunk_ids, np.array(documents, dtype=np.int32), list(numbers))

    def _changed(self) -> None:
        with self._guard:
            self.revision += 1
