"""Where an evaluation keeps its own indexes and journals: the user's cache folder, never the index being served."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

import platformdirs

from assistant.errors import StorageError

_KEPT_DAYS = 30


def cache_folder() -> Path:
    """The folder for evaluations in the user's cache; it may be deleted at any time."""
    return platformdirs.user_cache_path("briefing-assistant", appauthor=False) / "eval"


def index_folder(digest: str, cache: Path) -> Path:
    """The folder of the index with this digest (`indexing_digest`); marks it as used now.

    Raises `StorageError` where the cache cannot be written.
    """
    folder = cache / "indexes" / digest
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".used").touch()
    except OSError as error:
        raise StorageError(
            f"cannot write to the cache folder {str(folder)!r} ({error.strerror}): "
            "check its permissions and free space, or set XDG_CACHE_HOME to another folder"
        ) from error
    return folder


def journal_file(digest: str, cache: Path) -> Path:
    """The journal of the run with this digest."""
    return cache / "journals" / f"{digest}.jsonl"


def discard_old(cache: Path, *, now: float | None = None) -> None:
    """Deletes indexes and journals that no run used for 30 days, those of pytest-xdist's workers included.

    Another run may make or delete the same folders meanwhile.
    """
    oldest = (time.time() if now is None else now) - _KEPT_DAYS * 86_400
    for folder in (*cache.glob("indexes/*"), *cache.glob("*/indexes/*")):
        with suppress(OSError):
            used = folder / ".used"
            if (used if used.exists() else folder).stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
    for file in (cache / "journals").glob("*.jsonl"):
        with suppress(OSError):
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
