"""The documents of an index folder as they are now, read by whoever likes while another process owns the folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from assistant.errors import IndexMismatch
from assistant.index import contents, schema
from assistant.index.connections import as_ours
from assistant.index.entries import LibraryEntry, listed, uploads_in
from assistant.index.opening import DATABASE, noted_corpus
from assistant.index.origin import CORPUS, origin_of
from assistant.types import Document, Source


class Snapshot:
    """Looks into index.sqlite without writing a byte. Raises what is wrong with the file as `Store` does.

    `IndexMismatch` says that another version of this program wrote it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / DATABASE

    @property
    def exists(self) -> bool:
        """Whether there is an index to look into."""
        return self._path.is_file() and self._path.stat().st_size > 0

    def corpus(self) -> Path | None:
        """The folder of briefings that the index was last synced from; None where it cannot be told.

        Any version may have written the file. Where it is damaged or gone, which those say who open it, it is built
        again from the folder that is noted beside it.
        """
        if self.exists:
            with suppress(sqlite3.Error), self._connected() as connection:
                said = dict(connection.execute("SELECT key, value FROM meta").fetchall())
                if CORPUS in said:
                    return origin_of(said, self._path.parent)
        return noted_corpus(self._path.parent)

    def entries(self, corpus: Path) -> list[LibraryEntry]:
        """Everything in this corpus folder as the last sync left it, and uploads that wait for the next one."""
        with self._reading() as connection:
            return listed(contents.files(connection), contents.holdings(connection), uploads_in(corpus))

    def sources(self) -> tuple[Source, ...]:
        """The heads of all documents, ordered by path."""
        with self._reading() as connection:
            return contents.sources(connection)

    def document(self, id_or_path: str) -> Document | None:
        """The document with this id or path, or None."""
        with self._reading() as connection:
            return contents.document(connection, id_or_path)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._connected() as connection:
                if schema.stored_version(connection) != schema.SCHEMA_VERSION:
                    raise IndexMismatch(f"{self._path} was written by another version: run `assistant index`")
                yield connection
        except sqlite3.Error as error:
            ours = as_ours(error, self._path)
            if ours is None:
                raise
            raise ours from error

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        in_use = self._path.with_name(f"{self._path.name}-wal").exists()  # else there is no log to be read with it
        query = "mode=ro" if in_use else "mode=ro&immutable=1"
        with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?{query}", uri=True)) as connection:
            yield connection
