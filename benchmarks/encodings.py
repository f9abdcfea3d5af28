"""Keeps encodings in a file, so that a benchmark run again embeds nothing twice."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from assistant.embedding.base import Embedder, Vectors
from assistant.embedding.transformer import TransformerEmbedder


class CachedEmbedder:
    """An embedder that looks each text up by the hash of the inner embedder's fingerprint and the text."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._inner = inner
        self._database = sqlite3.connect(folder / "encodings.sqlite")
        self._database.execute("CREATE TABLE IF NOT EXISTS encodings(key TEXT PRIMARY KEY, vector BLOB NOT NULL)")
        self.fingerprint = inner.fingerprint
        self.dimensions = inner.dimensions
        self.max_tokens = inner.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the inner embedder counts them."""
        return self._inner.count_tokens(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text; only texts never seen before are encoded, the short ones together."""
        keys = [hashlib.sha256(f"{self.fingerprint}\0{text}".encode()).hexdigest() for text in texts]
        known = {key: blob for key in set(keys) if (blob := self._stored(key)) is not None}
        new = sorted(
            {key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items(), key=_length
        )
        if new:
            vectors = self._inner.encode([text for _, text in new])
            blobs = [(key, vector.tobytes()) for (key, _), vector in zip(new, vectors, strict=True)]
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO encodings VALUES (?, ?)", blobs)
            known.update(blobs)
        flat = np.frombuffer(b"".join(known[key] for key in keys), dtype=np.float32)
        return flat.reshape(len(keys), self.dimensions)

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    def _stored(self, key: str) -> bytes | None:
        row = self._database.execute("SELECT vector FROM encodings WHERE key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])


@contextmanager
def bundled_embedder(cache: Path | None) -> Iterator[CachedEmbedder]:
    """The bundled model over encodings in the folder `cache`, or in one that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(CachedEmbedder(TransformerEmbedder(), cache or Path(scratch))) as embedder,
    ):
        yield embedder


def _length(item: tuple[str, str]) -> int:
    return len(item[1])
