"""The conversations of one person: saved turn by turn, listed, searched, renamed, deleted and rated."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from assistant.errors import InputError, WorkDamaged
from assistant.types import Span, Turn
from assistant.work.codec import to_text
from assistant.work.database import Database
from assistant.work.records import Feedback, Review, SavedConversation, SavedTurn, Summary
from assistant.work.stored_text import patterns, storable, title_line
from assistant.work.turn_json import turn_from_text, turn_to_text

_SUMMARY = (
    "SELECT c.id, c.title, c.created, c.changed, "
    "(SELECT count(*) FROM turns t WHERE t.conversation = c.number AND t.replaced IS NULL) FROM conversations c "
)
_TURN = (
    "SELECT t.id, t.turn, t.saved_at, t.finished, f.thumb, f.reason, t.replaced "
    "FROM turns t LEFT JOIN feedback f ON f.turn = t.id "
)
_HAS_WORD = (
    " AND (c.number IN (SELECT rowid FROM titles WHERE titles MATCH ?) OR c.number IN "
    "(SELECT t.conversation FROM words w JOIN turns t ON t.id = w.rowid WHERE words MATCH ? AND t.replaced IS NULL))"
)


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Conversations:
    """What one user saved; those of others do not exist here. `user` is the login, "" where there is none.

    Safe to use from several threads. A change is on the disk when its method returns. Each method raises
    `InputError` for a conversation or turn that is not there, `StorageError` and `WorkDamaged` as `Database` does.
    """

    def __init__(self, database: Database, user: str = "", *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._user = user
        self._now = now

    def save(
        self,
        conversation: str,
        turn: Turn,
        *,
        finished: bool = True,
        gone: Sequence[Turn] = (),
    ) -> int:
        """Saves a turn at the end of a conversation, which begins with its first one; returns the id of the turn.

        It takes the place of the turns that are `gone` (edited, or asked again), given in order, and of no others: what
        another window added stays. They are kept as earlier versions. A question that is asked again after its answer
        was stopped takes the place of that.
        """
        now = self._stamp()
        text = turn_to_text(turn)
        with self._database.writing() as connection:
            number = self._begun(connection, conversation, turn.question, now)
            ids = {*self._ids(connection, number, gone), *self._stopped(connection, number, turn.question)}
            connection.executemany("UPDATE turns SET replaced = ? WHERE id = ?", [(now, each) for each in ids])
            saved = connection.execute(
                "INSERT INTO turns(conversation, turn, saved_at, finished) VALUES (?, ?, ?, ?)",
                (number, text, now, finished),
            ).lastrowid
            assert saved is not None
            connection.execute(
                "INSERT INTO words(rowid, question, answer) VALUES (?, ?, ?)",
                (saved, storable(turn.question), storable(turn.answer.text)),
            )
            connection.execute("UPDATE conversations SET changed = ? WHERE number = ?", (now, number))
        return saved

    def others_since(self, conversation: str, known: Sequence[Turn]) -> int:
        """How many turns were saved after the first of the `known` ones that are none of them: other windows did."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT number FROM conversations WHERE id = ? AND user = ?", (conversation, self._user)
            ).fetchone()
            ids = self._ids(connection, int(row[0]), known) if row else ()
            if not ids:
                return 0
            return sum(
                key not in ids
                for (key,) in connection.execute(
                    "SELECT id FROM turns WHERE conversation = ? AND id > ? AND replaced IS NULL", (row[0], min(ids))
                )
            )

    def list(self, words: str = "") -> tuple[Summary, ...]:
        """The conversations, last changed first; with `words` those whose title, questions or answers have them all.

        A word also finds longer ones that begin with it, and other forms of it.
        """
        sought = patterns(words)
        if words.strip() and not sought:
            return ()
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_SUMMARY} WHERE c.user = ? AND c.deleted IS NULL{_HAS_WORD * len(sought)} "
                "ORDER BY c.changed DESC, c.number DESC",
                (self._user, *(word for word in sought for _ in range(2))),
            ).fetchall()
        return tuple(_summary(row) for row in rows)

    def open(self, conversation: str) -> SavedConversation:
        """The conversation with all its turns."""
        with self._database.reading() as connection:
            number = self._number(connection, conversation)
            summary = connection.execute(f"{_SUMMARY} WHERE c.number = ?", (number,)).fetchone()
            rows = connection.execute(f"{_TURN} WHERE t.conversation = ? ORDER BY t.id", (number,)).fetchall()
            reviews = {row[0]: _reviews(connection, row[0]) for row in rows}
        try:
            turns = [(_saved_turn(row, turn_from_text(row[1]), reviews[row[0]]), row[6] is not None) for row in rows]
        except ValueError as error:
            raise WorkDamaged(
                f"the conversation {summary[1]!r} in {self._database.path} cannot be read ({error}): "
                "end the program and put a backup back with `assistant restore FILE`"
            ) from error
        return SavedConversation(
            _summary(summary),
            tuple(turn for turn, replaced in turns if not replaced),
            tuple(turn for turn, replaced in turns if replaced),
        )

    def open_with(self, turn: int) -> SavedConversation:
        """The conversation that the turn with this id is in."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT c.id FROM turns t JOIN conversations c ON c.number = t.conversation "
                "WHERE t.id = ? AND c.user = ? AND c.deleted IS NULL",
                (turn, self._user),
            ).fetchone()
        if row is None:
            raise _no_answer(turn)
        return self.open(row[0])

    def find(self, conversation: str, turn: Turn) -> SavedTurn | None:
        """The last turn that equals this one, of those that no other took the place of; None without one."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT number FROM conversations WHERE id = ? AND user = ? AND deleted IS NULL",
                (conversation, self._user),
            ).fetchone()
            ids = self._ids(connection, int(row[0]), (turn,)) if row else ()
            if not ids:
                return None
            found = connection.execute(f"{_TURN} WHERE t.id = ?", ids).fetchone()
            return _saved_turn(found, turn, _reviews(connection, ids[0]))

    def rename(self, conversation: str, title: str) -> None:
        """Gives it another title, shortened to 80 characters. Raises `InputError` for an empty one, too."""
        said = title_line(title)
        if not said:
            raise InputError("a conversation needs a title: write a few words")
        with self._database.writing() as connection:
            number = self._number(connection, conversation)
            connection.execute("UPDATE conversations SET title = ? WHERE number = ?", (said, number))
            connection.execute("UPDATE titles SET title = ? WHERE rowid = ?", (said, number))

    def delete(self, conversation: str) -> None:
        """Takes it out of every list; `undelete` brings it back until it is purged (see `opening.purge`)."""
        with self._database.writing() as connection:
            number = self._number(connection, conversation)
            connection.execute("UPDATE conversations SET deleted = ? WHERE number = ?", (self._stamp(), number))

    def undelete(self, conversation: str) -> None:
        """Undoes `delete`; does nothing where it was not deleted."""
        with self._database.writing() as connection:
            number = self._number(connection, conversation, deleted=True)
            connection.execute("UPDATE conversations SET deleted = NULL WHERE number = ?", (number,))

    def rate(self, turn: int, feedback: Feedback | None) -> None:
        """Notes what was thought of an answer in place of what was noted before; None takes it back."""
        with self._database.writing() as connection:
            self._check(connection, turn)
            connection.execute("DELETE FROM feedback WHERE turn = ?", (turn,))
            if feedback is not None:
                connection.execute(
                    "INSERT INTO feedback(turn, thumb, reason, given) VALUES (?, ?, ?, ?)",
                    (turn, feedback.thumb, storable(feedback.reason), self._stamp()),
                )

    def review(self, turn: int, review: Review) -> None:
        """Notes what was decided about a sentence of an answer in place of what was noted before.

        A review with neither a decision nor a note takes it back.
        """
        span = review.span
        with self._database.writing() as connection:
            self._check(connection, turn)
            connection.execute(
                "DELETE FROM reviews WHERE turn = ? AND start = ? AND stop = ?", (turn, span.start, span.end)
            )
            if review.decision is not None or review.note:
                connection.execute(
                    "INSERT INTO reviews(turn, start, stop, decision, note, given) VALUES (?, ?, ?, ?, ?, ?)",
                    (turn, span.start, span.end, review.decision, storable(review.note), self._stamp()),
                )

    def _check(self, connection: sqlite3.Connection, turn: int) -> None:
        found = connection.execute(
            "SELECT 1 FROM turns t JOIN conversations c ON c.number = t.conversation "
            "WHERE t.id = ? AND c.user = ? AND c.deleted IS NULL",
            (turn, self._user),
        ).fetchone()
        if found is None:
            raise _no_answer(turn)

    def _begun(self, connection: sqlite3.Connection, conversation: str, question: str, now: str) -> int:
        """The number of the conversation, which is made where there is none of this id."""
        if connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone():
            return self._number(connection, conversation)
        title = title_line(question) or "Untitled"
        number = connection.execute(
            "INSERT INTO conversations(id, user, title, created, changed) VALUES (?, ?, ?, ?, ?)",
            (conversation, self._user, title, now, now),
        ).lastrowid
        assert number is not None
        connection.execute("INSERT INTO titles(rowid, title) VALUES (?, ?)", (number, title))
        return number

    def _ids(self, connection: sqlite3.Connection, number: int, turns: Sequence[Turn]) -> tuple[int, ...]:
        """The ids of these turns, which are in order; of equal ones the last. One that was replaced has none."""
        found: tuple[int, ...] = ()
        for turn in reversed(turns):
            key = _id_of(connection, number, turn, before=min(found, default=sys.maxsize))
            if key is not None:
                found = (*found, key)
        return found

    def _stopped(self, connection: sqlite3.Connection, number: int, question: str) -> tuple[int, ...]:
        """The id of the last turn where that asked the same and was stopped."""
        row = connection.execute(
            "SELECT id, turn, finished FROM turns WHERE conversation = ? AND replaced IS NULL ORDER BY id DESC LIMIT 1",
            (number,),
        ).fetchone()
        return (int(row[0]),) if row and not row[2] and turn_from_text(row[1]).question == question else ()

    def _number(self, connection: sqlite3.Connection, conversation: str, *, deleted: bool = False) -> int:
        row = connection.execute(
            "SELECT number, deleted FROM conversations WHERE id = ? AND user = ?", (conversation, self._user)
        ).fetchone()
        if row is None or (row[1] is not None and not deleted):
            raise InputError("this conversation is not there any more: choose another one, or begin a new one")
        return int(row[0])

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="microseconds")


