"""Memos on the disk: saved as often as somebody types, listed, searched, and brought back as they were before."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.errors import InputError, WorkDamaged
from assistant.memos.memo import TOKEN, Memo
from assistant.memos.versions import Version, Why, superfluous, why_kept
from assistant.work.codec import from_text, to_text
from assistant.work.conversations import utc_now
from assistant.work.database import Database
from assistant.work.stored_text import patterns, storable, title_line

_UNTITLED = "Untitled"
_SUMMARY = "id, title, created, changed, sections, unfinished"


@dataclass(frozen=True, slots=True)
class MemoSummary:
    """One line of the list of memos; times are in UTC. `unfinished` tells that its draft is not done."""

    id: str
    title: str
    created: datetime
    changed: datetime
    sections: int
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class SavedMemo:
    """A memo as it is kept. `revision` counts its saves; who saves it names the one that they changed."""

    summary: MemoSummary
    memo: Memo
    revision: int


class Conflict(InputError):
    """A memo was saved by somebody else since it was opened. `newer` is what they saved; nothing was overwritten."""

    def __init__(self, newer: SavedMemo) -> None:
        title = newer.summary.title
        super().__init__(f"{title!r} was changed elsewhere since you opened it: copy your text and load it again")
        self.newer = newer


class Shelf:
    """The memos of one user; those of others do not exist here. `user` is the login, "" where there is none.

    Safe to use from several threads. A change is on the disk when its method returns. Each method raises `InputError`
    for a memo that is not there, `WorkDamaged` for one that cannot be read, `StorageError` as `Database` does.
    """

    def __init__(self, database: Database, user: str = "", *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._user = user
        self._now = now

    def create(self, memo: Memo, *, unfinished: bool = False) -> str:
        """Puts a new memo on the shelf, as revision 1; returns its id. `unfinished` notes that its draft goes on."""
        key, now = secrets.token_hex(8), _text(self._now())
        with self._database.writing() as connection:
            number = connection.execute(
                "INSERT INTO memos(id, user, title, sections, memo, revision, unfinished, created, changed) "
                "VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)",
                (key, self._user, _title(memo), len(memo.sections), to_text(memo), unfinished, now, now),
            ).lastrowid
            connection.execute(
                "INSERT INTO memo_words(rowid, title, content) VALUES (?, ?, ?)", (number, *_words(memo))
            )
        return key

    def list(self, words: str = "") -> tuple[MemoSummary, ...]:
        """The memos, last changed first; with `words` those whose title, headings, questions or texts have them all.

        A word also finds longer ones that begin with it, and other forms of it.
        """
        sought = " AND ".join(patterns(words))
        if words.strip() and not sought:
            return ()
        found = " AND number IN (SELECT rowid FROM memo_words WHERE memo_words MATCH ?)" if sought else ""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_SUMMARY} FROM memos WHERE user = ? AND deleted IS NULL{found} "  # noqa: S608 - our own text
                "ORDER BY changed DESC, number DESC",
                (self._user, *([sought] if sought else [])),
            ).fetchall()
        return tuple(_summary(row) for row in rows)

    def open(self, memo: str) -> SavedMemo:
        """The memo as it was saved last."""
        with self._database.reading() as connection:
            return self._saved(connection, self._number(connection, memo))

    def save(
        self, memo_id: str, memo: Memo, *, revision: int, unfinished: bool | None = None, why: Why | None = None
    ) -> int:
        """Saves a memo that was changed from this revision; returns its new one.

        The state that it takes the place of is kept as a version for the reason `why`, or where `versions.why_kept`
        gives one. Saving what is there already changes nothing and returns the revision that has it. `unfinished`
        notes whether the draft is still going on; None leaves what was noted. Raises `Conflict` where this revision is
        not the last one.
        """
        with self._database.writing() as connection:
            number = self._number(connection, memo_id)
            before = self._saved(connection, number)
            changed = replace(
                before.summary, unfinished=before.summary.unfinished if unfinished is None else unfinished
            )
            if (memo, changed) == (before.memo, before.summary):
                return before.revision
            if revision != before.revision:
                raise Conflict(before)
            return self._replace(connection, number, before, memo, unfinished=changed.unfinished, why=why)

    def rename(self, memo: str, title: str) -> int:
        """Gives it another title, on one line; returns the new revision. Raises `InputError` for an empty one, too."""
        said = " ".join(title.split())
        if not said:
            raise InputError("a memo needs a title: write a few words")
        with self._database.writing() as connection:
            number = self._number(connection, memo)
            before = self._saved(connection, number)
            renamed = replace(before.memo, title=said)
            return self._replace(connection, number, before, renamed, unfinished=before.summary.unfinished)

    def delete(self, memo: str) -> None:
        """Takes it out of every list; `undelete` brings it back until it is purged (see `work.opening.purge`)."""
        with self._database.writing() as connection:
            number = self._number(connection, memo)
            connection.execute("UPDATE memos SET deleted = ? WHERE number = ?", (_text(self._now()), number))

    def undelete(self, memo: str) -> None:
        """Undoes `delete`; does nothing where it was not deleted."""
        with self._database.writing() as connection:
            number = self._number(connection, memo, deleted=True)
            connection.execute("UPDATE memos SET deleted = NULL WHERE number = ?", (number,))

    def versions(self, memo: str) -> tuple[Version, ...]:
        """The earlier states that were kept, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT revision, title, sections, saved, why FROM memo_versions WHERE memo = ? ORDER BY revision DESC",
                (self._number(connection, memo),),
            ).fetchall()
        return tuple(
            Version(number, title, sections, datetime.fromisoformat(saved), why)
            for number, title, sections, saved, why in rows
        )

    def version(self, memo: str, number: int) -> Memo:
        """The memo as it was at this revision, one of those that `versions` lists."""
        with self._database.reading() as connection:
            return self._version(connection, self._number(connection, memo), number)

    def restore(self, memo: str, number: int) -> int:
        """Puts an earlier state back, as a new revision, which is returned. What was there until now is kept."""
        with self._database.writing() as connection:
            row = self._number(connection, memo)
            earlier = self._version(connection, row, number)
            before = self._saved(connection, row)
            unfinished = before.summary.unfinished
            return self._replace(connection, row, before, earlier, unfinished=unfinished, why="restored")

    def _replace(
        self,
        connection: sqlite3.Connection,
        number: int,
        before: SavedMemo,
        memo: Memo,
        *,
        unfinished: bool,
        why: Why | None = None,
    ) -> int:
        """Writes the next revision of a memo, and keeps the one before it where there is a reason to."""
        now = self._now()
        last = connection.execute("SELECT max(kept) FROM memo_versions WHERE memo = ?", (number,)).fetchone()[0]
        since = None if last is None else now - datetime.fromisoformat(last)
        why = why or why_kept(before.memo, memo, since=since)
        if why is not None:
            connection.execute(
                "INSERT INTO memo_versions(memo, revision, title, sections, content, saved, kept, why) "
                "SELECT number, revision, title, sections, memo, changed, ?, ? FROM memos WHERE number = ?",
                (_text(now), why, number),
            )
            _thin_out(connection, number)
        connection.execute(
            "UPDATE memos SET title = ?, sections = ?, memo = ?, revision = ?, unfinished = ?, changed = ? "
            "WHERE number = ?",
            (_title(memo), len(memo.sections), to_text(memo), before.revision + 1, unfinished, _text(now), number),
        )
        connection.execute("UPDATE memo_words SET title = ?, content = ? WHERE rowid = ?", (*_words(memo), number))
        return before.revision + 1

    def _saved(self, connection: sqlite3.Connection, number: int) -> SavedMemo:
        *summary, text, revision = connection.execute(
            f"SELECT {_SUMMARY}, memo, revision FROM memos WHERE number = ?",  # noqa: S608 - our own text
            (number,),
        ).fetchone()
        return SavedMemo(_summary(summary), self._read(text, summary[1]), revision)

    def _version(self, connection: sqlite3.Connection, number: int, revision: int) -> Memo:
        row = connection.execute(
            "SELECT content, title FROM memo_versions WHERE memo = ? AND revision = ? "
            "UNION ALL SELECT memo, title FROM memos WHERE number = ? AND revision = ?",
            (number, revision) * 2,
        ).fetchone()
        if row is None:
            raise InputError("this version is not kept any more: choose another one")
        return self._read(*row)

    def _read(self, text: str, title: str) -> Memo:
        try:
            return from_text(Memo, text)
        except ValueError as error:
            raise WorkDamaged(
                f"the memo {title!r} in {self._database.path} cannot be read ({error}): "
                "end the program and put a backup back with `assistant restore FILE`"
            ) from error

    def _number(self, connection: sqlite3.Connection, memo: str, *, deleted: bool = False) -> int:
        row = connection.execute(
            "SELECT number, deleted FROM memos WHERE id = ? AND user = ?", (memo, self._user)
        ).fetchone()
        if row is None or (row[1] is not None and not deleted):
            raise InputError("this memo is not there any more: choose another one, or begin a new one")
        return int(row[0])


def _thin_out(connection: sqlite3.Connection, number: int) -> None:
    rows = connection.execute(
        "SELECT revision, saved FROM memo_versions WHERE memo = ? ORDER BY revision", (number,)
    ).fetchall()
    at = superfluous([datetime.fromisoformat(saved) for _, saved in rows])
    if at is not None:
        connection.execute("DELETE FROM memo_versions WHERE memo = ? AND revision = ?", (number, rows[at][0]))


def _summary(row: list[object] | tuple[object, ...]) -> MemoSummary:
    key, title, created, changed, sections, unfinished = row
    return MemoSummary(
        str(key),
        str(title),
        datetime.fromisoformat(str(created)),
        datetime.fromisoformat(str(changed)),
        int(str(sections)),
        bool(unfinished),
    )


def _title(memo: Memo) -> str:
    return title_line(memo.title) or _UNTITLED


def _words(memo: Memo) -> tuple[str, str]:
    """What a search looks through: the title, and headings, questions and texts without their tokens."""
    parts = (part for each in memo.sections for part in (each.heading, each.question, TOKEN.sub("", each.text)))
    return storable(memo.title), storable("\n".join(parts))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
