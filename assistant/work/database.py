"""One connection to work.sqlite, shared by the threads of the page; its errors become ours."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal, Self

from assistant.errors import AssistantError, StorageError, WorkDamaged
from assistant.index.connections import fault_of, locked
from assistant.work.schema import bring_up_to_date, stored_version

_WAIT_SECONDS = 10.0


class Database:
    """work.sqlite, opened by the owner of the index folder and checked; a new file gets its tables.

    A file of an older program gets the tables that came later. Threads take turns: a change or a look takes a few
    milliseconds. Raises `WorkDamaged` where the file is damaged, `NewerWork` where a newer program wrote it,
    `StorageError` where it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._begin(path, connect)

    @classmethod
    def copy_of(cls, path: Path) -> Self:
        """A copy in memory of the file as it is now, to look into while another process owns it."""
        copy = cls.__new__(cls)
        copy._begin(path, _in_memory)
        return copy

    def _begin(self, path: Path, connected: Callable[[Path], sqlite3.Connection]) -> None:
        self.path = path
        self._turn = threading.RLock()
        self._closed = False
        with translated(path):
            self._connection = connected(path)
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._connection.execute("PRAGMA secure_delete = ON")  # what is purged is gone from the disk, too
                version = stored_version(self._connection, path)
                if version:
                    check(self._connection, path)
                bring_up_to_date(self._connection, version)
            except BaseException:
                self._connection.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, with one consistent state until the block ends."""
        with self._in_transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside one transaction: on the disk when the block has ended, or undone."""
        with self._in_transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def close(self) -> None:
        """Closes the file; calling it again does nothing."""
        with self._turn:
            if not self._closed:
                self._closed = True
                self._connection.close()

    @contextmanager
    def _in_transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._turn, translated(self.path):
            if self._closed:
                raise StorageError(f"{self.path} was closed: start the program again")
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def connect(path: Path, mode: Literal["rwc", "rw", "ro"] = "rwc") -> sqlite3.Connection:
    """A connection without implicit transactions, usable from any thread by one at a time; only "rwc" makes a file."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _in_memory(path: Path) -> sqlite3.Connection:
    """A connection to a copy of the file that nobody else sees."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with closing(connect(path, "rw")) as source:
        source.backup(copy)
    return copy


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Looks through the whole file. Raises `WorkDamaged` where SQLite finds something wrong."""
    with closing(connection.execute("PRAGMA quick_check(1)")) as found:
        said = str(found.fetchone()[0])
    if said != "ok":
        raise _damaged(path, said)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns SQLite's errors about this file into ours, which say what to do; faults of our own SQL pass."""
    try:
        yield
    except sqlite3.Error as error:
        ours = _as_ours(error, path)
        if ours is None:
            raise
        raise ours from error


def _as_ours(error: sqlite3.Error, path: Path) -> AssistantError | None:
    fault = fault_of(error)
    if fault == "damaged":
        return _damaged(path, str(error))
    if fault == "storage":
        return StorageError(
            f"cannot write {path} ({error}): check the free space and the permissions of its folder; "
            "what was saved before is intact"
        )
    return locked(error, path) if fault == "busy" else None


def _damaged(path: Path, said: str) -> WorkDamaged:
    return WorkDamaged(
        f"{path} is damaged ({said}): end the program and put a backup back with `assistant restore FILE`"
    )
