from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.index.lock import FolderLock
from assistant.index.opening import DATABASE
from assistant.types import Turn
from assistant.work.conversations import Conversations
from assistant.work.database import Database
from assistant.work.opening import WORK
from tests.ui.stage import stage
from tests.work.nouns import answered


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _save(user: str, *turns: tuple[str, Turn]) -> None:
    Path("index").mkdir(exist_ok=True)
    with closing(Database(Path("index") / WORK)) as database:
        for key, turn in turns:
            Conversations(database, user).save(key, turn)


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_conversations_are_listed_while_the_page_has_them_open(capsys: pytest.CaptureFixture[str]) -> None:
    _save("", ("a1b2c3d4e5", answered("When did it end?")), ("ffff", answered("Who won?")))
    _save("ann", ("0000", answered("Mine?")))
    with FolderLock(Path("index"), command="assistant serve"):
        assert _run("conversations", "list") == 0
        first, second = capsys.readouterr().out.splitlines()
        assert first.startswith("ffff ")
        assert second.startswith("a1b2c3d4  ")
        assert second.endswith("When did it end? (1 question)")
        assert _run("conversations", "list", "when", "--json") == 0
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["id"], row["title"], row["questions"]) == ("a1b2c3d4e5", "When did it end?", 1)
        assert _run("conversations", "list", "--user", "ann") == 0
        assert capsys.readouterr().out.startswith("0000 ")


def test_one_is_exported_with_the_words_around_its_quotes_and_nothing_is_written_in_the_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Grain exports\n\nBefore it. The corridor carried 33 million tonnes of grain. After it.\n"
    assistant = stage(tmp_path, {"grain.txt": text})
    answer = assistant.ask("tonnes corridor?")
    try:  # the page has the folder, and its files are open
        _save("", ("a1b2c3d4e5", Turn(answer.question, answer)))
        before = {path: path.read_bytes() for path in Path("index").glob("*.sqlite")}
        out = ("page.html", "page.md", "page.json")
        assert _run("conversations", "export", "a1b2", *(word for name in out for word in ("--out", name))) == 0
        assert "page.md is written" in capsys.readouterr().err
        assert {path: path.read_bytes() for path in before} == before
    finally:
        assistant.close()
    page, written, data = (Path(name).read_text(encoding="utf-8") for name in out)
    assert "Before it. " in page
    assert "still the one that was cited" in page
    assert "33 million tonnes of grain." in written
    assert json.loads(data)["turns"][0]["question"] == "tonnes corridor?"
    Path("grain.html").unlink(missing_ok=True)
    for path in (Path("index") / "index.sqlite", Path("index") / "index.sqlite-wal"):
        path.unlink(missing_ok=True)
    assert _run("conversations", "export", "a1b2c3d4e5", "--out", "page.html") == 0
    assert "This is what was stored with the answer." in Path("page.html").read_text(encoding="utf-8")


def test_an_index_in_which_nothing_was_saved_yet_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    Path("index").mkdir()
    (Path("index") / DATABASE).touch()
    assert _run("conversations", "list") == 0
    assert capsys.readouterr().out == "No conversation is saved yet.\n"
    assert _run("conversations", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert _run("conversations", "export", "a1b2", "--out", "page.html") == 2
    assert "no conversation is saved in 'index' yet" in capsys.readouterr().err
    assert not (Path("index") / WORK).exists()
    _save("ann", ("0000", answered("Mine?")))
    assert _run("conversations", "list") == 0
    assert capsys.readouterr().out == "No conversation is saved yet.\n"
    assert _run("conversations", "list", "yours", "--user", "ann") == 0
    assert capsys.readouterr().out == "No saved conversation has these words.\n"


def test_mistakes_are_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("conversations", "list") == 2
    assert "there are no conversations in 'index'" in capsys.readouterr().err
    _save("", ("ab1", answered("When?")), ("ab2", answered("Why?")))
    for arguments, said in (
        (("ab", "--out", "a.html"), "several conversations begin with 'ab'"),
        (("c", "--out", "a.html"), "no conversation begins with 'c'"),
        (("ab1", "--out", "a.docx"), "written as .html, .md, .json"),
        (("ab1", "--out", "nowhere/a.md"), "there is no folder"),
    ):
        assert _run("conversations", "export", *arguments) in (2, 6)
        assert said in capsys.readouterr().err


def test_a_file_of_an_older_program_is_read_and_left_as_it_is() -> None:
    _save("", ("ab1", answered("When?")))
    with closing(sqlite3.connect(Path("index") / WORK)) as connection:
        for table in ("reviews", "memo_versions", "memo_words", "memos"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (Path("index") / WORK).read_bytes()
    with closing(Database.copy_of(Path("index") / WORK)) as copy:
        assert len(Conversations(copy).open("ab1").turns) == 1
    assert (Path("index") / WORK).read_bytes() == before
