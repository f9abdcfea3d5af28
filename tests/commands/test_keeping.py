from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.commands.keeping import backup, restore
from assistant.errors import InputError, WorkDamaged
from assistant.work.database import Database
from assistant.work.opening import WORK
from assistant.work.schema import SCHEMA_VERSION, NewerWork


def test_a_damaged_backup_is_not_to_be_put_back_by_putting_it_back(tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 8)
    with pytest.raises(WorkDamaged, match=r"damaged cannot be put back: .* name another backup") as raised:
        restore(tmp_path / "damaged", tmp_path / "index")
    assert "assistant restore" not in str(raised.value)
    assert not (tmp_path / "index" / WORK).exists()


def test_a_backup_of_a_newer_program_is_not_called_damaged(tmp_path: Path) -> None:
    Database(tmp_path / "newer").close()
    with closing(sqlite3.connect(tmp_path / "newer")) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(NewerWork, match="update the program"):
        restore(tmp_path / "newer", tmp_path / "index")


def test_a_backup_to_a_folder_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    Database(tmp_path / WORK).close()
    with pytest.raises(InputError, match=r"there is no folder '.*none' to write 'b' to"):
        backup(tmp_path / "none" / "b", tmp_path)
    backup(tmp_path / "b", tmp_path)
    assert (tmp_path / "b").is_file()
