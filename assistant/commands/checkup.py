"""What `assistant doctor` looks at on this machine: Python, briefings, models, index and disk. Changes nothing."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.counting import held, many
from assistant.errors import AssistantError, IndexMismatch, InputError, StorageError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.embedding.transformer import TransformerEmbedder

_DISTRIBUTION = "briefing-assistant"
_SPARE = 500_000_000  # bytes that should be free besides room for a second index
_CHECKED_WHOLE = 1_000_000_000  # bytes of a database that is copied into memory and checked to the last offset


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, in words; where it is not `ok`, they say what to do."""

    check: str
    ok: bool
    said: str


def checked(name: str, check: Callable[[], str]) -> Finding:
    """What the check says, or the error of ours that it raises."""
    try:
        return Finding(name, True, check())
    except AssistantError as error:
        return Finding(name, False, str(error))
    except OSError as error:
        return Finding(name, False, f"cannot be checked ({error}): change its permissions, or name another folder")


def check_machine(settings: Settings) -> Iterator[Finding]:
    """Every check of this machine in order, each made when it is asked for."""
    from assistant.wiring import build_models

    models = build_models(settings)
    yield checked("Python", _python)
    yield checked("packages", _packages)
    yield checked("briefings", lambda: _briefings(settings.corpus))
    yield checked("embedding model", lambda: f"{models.embedder.fingerprint} in {models.embedder.arithmetic}")
    reader = models.reader
    yield checked("reading model", lambda: "switched off" if reader is None else reader.name.partition("model ")[2])
    yield checked("index folder", lambda: _folder(settings.index))
    yield checked("index", lambda: _index(settings.index, models.embedder))
    yield checked("disk", lambda: _disk(settings.index))


def _python() -> str:
    return f"{platform.python_version()}, {_DISTRIBUTION} {metadata.version(_DISTRIBUTION)}"


def _packages() -> str:
    needed = [each for each in metadata.requires(_DISTRIBUTION) or [] if "extra ==" not in each]
    missing = []
    for name in (re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in needed):
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        raise AssistantError(f"{', '.join(missing)} missing: install the program again as its README says")
    return f"all {len(needed)} are installed"


def _briefings(corpus: Path) -> str:
    from assistant.corpus import SUPPORTED
    from assistant.index.scan import scan

    found = scan(corpus, SUPPORTED)
    if not found.files:
        raise InputError(
            f"{corpus} holds no file that can be read: put briefings into it, or name another with --corpus"
        )
    left = f"; {many(len(found.refused), 'other is', 'others are')} not read" if found.refused else ""
    return f"{many(len(found.files), 'file', 'files')} in {corpus}{left}"


def _folder(folder: Path) -> str:
    from assistant.index.lock import owner_of

    if not os.access(_existing(folder), os.W_OK | os.X_OK):
        raise StorageError(f"cannot write to {folder}: change its permissions, or name another folder with --index")
    owner = owner_of(folder)
    if owner is None:
        return f"{folder} can be written, and no process has it open"
    where = f" at {owner.url}" if owner.url else ""
    return f"{folder} can be written; process {owner.pid} ({owner.command}{where}) has it open since {owner.started}"


def _index(folder: Path, embedder: TransformerEmbedder) -> str:
    from assistant.index.connections import as_ours
    from assistant.index.opening import DATABASE
    from assistant.wiring import build_chunker

    path = folder / DATABASE
    if not path.is_file() or not path.stat().st_size:
        return "none yet; `assistant index` or `assistant serve` makes it"
    wanted = {"embedder": embedder.fingerprint, "chunker": build_chunker(embedder).fingerprint}
    try:
        with closing(_unchanged(path)) as file:
            meta = dict(file.execute("SELECT key, value FROM meta").fetchall())
            files, documents = file.execute("SELECT count(DISTINCT file), count(*) FROM documents").fetchone()
            passages = file.execute("SELECT count(*) FROM chunks").fetchone()[0]
            failed = file.execute("SELECT count(*) FROM files WHERE status = 'failed'").fetchone()[0]
            how = _health(file, path)
    except sqlite3.Error as error:
        raise as_ours(error, path) or StorageError(
            f"{path} cannot be read ({error}): run `assistant index`, which checks it"
        ) from error
    if any(meta.get(name) != value for name, value in wanted.items()):
        raise IndexMismatch(f"{folder} was built with another model than is set: run `assistant index --rebuild`")
    unread = f"; {many(failed, 'file', 'files')} could not be read (`assistant list` says why)" if failed else ""
    return f"{held(files, documents, passages)}{unread}; {how}"


def _unchanged(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, not even beside the file; only a file in use has a log to be read with it."""
    open_elsewhere = path.with_name(f"{path.name}-wal").exists()
    query = "mode=ro" if open_elsewhere else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{query}", uri=True)


def _health(file: sqlite3.Connection, path: Path) -> str:
    """Checks a copy in memory, as the check needs to write. Raises `IndexDamaged`."""
    from assistant.index.health import verify
    from assistant.index.schema import SCHEMA_VERSION, NewerSchema, stored_version

    if stored_version(file) > SCHEMA_VERSION:
        raise NewerSchema(f"{path} was written by a newer version of this program: update it")
    if path.stat().st_size > _CHECKED_WHOLE:
        return "too large to be checked here"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        file.backup(copy)
        verify(copy, path)
    return "every text, offset and vector is as it should be"


def _disk(folder: Path) -> str:
    free = shutil.disk_usage(_existing(folder)).free
    size = _size(folder)
    if free < size + _SPARE:
        raise StorageError(
            f"{_gigabytes(free)} are free where {folder} lies, {_gigabytes(size + _SPARE)} should be: "
            "free some, or name another folder with --index"
        )
    return f"{_gigabytes(free)} are free where {folder} lies"


def _size(folder: Path) -> int:
    """Bytes in a folder, which may be changing."""
    size = 0
    for file in folder.rglob("*"):
        with suppress(OSError):
            size += file.stat().st_size
    return size


def _existing(folder: Path) -> Path:
    """The folder, or where it would be made."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
