from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import InputError, WorkDamaged
from assistant.types import Span
from assistant.work.conversations import Conversations
from assistant.work.database import Database
from assistant.work.opening import KEPT_DELETED, WORK, open_work
from assistant.work.records import Review
from tests.work.nouns import answered


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    database = Database(tmp_path / WORK)
    for number in range(20):
        Conversations(database).save(f"c{number}", answered(f"Question {number}?", text="A long answer. " * 60))
    database.close()
    return tmp_path


def _nonsense(content: bytes) -> bytes:
    return b"This is no database at all." * 500


def _flipped(place: Callable[[int], int]) -> Callable[[bytes], bytes]:
    def flip(content: bytes) -> bytes:
        at = place(len(content))
        return content[:at] + bytes(each ^ 0xFF for each in content[at : at + 64]) + content[at + 64 :]

    return flip


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "nonsense": _nonsense,
    "halved": lambda content: content[: len(content) // 2],
    "header": _flipped(lambda size: 0),
    "first page": _flipped(lambda size: 100),
    "a page of the middle": _flipped(lambda size: size // 2 // 4096 * 4096),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_kept_told_and_replaced(filled: Path, damage: Callable[[bytes], bytes]) -> None:
    spoilt = damage((filled / WORK).read_bytes())
    (filled / WORK).write_bytes(spoilt)
    opened = open_work(filled)
    assert opened.database is not None
    (warning,) = opened.warnings
    for part in ("damaged", "work.sqlite.damaged-1", "assistant restore"):
        assert part in warning
    assert (filled / "work.sqlite.damaged-1").read_bytes() == spoilt
    saved = Conversations(opened.database)
    assert saved.list() == ()
    saved.save("new", answered("And now?"))
    opened.database.close()
    again = open_work(filled)
    assert again.warnings == ()
    assert again.database is not None
    assert [each.id for each in Conversations(again.database).list()] == ["new"]
    again.database.close()


def test_an_answer_whose_text_was_spoilt_is_told_and_the_others_stay(filled: Path) -> None:
    with closing(sqlite3.connect(filled / WORK)) as connection:
        connection.execute("UPDATE turns SET turn = replace(turn, '\"outcome\"', '\"outcasts\"') WHERE id = 1")
        connection.commit()
    database = open_work(filled).database
    assert database is not None
    saved = Conversations(database)
    with pytest.raises(WorkDamaged, match=r"'Question 0\?'.*assistant restore"):
        saved.open("c0")
    assert len(saved.open("c1").turns) == 1
    database.close()


def test_a_file_of_a_newer_program_stays_and_nothing_is_saved(filled: Path) -> None:
    with closing(sqlite3.connect(filled / WORK)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (filled / WORK).read_bytes()
    opened = open_work(filled)
    assert opened.database is None
    assert "newer version of this program (schema 99" in opened.warnings[0]
    assert "not saved" in opened.warnings[0]
    assert (filled / WORK).read_bytes() == before
    assert not list(filled.glob("*damaged*"))


def test_a_database_of_another_program_is_set_aside(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / WORK)) as connection:
        connection.execute("CREATE TABLE cookies(name)")
    opened = open_work(tmp_path)
    assert opened.database is not None
    assert "work.sqlite.damaged-1" in opened.warnings[0]
    opened.database.close()


def test_a_file_that_cannot_be_opened_is_told_and_nothing_is_saved(tmp_path: Path) -> None:
    (tmp_path / WORK).mkdir()  # permissions would not stop root
    opened = open_work(tmp_path)
    assert opened.database is None
    assert "not saved" in opened.warnings[0]


def test_deleted_conversations_are_purged_after_their_time(filled: Path) -> None:
    database = open_work(filled).database
    assert database is not None
    Conversations(database).review(5, Review(Span(0, 1), None, "Question 4?"))
    Conversations(database).save("c4", answered("What of the palimpsest?"))
    Conversations(database).delete("c3")
    long_ago = datetime.now(UTC) - KEPT_DELETED - timedelta(days=1)
    Conversations(database, now=lambda: long_ago).delete("c4")
    database.close()
    database = open_work(filled).database
    assert database is not None
    saved = Conversations(database)
    with pytest.raises(InputError):
        saved.undelete("c4")
    saved.undelete("c3")
    assert {each.id for each in saved.list("question")} == {f"c{number}" for number in range(20) if number != 4}
    database.close()
    content = (filled / WORK).read_bytes()
    assert b"Question 4?" not in content
    assert b"palimpsest" not in content  # nor in the index of words
