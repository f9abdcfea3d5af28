"""A file that changes while it is read is refused, even where its size and time do not tell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.corpus import snapshot as module
from assistant.corpus.snapshot import snapshot
from assistant.errors import UnreadableFile

BEFORE, AFTER = b"The minister declined.", b"The minister accepted."


def test_it_is_what_the_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(BEFORE)
    assert snapshot(path) == BEFORE


@pytest.mark.parametrize("after", [AFTER, BEFORE[:5]], ids=["another text", "a part"])
def test_a_change_within_one_tick_of_the_clock_is_noticed(
    after: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(BEFORE)
    times = path.stat()
    read = module._bytes

    def read_and_change(path: Path) -> bytes:
        content = read(path)
        path.write_bytes(after)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        return content

    monkeypatch.setattr(module, "_bytes", read_and_change)
    with pytest.raises(UnreadableFile, match="changed while it was being read"):
        snapshot(path)


def test_a_part_that_was_written_when_it_was_read_is_no_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(BEFORE)
    long_ago = 1_600_000_000
    os.utime(path, (long_ago, long_ago))
    monkeypatch.setattr(module, "_bytes", lambda path: path.read_bytes()[:5])
    with pytest.raises(UnreadableFile, match="changed while it was being read"):
        snapshot(path)
