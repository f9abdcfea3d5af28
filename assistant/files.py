"""Files as the program keeps them: written whole or not at all, told apart by their bytes, set aside by a name."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path


def write_atomically(path: Path, text: str, *, private: bool = False) -> None:
    """Replaces the file by `text`: after a crash it holds the old text or the new one, never a part.

    A `private` file can be read by its owner alone. Where the disk refuses (`OSError`), the file stays as it was, and
    nothing is left beside it.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        with open(partial, "w", encoding="utf-8", newline="\n", opener=_opened_privately if private else None) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def _opened_privately(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def set_aside(path: Path) -> Path:
    """Renames a damaged database and the files that SQLite keeps beside it; what its name became."""
    aside = free_name(path, "damaged")
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def free_name(path: Path, why: str) -> Path:
    """The first of <name>.<why>-1, -2 ... that is not taken."""
    number = 1
    while path.with_name(f"{path.name}.{why}-{number}").exists():
        number += 1
    return path.with_name(f"{path.name}.{why}-{number}")
