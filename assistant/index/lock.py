"""One owner process for each index folder."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from assistant.errors import IndexBusy, StorageError
from assistant.files import write_atomically

_LOOKS = 6
_BETWEEN_LOOKS = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that owns an index folder; `started` is ISO 8601 in UTC.

    `url` is where it serves, if it does; `key` is what it must be told there by a command of the same user that asks
    something of it.
    """

    pid: int
    started: str
    command: str
    url: str | None = None
    key: str | None = None


class FolderLock:
    """Held by the one process that may open an index folder; the operating system frees it when the process dies.

    Chroma is silently corrupted by a second process, even one that only reads, so there is no shared mode. Take it
    before anything heavy is imported: whoever comes second is told at once.
    """

    def __init__(self, folder: Path, *, command: str, url: str | None = None) -> None:
        self._folder = folder
        # not thread-local: a page closes the index from another thread than the one that opened it
        self._lock = FileLock(folder / "lock", timeout=0, thread_local=False)
        self._owner = Owner(os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"), command, url)
        self._inode = 0

    def acquire(self) -> None:
        """Takes the lock or raises IndexBusy naming its owner; StorageError where the folder cannot be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not os.access(self._folder, os.W_OK | os.X_OK):
                raise PermissionError("the folder is read-only")
            self._lock.acquire()
            self._inode = (self._folder / "lock").stat().st_ino
        except Timeout as error:
            raise IndexBusy(self._busy()) from error
        except OSError as error:
            raise StorageError(
                f"cannot write to the index folder {self._folder} ({error.strerror or error}): "
                "check its permissions and free space, or set another folder"
            ) from error
        self._write()

    def announce(self, url: str, key: str | None = None) -> None:
        """Lets a second process know where this one serves, and the key for what commands ask of it."""
        self._owner = replace(self._owner, url=url, key=key)
        self._write()

    def in_place(self) -> bool:
        """Whether the folder is still the one that was locked, and was not moved away or replaced."""
        try:
            return (self._folder / "lock").stat().st_ino == self._inode
        except OSError:
            return False

    def release(self) -> None:
        """Gives the folder back; calling it again does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):
                (self._folder / "owner.json").unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> FolderLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _write(self) -> None:
        # only for the message to others: a full disk must not keep the index from being asked
        with suppress(OSError):
            write_atomically(self._folder / "owner.json", json.dumps(asdict(self._owner)), private=True)

    def _busy(self) -> str:
        owner = owner_of(self._folder)
        for _ in range(_LOOKS):  # whoever was first writes its name a moment after it took the lock
            if owner is not None:
                break
            time.sleep(_BETWEEN_LOOKS)
            owner = owner_of(self._folder)
        if owner is None:
            return f"another process has opened the index folder {self._folder}: end it, or try again in a moment"
        asked = f"ask there, or close it first: {owner.url}" if owner.url else "wait for it or end it"
        return (
            f"the index folder {self._folder} is in use by process {owner.pid} ({owner.command}, since "
            f"{owner.started}): {asked}"
        )


def owner_of(folder: Path) -> Owner | None:
    """The living process that says it owns the folder, or None."""
    try:
        found = json.loads((folder / "owner.json").read_text(encoding="utf-8"))
        owner = Owner(
            int(found["pid"]), str(found["started"]), str(found["command"]), found.get("url"), found.get("key")
        )
        if os.name == "posix":  # elsewhere signal 0 would end the process
            os.kill(owner.pid, 0)
    except PermissionError:
        return owner  # it lives and belongs to somebody else
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return owner
