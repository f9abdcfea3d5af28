"""Copies work.sqlite to a file and back, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, StorageError, WorkDamaged
from assistant.files import free_name, set_aside
from assistant.index.lock import FolderLock
from assistant.work.database import check, connect, translated
from assistant.work.opening import WORK
from assistant.work.schema import stored_version


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a backup holds, without what was deleted."""

    conversations: int
    memos: int


def back_up(folder: Path, file: Path) -> Contents:
    """Copies the saved work of an index folder to `file` while any process may go on writing; returns what it holds.

    The copy is one consistent state, written beside `file` and renamed when it is on the disk. It takes the place of
    an earlier backup. Raises `InputError` where there is nothing to copy, or `file` is something else than a backup;
    `WorkDamaged` where the work cannot be read, `StorageError` where the disk refuses.
    """
    path = folder / WORK
    if not path.is_file():
        raise InputError(
            f"there are no conversations or memos in {str(folder)!r}: name the folder of the index with --index"
        )
    if file.exists():
        _backup_at(file)
    partial = file.with_name(f"{file.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        with translated(path), closing(connect(path, "rw")) as source:
            stored_version(source, path)
            check(source, path)
            _copy(source, partial)
            _sync(partial)
        contents = _backup_at(partial)
        partial.replace(file)
        return contents
    except OSError as error:
        raise StorageError(f"the backup {str(file)!r} cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def restore(folder: Path, file: Path) -> tuple[Contents, Path | None]:
    """Puts a backup back as the saved work of an index folder that no process has open.

    Returns what it holds, and where the work that was there before is kept (None where there was none). It is replaced
    in one transaction: after a crash the folder has the old work or the new. Raises
    `IndexBusy` where another process owns the folder, `InputError` and `WorkDamaged` where `file` is no backup that
    this program reads, `StorageError` where the disk refuses.
    """
    contents = _backup_at(file)
    path = folder / WORK
    with FolderLock(folder, command="assistant restore"):
        kept = _kept(path) if path.is_file() else None
        with translated(file), closing(connect(file, "ro")) as source:
            _copy(source, path)
    return contents, kept


def _kept(path: Path) -> Path:
    """Where the file is kept as it is: copied, or renamed where it is damaged."""
    aside = free_name(path, "replaced")
    try:
        with translated(path), closing(connect(path, "rw")) as source:
            check(source, path)
            _copy(source, aside)
    except WorkDamaged:
        aside.unlink(missing_ok=True)
        return set_aside(path)
    return aside


def _copy(source: sqlite3.Connection, to: Path) -> None:
    with translated(to), closing(connect(to)) as target:
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it


def _backup_at(file: Path) -> Contents:
    """What is in a backup, of whichever version. Raises `InputError` or `WorkDamaged` where it is none."""
    if not file.is_file():
        raise InputError(f"there is no backup at {str(file)!r}")
    with translated(file), closing(connect(file, "ro")) as connection:
        if stored_version(connection, file) == 0:
            raise InputError(f"{str(file)!r} is empty: name the file that `assistant backup` wrote")
        check(connection, file)
        return Contents(_count(connection, "conversations"), _count(connection, "memos"))


def _count(connection: sqlite3.Connection, table: str) -> int:
    """How many rows of a table are not deleted; 0 where a file of an older program has no such table."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
        return 0
    count = connection.execute(f"SELECT count(*) FROM {table} WHERE deleted IS NULL")  # noqa: S608 - our own names
    return int(count.fetchone()[0])


def _sync(file: Path) -> None:
    """Has the file written to the disk before it gets its name."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