def _summary(row: tuple[str, str, str, str, int]) -> Summary:
    key, title, created, changed, turns = row
    return Summary(key, title, datetime.fromisoformat(created), datetime.fromisoformat(changed), turns)


def _id_of(connection: sqlite3.Connection, number: int, turn: Turn, *, before: int) -> int | None:
    """The last id under `before` of a turn that equals this one and was not replaced.

    Its text tells that, but of an older program, which knew fewer fields, it is another: then the turns with this
    question are read.
    """
    where = "FROM turns WHERE conversation = ? AND replaced IS NULL AND id < ?"
    text = turn_to_text(turn)
    same = connection.execute(
        f"SELECT id {where} AND turn = ? ORDER BY id DESC LIMIT 1",
        (number, before, text),
    ).fetchone()
    if same is not None:
        return int(same[0])
    asked = f'"question":{to_text(turn.question)}'
    rows = connection.execute(
        f"SELECT id, turn {where} AND instr(turn, ?) ORDER BY id DESC",
        (number, before, asked),
    )
    return next((int(key) for key, written in rows if _equals(written, turn)), None)


def _equals(text: str, turn: Turn) -> bool:
    try:
        return turn_from_text(text) == turn
    except ValueError:  # what cannot be read is no turn that a page shows
        return False


def _saved_turn(
    row: tuple[int, str, str, int, str | None, str | None, str | None], turn: Turn, reviews: tuple[Review, ...]
) -> SavedTurn:
    key, _, saved_at, finished, thumb, reason, _ = row
    feedback = Feedback("up" if thumb == "up" else "down", reason or "") if thumb is not None else None
    return SavedTurn(key, turn, datetime.fromisoformat(saved_at), bool(finished), feedback, reviews)


def _reviews(connection: sqlite3.Connection, turn: int) -> tuple[Review, ...]:
    rows = connection.execute(
        "SELECT start, stop, decision, note FROM reviews WHERE turn = ? ORDER BY start, stop", (turn,)
    ).fetchall()
    return tuple(Review(Span(start, stop), decision, note) for start, stop, decision, note in rows)


def _no_answer(turn: int) -> InputError:
    return InputError(f"there is no answer {turn}: load the page again")
