from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import IndexBusy, InputError, StorageError, WorkDamaged
from assistant.index.lock import FolderLock
from assistant.memos.editing import retitled
from assistant.memos.memo import Memo, Section
from assistant.memos.shelf import Shelf
from assistant.work.conversations import Conversations
from assistant.work.copying import Contents, back_up, restore
from assistant.work.database import Database
from assistant.work.opening import WORK
from tests.work.nouns import answered


def _fill(folder: Path, *questions: str) -> None:
    folder.mkdir(exist_ok=True)
    database = Database(folder / WORK)
    for question in questions:
        Conversations(database).save(question, answered(question))
    database.close()


def _questions(folder: Path, name: str = WORK) -> set[str]:
    database = Database(folder / name)
    found = {each.title for each in Conversations(database).list()}
    database.close()
    return found


def test_a_backup_put_back_brings_back_what_was_there_and_keeps_what_came_later(tmp_path: Path) -> None:
    folder, file = tmp_path / "index", tmp_path / "safe" / "work.backup"
    file.parent.mkdir()
    _fill(folder, "First?", "Second?")
    assert back_up(folder, file) == Contents(2, 0)
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    _fill(folder, "Third?")
    contents, kept = restore(folder, file)
    assert contents == Contents(2, 0)
    assert _questions(folder) == {"First?", "Second?"}
    assert kept is not None
    assert _questions(folder, kept.name) == {"First?", "Second?", "Third?"}
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_backup_can_be_put_back_into_a_new_folder(tmp_path: Path) -> None:
    _fill(tmp_path / "index", "First?")
    back_up(tmp_path / "index", tmp_path / "copy")
    assert restore(tmp_path / "other", tmp_path / "copy") == (Contents(1, 0), None)
    assert _questions(tmp_path / "other") == {"First?"}


def test_a_backup_holds_the_memos_with_their_versions(tmp_path: Path) -> None:
    _fill(tmp_path, "First?")
    database = Database(tmp_path / WORK)
    shelf = Shelf(database)
    memo = Memo("Grain", "grain", "short", (Section("Grain", "What of grain?", "It sailed."),))
    key = shelf.create(memo)
    shelf.save(key, retitled(memo, "Grain and oil"), revision=1)
    shelf.delete(shelf.create(memo))
    database.close()
    assert back_up(tmp_path, tmp_path / "copy") == Contents(1, 1)
    restore(tmp_path / "other", tmp_path / "copy")
    database = Database(tmp_path / "other" / WORK)
    back = Shelf(database)
    assert back.open(key).memo == retitled(memo, "Grain and oil")
    assert back.version(key, 1) == memo
    database.close()


def test_backups_made_while_another_process_writes_are_whole(tmp_path: Path) -> None:
    writer = (
        "import sys; from pathlib import Path; from assistant.work.conversations import Conversations; "
        "from assistant.work.database import Database; from tests.work.nouns import answered\n"
        "saved = Conversations(Database(Path(sys.argv[1])))\n"
        "for number in range(10**6):\n"
        "    saved.save(str(number), answered(f'Question {number}?')); print(number, flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", writer, str(tmp_path / WORK)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    said: list[int] = []
    stream = process.stdout
    listening = threading.Thread(target=lambda: said.extend(int(line) for line in stream))
    try:
        said.append(int(stream.readline()))
        listening.start()
        for round_ in range(5):
            acknowledged = max(said)
            count = back_up(tmp_path, tmp_path / "copy").conversations
            assert count > acknowledged
            other = tmp_path / f"other-{round_}"
            restore(other, tmp_path / "copy")
            assert _questions(other) == {f"Question {number}?" for number in range(count)}
    finally:
        process.kill()
        process.wait()
        listening.join()
        stream.close()


def test_restoring_is_refused_while_the_folder_is_owned_and_changes_nothing(tmp_path: Path) -> None:
    _fill(tmp_path / "index", "First?")
    back_up(tmp_path / "index", tmp_path / "copy")
    _fill(tmp_path / "index", "Second?")
    with FolderLock(tmp_path / "index", command="assistant serve"), pytest.raises(IndexBusy, match="assistant serve"):
        restore(tmp_path / "index", tmp_path / "copy")
    assert _questions(tmp_path / "index") == {"First?", "Second?"}
    assert not list((tmp_path / "index").glob("*replaced*"))


def test_restoring_over_a_damaged_file_keeps_it_as_it_is(tmp_path: Path) -> None:
    _fill(tmp_path, "First?")
    back_up(tmp_path, tmp_path / "copy")
    (tmp_path / WORK).write_bytes(b"nonsense" * 1000)
    contents, kept = restore(tmp_path, tmp_path / "copy")
    assert contents == Contents(1, 0)
    assert kept is not None
    assert kept.read_bytes() == b"nonsense" * 1000
    assert _questions(tmp_path) == {"First?"}


def test_what_is_no_backup_is_neither_restored_nor_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    _fill(folder, "First?")
    (tmp_path / "letter.txt").write_text("Dear all, " * 1000, encoding="utf-8")
    (tmp_path / "empty").touch()
    for name, error in (("letter.txt", WorkDamaged), ("empty", InputError)):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(error):
            restore(folder, tmp_path / name)
        with pytest.raises(error):
            back_up(folder, tmp_path / name)
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(InputError):
        restore(folder, tmp_path / "nowhere")
    assert _questions(folder) == {"First?"}


def test_a_backup_of_nothing_or_to_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        back_up(tmp_path / "index", tmp_path / "copy")
    _fill(tmp_path, "First?")
    with pytest.raises(StorageError):
        back_up(tmp_path, tmp_path / "no" / "such" / "folder" / "copy")
