"""What lies in the corpus folder, and which of it changed since the last look."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import InputError
from assistant.index.opening import ALWAYS_THERE
from assistant.index.rows import FileRow

_RACY_NS = 2_000_000_000  # as long as the coarsest file systems (FAT) need to tell two times apart


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be read: its path relative to the corpus folder with `/`, and its size and time of change."""

    path: str
    absolute: Path
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Scan:
    """All files of the corpus folder in a fixed order.

    `refused` are paths that are not read, with the reason. `unreadable` are folders that could not be listed: what
    was indexed from them is kept, as nobody knows whether it is gone.
    """

    files: list[FoundFile] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    def may_be_gone(self, path: str) -> bool:
        """Whether a known path that was not found is really gone."""
        return not any(path.startswith(f"{folder}/") for folder in self.unreadable)


def check_folder(corpus: Path) -> None:
    """Raises InputError, saying what to do, where this is no folder."""
    if corpus.is_file():
        raise InputError(f"{corpus} is a file: name the folder that holds it")
    if not corpus.is_dir():
        raise InputError(f"there is no folder {corpus}: create it and put briefings into it, or name another one")


def scan(corpus: Path, suffixes: Collection[str]) -> Scan:
    """Walks the folder. Hidden files, office lock files and indexes are passed over; symbolic links are not followed.

    Raises InputError where there is no such folder.
    """
    check_folder(corpus)
    found = Scan()
    _walk(corpus, "", suffixes, found)
    return found


def is_unchanged(found: FoundFile, row: FileRow) -> bool:
    """Whether size and time prove that the file is the one that was read.

    A file changed within two seconds before it was last looked at may have changed again without a new time (git
    calls this racy); then, and where no hash is known, only its content can tell.
    """
    return (
        row.file_hash != ""
        and (found.size, found.mtime_ns) == (row.size, row.mtime_ns)
        and found.mtime_ns < row.checked_ns - _RACY_NS
    )


def printable(name: str) -> str:
    """A file name that can be stored and shown: bytes that are not UTF-8 become `\\xNN`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _walk(folder: Path, prefix: str, suffixes: Collection[str], found: Scan) -> None:
    try:
        with os.scandir(folder) as entries:
            listing = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        if not prefix:
            raise InputError(f"the folder {folder} cannot be read ({error.strerror}): check its permissions") from error
        found.unreadable.append(prefix.rstrip("/"))
        found.refused[prefix.rstrip("/")] = f"the folder cannot be read: {error.strerror}"
        return
    if prefix and {entry.name for entry in listing}.issuperset(ALWAYS_THERE):
        return  # an index folder that was put among the briefings
    for entry in listing:
        name = printable(entry.name)
        if name.startswith((".", "~$")):
            continue
        path = prefix + name
        reason = _refusal(entry, name, suffixes)
        if reason is not None:
            found.refused[path] = reason
        elif entry.is_dir(follow_symlinks=False):
            _walk(Path(entry.path), f"{path}/", suffixes, found)
        else:
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # gone since it was listed
            found.files.append(FoundFile(path, Path(entry.path), status.st_size, status.st_mtime_ns))


def _refusal(entry: os.DirEntry[str], name: str, suffixes: Collection[str]) -> str | None:
    """Why an entry is not read, or None."""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError:
        return None
    if stat.S_ISLNK(mode):
        return "symbolic links are not followed: put the file itself into the folder"
    try:
        entry.name.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is not valid UTF-8: rename it"
    if stat.S_ISDIR(mode):
        return None
    if not stat.S_ISREG(mode):
        return "not a regular file"
    suffix = Path(name).suffix.lower()
    if suffix not in suffixes:
        return f"not a supported format ({suffix or 'no suffix'}); supported: {', '.join(sorted(suffixes))}"
    return None
