"""Opens the database of an index folder: checked, set aside where damaged, never silently started anew."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import AssistantError, IndexDamaged, IndexMismatch, StorageError
from assistant.files import set_aside, sha256_of, write_atomically
from assistant.index.origin import CORPUS, FROM_INDEX, origin_of
from assistant.index.schema import NewerSchema
from assistant.index.store import Store

DATABASE = "index.sqlite"
_IDENTITY = "identity.json"
_CLOSED = "closed.json"
ALWAYS_THERE = frozenset((DATABASE, _IDENTITY))
"""The files by which an index folder is known, whether it is open or closed."""


@dataclass(frozen=True, slots=True)
class Built:
    """What an index is built with; a change of any of it needs a rebuild."""

    embedder: str
    chunker: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class Closed:
    """How the database file looked when it was last closed in order."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store, how its file looked before, and what a person must be told about it."""

    store: Store
    closed: Closed | None
    warnings: tuple[str, ...] = ()


def open_store(folder: Path, built: Built, *, rebuild: bool = False) -> Opened:
    """Opens `folder`/index.sqlite; the caller owns the folder.

    A file that is damaged, or was changed by anything but this program, is renamed to index.sqlite.damaged-<n> and an
    empty one takes its place; so does one that is missing although the folder knows of an index: the warnings say so,
    and the next sync builds it from the files again. Raises IndexMismatch where the index was built with something
    else than `built`, unless `rebuild`; IndexDamaged where a newer program wrote it.
    """
    path = folder / DATABASE
    warnings: list[str] = []
    store: Store | None = None
    closed = _read_closed(folder)
    if path.is_file() and path.stat().st_size > 0:
        try:
            store = _open_existing(path, built.dimensions, closed, warnings)
        except NewerSchema:
            raise
        except IndexDamaged as error:
            aside = set_aside(path)
            warnings.append(f"{error}; it was kept as {aside.name}, and the index is built again from the files")
    else:
        warnings += _missing(folder)
        set_aside(path)
    store = store or Store(path, dimensions=built.dimensions)
    try:
        if not store.immutable:
            (folder / _CLOSED).unlink(missing_ok=True)
        _settle(store, built, rebuild=rebuild)
    except BaseException:
        store.close()
        raise
    return Opened(store, closed, tuple(warnings))


def close_store(opened: Opened) -> None:
    """Closes the store and notes how its file looks now, so that the next opening need not check it."""
    store, closed = opened.store, opened.closed
    folder = store.path.parent
    with suppress(AssistantError):
        _note_identity(store)
    store.close()
    if store.immutable or store.damaged or store.path.with_name(f"{DATABASE}-wal").exists():
        return
    with suppress(OSError):  # on a full disk the next opening checks the whole file, nothing worse
        status = store.path.stat()
        if closed is None or (status.st_size, status.st_mtime_ns) != (closed.size, closed.mtime_ns):
            closed = Closed(status.st_size, status.st_mtime_ns, sha256_of(store.path))
        write_atomically(folder / _CLOSED, json.dumps(asdict(closed)))


def _open_existing(path: Path, dimensions: int, closed: Closed | None, warnings: list[str]) -> Store:
    if closed is not None:
        status = path.stat()
        same = (status.st_size, status.st_mtime_ns) == (closed.size, closed.mtime_ns)
        if not same and sha256_of(path) != closed.sha256:
            raise IndexDamaged(f"{path} was changed by something else than this program")
    try:
        store = Store(path, dimensions=dimensions)
    except StorageError as error:
        if closed is None:
            raise
        # a full disk has no room for SQLite's log, but questions can still be answered from an intact file
        warnings.append(f"{error}; until then the index can be asked but not changed")
        return Store(path, dimensions=dimensions, immutable=True)
    try:
        if closed is None and store.meta("dimensions") is not None:
            store.verify()
    except BaseException:
        store.close()
        raise
    return store


def _settle(store: Store, built: Built, *, rebuild: bool) -> None:
    """Compares what the index was built with, and gives a new one its id."""
    wanted = {"embedder": built.embedder, "chunker": built.chunker, "dimensions": str(built.dimensions)}
    found = {key: store.meta(key) for key in wanted}
    if found != wanted:
        fresh = all(value is None for value in found.values())
        if not fresh and not rebuild:
            raise IndexMismatch(
                f"index was built with {found['embedder']!r} ({found['dimensions']}) and chunks {found['chunker']!r}, "
                f"settings ask for {built.embedder!r} ({built.dimensions}) and {built.chunker!r}: "
                "run `assistant index --rebuild`"
            )
        wanted["index_id"] = store.meta("index_id") or uuid.uuid4().hex
        store.start_again(wanted, keep_vectors=found["dimensions"] == wanted["dimensions"])
    elif rebuild:
        store.start_again(wanted, keep_vectors=True)
    if not store.immutable:
        _note_identity(store)


def _note_identity(store: Store) -> None:
    """Keeps the id of the index, its size and its folder of briefings outside the database, so that its loss is noticed
    and what was in it is read again from where it was.
    """
    path = store.path.with_name(_IDENTITY)
    noted = {
        "index_id": store.meta("index_id"),
        "documents": len(store.sources()),
        **{key: store.meta(key) or _noted(path.parent).get(key) for key in (CORPUS, FROM_INDEX)},
    }
    text = json.dumps(noted)
    with suppress(OSError):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_atomically(path, text)


def _missing(folder: Path) -> list[str]:
    """What to say about a database that is not there although the folder knows of an index."""
    vectors = folder / "vectors"
    said = _noted(folder).get("documents")
    documents = said if isinstance(said, int) else None
    if documents == 0 or (documents is None and not (vectors.is_dir() and any(vectors.iterdir()))):
        return []
    size = "an index" if documents is None else f"an index of {documents} documents"
    return [f"{folder / DATABASE} is missing or empty although {size} was here: it is built again from the files"]


def noted_corpus(folder: Path) -> Path | None:
    """The folder of briefings that is noted beside the database, for when that is lost or damaged."""
    return origin_of(_noted(folder), folder)


def _noted(folder: Path) -> dict[str, object]:
    try:
        found = json.loads((folder / _IDENTITY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _read_closed(folder: Path) -> Closed | None:
    try:
        found = json.loads((folder / _CLOSED).read_text(encoding="utf-8"))
        return Closed(int(found["size"]), int(found["mtime_ns"]), str(found["sha256"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
