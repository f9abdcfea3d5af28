"""The documents of an index folder as they are now, read by whoever likes while another process owns the folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.errors import IndexMismatch
from assistant.index import rows, schema
from assistant.index.connections import as_ours
from assistant.index.opening import DATABASE
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

    def sources(self) -> tuple[Source, ...]:
        """The heads of all documents, ordered by path."""
        with self._reading() as connection:
            found = connection.execute(f"SELECT {rows.SOURCE_COLUMNS} FROM documents d ORDER BY d.path")  # noqa: S608
            return tuple(rows.source(row) for row in found)

    def document(self, id_or_path: str) -> Document | None:
        """The document with this id or path, or None."""
        query = f"SELECT {rows.DOCUMENT_COLUMNS} FROM documents d WHERE d.id = ? OR d.path = ? LIMIT 1"  # noqa: S608
        with self._reading() as connection:
            row = connection.execute(query, (id_or_path, id_or_path)).fetchone()
        return None if row is None else rows.document(row)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        in_use = self._path.with_name(f"{self._path.name}-wal").exists()  # else there is no log to be read with it
        query = "mode=ro" if in_use else "mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?{query}", uri=True)) as connection:
                if schema.stored_version(connection) != schema.SCHEMA_VERSION:
                    raise IndexMismatch(f"{self._path} was written by another version: run `assistant index`")
                yield connection
        except sqlite3.Error as error:
            ours = as_ours(error, self._path)
            if ours is None:
                raise
            raise ours from error
