"""A vectors table without a store, and what its copy must answer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding.base import Vectors
from assistant.index.changes import count_change_of_vectors
from assistant.index.vectors.index import VectorIndex

WAIT = 120.0
DIMENSIONS = 64


def clustered(count: int, *, seed: int = 0, dimensions: int = DIMENSIONS) -> Vectors:
    """Unit vectors in clusters of about 50, the shape of passages about the same things."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(1).standard_normal((count // 50 + 1, dimensions))
    found = centres[random.integers(0, len(centres), count)] + 0.5 * random.standard_normal((count, dimensions))
    vectors: Vectors = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return vectors


class Table:
    """The vectors table of an index folder, as the store keeps it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "index.sqlite"
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
            )
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('index_id', 'f00d')")
            connection.execute("CREATE TABLE IF NOT EXISTS vectors(key TEXT PRIMARY KEY, vector BLOB NOT NULL)")
            connection.commit()

    def put(self, vectors: Vectors, *, first: int = 0) -> list[str]:
        keys = [f"{first + number:032x}" for number in range(len(vectors))]
        with closing(sqlite3.connect(self.database)) as connection, connection:
            rows = [(key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)]
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            count_change_of_vectors(connection)
        return keys

    def remove(self, keys: list[str]) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.executemany("DELETE FROM vectors WHERE key = ?", [(key,) for key in keys])
            count_change_of_vectors(connection)

    def exact(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        with closing(sqlite3.connect(self.database)) as connection:
            rows = connection.execute("SELECT key, vector FROM vectors").fetchall()
        cosines = np.stack([np.frombuffer(blob, "<f4") for _, blob in rows]) @ vector
        return [(rows[place][0], float(cosines[place])) for place in np.argsort(-cosines, kind="stable")[:k]]

    def state(self) -> str:
        with closing(sqlite3.connect(self.database)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'vector_embedded'").fetchone()
        return "" if row is None else str(row[0])

    def index_id(self) -> str:
        with closing(sqlite3.connect(self.database)) as connection:
            return str(connection.execute("SELECT value FROM meta WHERE key = 'index_id'").fetchone()[0])

    def set_index_id(self, name: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'index_id'", (name,))

    def set_state(self, state: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'vector_embedded'", (state,))


def assert_answers_equal(vectors: VectorIndex, table: Table, asked: Vectors, k: int = 10) -> None:
    for vector in asked:
        exact = table.exact(vector, k)
        near = vectors.nearest(vector, k)
        assert [key for key, _ in near] == [key for key, _ in exact]
        assert [cosine for _, cosine in near] == pytest.approx([cosine for _, cosine in exact], abs=1e-5)
