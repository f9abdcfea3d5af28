"""A file that the first version of the program wrote, opened by this one."""

from __future__ import annotations

import gzip
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assistant.types import Span
from assistant.work import schema
from assistant.work.conversations import Conversations
from assistant.work.copying import back_up, restore
from assistant.work.database import Database
from assistant.work.opening import WORK, open_work
from assistant.work.records import Feedback, Review
from tests.work.nouns import answered

TABLES = ("conversations", "turns", "feedback", "titles", "words")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A folder with the file of version 1: two conversations of ann, one renamed, and one of bob."""
    content = Path(__file__).with_name("version_1.sqlite.gz").read_bytes()
    (tmp_path / WORK).write_bytes(gzip.decompress(content))
    return tmp_path


def _state(folder: Path) -> tuple[int, dict[str, list[tuple[object, ...]]], set[str]]:
    """The version of the file, the rows of the first tables, and the names of all."""
    with closing(sqlite3.connect(folder / WORK)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        rows = {name: connection.execute(f"SELECT rowid, * FROM {name} ORDER BY rowid").fetchall() for name in TABLES}
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    return version, rows, names


def test_everything_is_there_afterwards_and_what_came_later_can_be_kept(first: Path) -> None:
    version, rows, names = _state(first)
    assert version == 1
    opened = open_work(first)
    assert opened.warnings == ()
    assert opened.database is not None
    ann = Conversations(opened.database, "ann")
    assert {each.title for each in ann.list()} == {"When did the grain deal end?", "Ships"}
    assert [each.turn for each in ann.open("c1").turns] == [
        answered("When did the grain deal end?"),
        answered("Why?", text="Russia withdrew."),
    ]
    assert ann.open("c1").turns[0].feedback == Feedback("down", "the year is wrong")
    assert [each.id for each in ann.list("odesa")] == ["c2"]
    ann.review(1, Review(Span(0, 2), "accepted"))
    opened.database.close()
    after, kept, more = _state(first)
    assert (after, kept) == (schema.SCHEMA_VERSION, rows)
    assert more > names
    made = _made_new(first / "new")
    assert {name for name in more if not name.startswith("sqlite_")} == made


def _made_new(folder: Path) -> set[str]:
    folder.mkdir()
    Database(folder / WORK).close()
    return {name for name in _state(folder)[2] if not name.startswith("sqlite_")}


STATEMENTS = sum(step.count(";\n") for step in schema._STEPS[1:])


@pytest.mark.parametrize("failing", range(STATEMENTS + 1))
def test_a_failure_at_any_statement_leaves_the_file_as_it_was(
    first: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    before = _state(first)
    later = "".join(schema._STEPS[1:]).split(";\n")
    later.insert(failing, "CREATE TABLE conversations(again)")
    with monkeypatch.context() as patched:
        patched.setattr(schema, "_STEPS", (schema._STEPS[0], ";\n".join(later)))
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            Database(first / WORK)
    assert _state(first) == before
    Database(first / WORK).close()
    assert _state(first)[:2] == (schema.SCHEMA_VERSION, before[1])


KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.work import database
connect, left = database.connect, int(sys.argv[2])
def watched(path):
    def look(statement):
        global left
        left -= statement.startswith(("\\nCREATE", "CREATE", "PRAGMA user_version =", "COMMIT"))
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    connection = connect(path)
    connection.set_trace_callback(look)
    return connection
database.connect = watched
database.Database(Path(sys.argv[1]))
"""


@pytest.mark.crash
@pytest.mark.parametrize("statement", [1, 2, STATEMENTS, STATEMENTS + 1, STATEMENTS + 2])
def test_a_process_killed_on_the_way_leaves_the_file_as_it_was(first: Path, statement: int) -> None:
    before = _state(first)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(first / WORK), str(statement)],
        cwd=Path(__file__).parents[2],
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert _state(first) == before
    opened = open_work(first)
    assert opened.warnings == ()
    assert opened.database is not None
    opened.database.close()
    assert _state(first)[:2] == (schema.SCHEMA_VERSION, before[1])


def test_a_backup_of_the_first_version_is_put_back(first: Path, tmp_path: Path) -> None:
    back_up(first, tmp_path / "copy")
    other = tmp_path / "other"
    restore(other, tmp_path / "copy")
    database = open_work(other).database
    assert database is not None
    assert len(Conversations(database, "ann").list()) == 2
    database.close()
