"""Connections to index.sqlite: one that writes, as many readers as there are threads asking, and their errors."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from assistant.errors import AssistantError, IndexBusy, IndexDamaged, StorageError

_WAIT_SECONDS = 10.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_STORAGE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def fault_of(error: sqlite3.Error) -> Literal["damaged", "storage", "busy"] | None:
    """What is wrong with the file of a database; None for faults of our own SQL."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = None if code is None else code & 0xFF  # the low byte is the class, the rest the detail
    return "damaged" if kind in _DAMAGED else "storage" if kind in _STORAGE else "busy" if kind in _BUSY else None


def locked(error: sqlite3.Error, path: Path) -> IndexBusy:
    """The error of ours for a database that another program holds."""
    return IndexBusy(f"another program keeps {path} locked ({error}): close it and try again")


def as_ours(error: sqlite3.Error, path: Path) -> AssistantError | None:
    """The error of ours that says the same with a remedy; None for faults of our own SQL."""
    fault = fault_of(error)
    if fault == "damaged":
        return IndexDamaged(f"{path} is damaged ({error}): run `assistant index`, which rebuilds it from the files")
    if fault == "storage":
        return StorageError(
            f"cannot write to the index folder {path.parent} ({error}): check its free space and its permissions, "
            "then index again; what was indexed before is intact"
        )
    return locked(error, path) if fault == "busy" else None


class Connections:
    """Hands out connections; in WAL mode readers never wait for the writer, nor the writer for them.

    `immutable` opens a cleanly closed file without writing a byte beside it, as is needed on a full disk.
    """

    def __init__(self, path: Path, *, immutable: bool = False) -> None:
        self.path = path
        self._immutable = immutable
        self._idle: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._write_lock = threading.RLock()
        self._closed = False
        self.damaged = False
        """Whether SQLite found damage since the file was opened."""
        self._writer = self._connect()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one consistent state until the block ends."""
        with self._guard:
            self._refuse_if_closed()
            connection = self._idle.pop() if self._idle else None
        with self._translated():
            connection = connection or self._connect()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                with self._guard:
                    if self._closed:
                        connection.close()
                    else:
                        self._idle.append(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The writing connection inside one transaction: committed at the end of the block, or undone."""
        with self._write_lock, self._translated():
            self._refuse_if_closed()
            connection = self._writer
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def outside_transactions(self) -> Iterator[sqlite3.Connection]:
        """The writing connection without a transaction, for pragmas and migrations."""
        with self._write_lock, self._translated():
            self._refuse_if_closed()
            yield self._writer

    def close(self) -> None:
        """Closes every connection; readers at work close theirs when they end."""
        with self._write_lock, self._guard:
            if self._closed:
                return
            self._closed = True
            for connection in self._idle:
                connection.close()
            self._idle.clear()
            self._writer.close()  # the last one to close writes the log back into the file

    def _connect(self) -> sqlite3.Connection:
        with self._translated():
            query = "?immutable=1" if self._immutable else ""
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}{query}",
                uri=True,
                timeout=_WAIT_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                connection.execute("PRAGMA foreign_keys = ON")
                if not self._immutable:
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("PRAGMA synchronous = FULL")
            except BaseException:
                connection.close()
                raise
            return connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            ours = as_ours(error, self.path)
            if ours is None:
                raise
            self.damaged = self.damaged or isinstance(ours, IndexDamaged)
            raise ours from error

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StorageError(f"the index {self.path.parent} was closed: open it again")
