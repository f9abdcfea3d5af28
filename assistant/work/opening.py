"""Opens work.sqlite in an index folder; a damaged file is kept under another name and never keeps anybody waiting."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from assistant.errors import AssistantError, WorkDamaged
from assistant.files import set_aside
from assistant.work.conversations import utc_now
from assistant.work.database import Database
from assistant.work.schema import NewerWork

WORK = "work.sqlite"
KEPT_DELETED = timedelta(days=30)
"""How long a deleted conversation or memo can be brought back."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The open file, and what a person must be told about it; `database` is None where nothing can be saved now."""

    database: Database | None
    warnings: tuple[str, ...] = ()


def open_work(folder: Path, *, now: datetime | None = None) -> Opened:
    """Opens `folder`/work.sqlite; the caller owns the folder. Never raises an `AssistantError`.

    A damaged file is renamed to work.sqlite.damaged-<n> and an empty one takes its place. With a file of a newer
    program, or on a disk that refuses, nothing is saved. The warnings say so, with what to do.
    """
    path = folder / WORK
    warnings: list[str] = []
    try:
        try:
            database = Database(path)
        except NewerWork:
            raise
        except WorkDamaged as error:
            aside = set_aside(path)
            warnings.append(f"{error}. It was kept as {aside.name}; new ones are saved in an empty file.")
            database = Database(path)
        purge(database, before=(now or utc_now()) - KEPT_DELETED)
    except OSError as error:
        return Opened(None, (*warnings, f"conversations and memos are not saved: {path}: {error.strerror or error}"))
    except AssistantError as error:
        return Opened(None, (*warnings, f"conversations and memos are not saved: {error}"))
    return Opened(database, tuple(warnings))


def purge(database: Database, *, before: datetime) -> None:
    """Removes for good the conversations and memos that were deleted before this moment."""
    with database.writing() as connection:
        _purge_conversations(connection, _text(before))
        _purge_memos(connection, _text(before))


def _purge_conversations(connection: sqlite3.Connection, before: str) -> None:
    numbers = connection.execute("SELECT number FROM conversations WHERE deleted < ?", (before,)).fetchall()
    for number in numbers:
        turns = "(SELECT id FROM turns WHERE conversation = ?)"
        connection.execute(f"DELETE FROM words WHERE rowid IN {turns}", number)  # noqa: S608 - our own text
        connection.execute(f"DELETE FROM reviews WHERE turn IN {turns}", number)  # noqa: S608 - as above
        connection.execute(f"DELETE FROM feedback WHERE turn IN {turns}", number)  # noqa: S608 - as above
        connection.execute("DELETE FROM turns WHERE conversation = ?", number)
        connection.execute("DELETE FROM titles WHERE rowid = ?", number)
        connection.execute("DELETE FROM conversations WHERE number = ?", number)
    if numbers:
        # an index of words only marks those that were deleted, until it is merged
        connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        connection.execute("INSERT INTO titles(titles) VALUES ('optimize')")


def _purge_memos(connection: sqlite3.Connection, before: str) -> None:
    numbers = connection.execute("SELECT number FROM memos WHERE deleted < ?", (before,)).fetchall()
    for number in numbers:
        connection.execute("DELETE FROM memo_versions WHERE memo = ?", number)
        connection.execute("DELETE FROM memo_words WHERE rowid = ?", number)
        connection.execute("DELETE FROM memos WHERE number = ?", number)
    if numbers:
        connection.execute("INSERT INTO memo_words(memo_words) VALUES ('optimize')")  # as above


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
