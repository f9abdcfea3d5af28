from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.index.lock import FolderLock
from assistant.work.conversations import Conversations
from assistant.work.database import Database
from assistant.work.opening import WORK
from tests.work.nouns import answered


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _save(*keys: str) -> None:
    Path("index").mkdir(exist_ok=True)
    database = Database(Path("index") / WORK)
    for key in keys:
        Conversations(database).save(key, answered(f"What of {key}?"))
    database.close()


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_a_backup_and_its_return_say_what_they_did(capsys: pytest.CaptureFixture[str]) -> None:
    _save("one")
    assert _run("backup", "safe.backup") == 0
    assert capsys.readouterr().out == "safe.backup: 1 conversation and 0 memos\n"
    _save("two")
    assert _run("restore", "safe.backup") == 0
    kept = Path("index") / "work.sqlite.replaced-1"
    assert capsys.readouterr().out == (
        f"restored 1 conversation and 0 memos from safe.backup\nwhat was there before is kept as {kept}\n"
    )
    assert kept.is_file()


def test_mistakes_are_one_sentence_with_an_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("backup", "safe.backup") == 2
    assert "there are no conversations or memos in 'index'" in capsys.readouterr().err
    _save("one")
    Path("notes.txt").write_text("Call the embassy.", encoding="utf-8")
    assert _run("restore", "notes.txt") == 5
    assert _run("backup", "safe.backup") == 0
    capsys.readouterr()
    with FolderLock(Path("index"), command="assistant serve"):
        assert _run("restore", "safe.backup") == 3
        assert "assistant serve" in capsys.readouterr().err
        assert _run("backup", "safe.backup") == 0


def test_a_backup_loads_nothing_heavy(tmp_path: Path) -> None:
    _save("one")
    code = (
        "import sys; from assistant.work.copying import back_up; from pathlib import Path; "
        "back_up(Path(sys.argv[1]), Path(sys.argv[2])); "
        "print([name for name in ('torch', 'chromadb', 'gradio', 'llama_index') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "index"), str(tmp_path / "copy")],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert ran.stdout == "[]\n"
