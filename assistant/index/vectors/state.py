"""What index.sqlite says about the vectors: the vectors themselves, and the state of their copy in Chroma."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import numpy as np

from assistant.embedding.base import Vectors

Digests = dict[str, tuple[int, str]]
"""Size and sha256 of each file of a generation, by its path inside the generation's folder."""

Stamp = int
"""How often stored vectors were added or removed, as the store counts it in `meta`: equal only where none was since.

Number and highest row of the vectors would not do: SQLite gives the row of a deleted vector to the next one.
"""

_BUSY_SECONDS = 5.0
_SLICE = 500


@dataclass(frozen=True, slots=True)
class CopyState:
    """What is known about the copy: set in one transaction, so that it never names half a change.

    `generation` counts from 1; 0 says that there is no copy. `dirty` says that a change was begun and not finished.
    `ids` and `keys` are digests of the ids in Chroma and of the vector keys that they stand for. `churn` counts the
    vectors added and removed since the generation was built.
    """

    generation: int = 0
    dirty: bool = False
    digests: Digests = field(default_factory=dict)
    ids: str = ""
    keys: str = ""
    churn: int = 0


@contextmanager
def _connected(database: Path) -> Iterator[sqlite3.Connection]:
    """A short-lived connection; never creates the file. Raises sqlite3.Error where it cannot be read."""
    connection = sqlite3.connect(
        f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        yield connection
    finally:
        connection.close()


def digest_of(names: Iterable[str]) -> str:
    """The sha256 of a set of names, whatever their order."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name.encode() + b"\n")
    return digest.hexdigest()


def read_state(database: Path, engine: str) -> CopyState:
    """The state of the copy that `engine` ("embedded" or "server") keeps; a state that cannot be read is no copy."""
    with _connected(database) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (f"vector_{engine}",)).fetchone()
    if row is None:
        return CopyState()
    try:
        value = json.loads(row[0])
        return CopyState(
            generation=int(value["generation"]),
            dirty=bool(value["dirty"]),
            digests={str(name): (int(size), str(digest)) for name, (size, digest) in value["digests"].items()},
            ids=str(value["ids"]),
            keys=str(value["keys"]),
            churn=int(value["churn"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return CopyState()


def write_state(database: Path, engine: str, state: CopyState) -> None:
    """Commits the state of the copy."""
    value = {
        "generation": state.generation,
        "dirty": state.dirty,
        "digests": state.digests,
        "ids": state.ids,
        "keys": state.keys,
        "churn": state.churn,
    }
    with _connected(database) as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"vector_{engine}", json.dumps(value)))


def index_id(database: Path) -> str:
    """The id of the index, which names its collections on a server; "index" where none was given."""
    with _connected(database) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'index_id'").fetchone()
    return "index" if row is None else str(row[0])


def stored_keys_digest(database: Path) -> str:
    """The digest of the keys in the vectors table."""
    with _connected(database) as connection:
        return digest_of(key for (key,) in connection.execute("SELECT key FROM vectors"))


def stored_stamp(database: Path) -> Stamp:
    """The stamp of the vectors table."""
    with _connected(database) as connection:
        return _stamp(connection)


def _stamp(connection: sqlite3.Connection) -> Stamp:
    row = connection.execute("SELECT value FROM meta WHERE key = 'vectors_changed'").fetchone()
    return 0 if row is None else int(row[0])


class VectorsSnapshot:
    """The vectors table at one moment, held by a read transaction until the block ends.

    Bit-identical vectors count once: `owners` maps an id, the digest of a vector, to the keys that have this vector.
    An HNSW graph loses most of a group of identical points; without them every vector can find itself.
    """

    def __init__(self, database: Path) -> None:
        self._context = _connected(database)

    def __enter__(self) -> VectorsSnapshot:
        self._connection = self._context.__enter__()
        self._connection.execute("BEGIN")
        self.stamp = _stamp(self._connection)
        self.owners: dict[str, list[str]] = {}
        for key, blob in self._connection.execute("SELECT key, vector FROM vectors ORDER BY key"):
            self.owners.setdefault(hashlib.blake2b(blob, digest_size=16).hexdigest(), []).append(key)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._context.__exit__(kind, error, at)

    @property
    def keys_digest(self) -> str:
        """The digest of all keys."""
        return digest_of(key for keys in self.owners.values() for key in keys)

    def batches(self, ids: Iterable[str], size: int) -> Iterator[tuple[list[str], Vectors]]:
        """The vectors of `ids` in groups of at most `size`: their ids, and a matrix with a row for each."""
        wanted = [(self.owners[one][0], one) for one in ids]
        for start in range(0, len(wanted), size):
            group = dict(wanted[start : start + size])
            rows: list[tuple[str, bytes]] = []
            keys = list(group)
            for first in range(0, len(keys), _SLICE):
                part = keys[first : first + _SLICE]
                marks = ",".join("?" * len(part))
                rows += self._connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608
            matrix = np.stack([np.frombuffer(blob, dtype="<f4") for _, blob in rows]).astype(np.float32)
            yield [group[key] for key, _ in rows], matrix
