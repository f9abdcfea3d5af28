from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.files import free_name, set_aside, sha256_of, write_atomically


def _refuse(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_is_on_the_disk_before_it_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")
    seen: list[tuple[str, int]] = []
    monkeypatch.setattr(os, "fsync", lambda file: seen.append((path.read_text("utf-8"), os.fstat(file).st_size)))
    write_atomically(path, "größer\n")
    assert seen == [("old", 9)]
    assert path.read_bytes() == "größer\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_refuses_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", _refuse)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00abc")
    assert sha256_of(tmp_path / "a") == sha256(b"\x00abc").hexdigest()


def test_a_damaged_database_is_set_aside_with_the_files_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "work.sqlite"
    (tmp_path / "work.sqlite.damaged-1").touch()
    for suffix in ("", "-wal"):
        path.with_name(path.name + suffix).write_text(f"it{suffix}", encoding="utf-8")
    assert free_name(path, "replaced").name == "work.sqlite.replaced-1"
    aside = set_aside(path)
    assert aside.name == "work.sqlite.damaged-2"
    assert aside.read_text(encoding="utf-8") == "it"
    assert aside.with_name(f"{aside.name}-wal").read_text(encoding="utf-8") == "it-wal"
    assert not path.exists()
    assert set_aside(path).name == "work.sqlite.damaged-3"  # where there is none, only the name is told
