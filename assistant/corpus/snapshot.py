"""What a file holds at one moment: a program may be writing to it while it is read."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from assistant.errors import UnreadableFile

MAX_BYTES = 50_000_000
"""The most that is read of a file, and so the most that is taken as an upload."""

_SETTLED_SECONDS = 2.0
_PAUSE_SECONDS = 0.005
_CHANGED = "it changed while it was being read; sync again"


def snapshot(path: Path) -> bytes:
    """The bytes of the file at `path`, all of one moment.

    A file is taken to be the same when its inode, size and time of change are. Clocks of file systems are coarse (4 ms
    on Linux, 2 s on FAT), and whoever writes may be half through, so what changed a moment ago is read twice, with a
    pause, and must be the same twice. A slower writer is found by the next sync, which sees another time. Raises
    `UnreadableFile` when the file is a link, no regular file, empty, too large, or changes; `OSError` when it cannot be
    opened.
    """
    before = _checked(path.lstat())
    content = _bytes(path)
    if time.time() - before.st_mtime < _SETTLED_SECONDS:
        time.sleep(_PAUSE_SECONDS)
        if _bytes(path) != content:
            raise UnreadableFile(_CHANGED)
    if _fingerprint(before) != _fingerprint(path.lstat()) or len(content) != before.st_size:
        raise UnreadableFile(_CHANGED)
    return content


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _checked(found: os.stat_result) -> os.stat_result:
    if stat.S_ISLNK(found.st_mode):
        raise UnreadableFile("it is a symbolic link, and links are not followed; put the file itself into the folder")
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFile("it is not a regular file")
    if found.st_size == 0:
        raise UnreadableFile("the file is empty")
    if found.st_size > MAX_BYTES:
        raise UnreadableFile(
            f"it is larger than {MAX_BYTES // 1_000_000} MB ({found.st_size / 1e6:.0f} MB), the most that is read; "
            "split it into smaller files"
        )
    return found


def _fingerprint(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
