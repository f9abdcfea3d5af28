"""A deterministic embedder without a model, for tests: words hashed into a unit vector."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from assistant.embedding.base import Vectors
from assistant.language.words import stems, words


class HashingEmbedder:
    """Feature hashing (Weinberger et al. 2009): each stem adds +1 or -1 to one of `dimensions` places.

    Texts that share words are near each other, so retrieval over it can be worked out by hand. A text without words
    becomes a fixed unit vector, as a vector of length 0 has no direction. `calls` and `encoded` count the work done.
    """

    def __init__(self, dimensions: int = 384, *, max_tokens: int = 254, name: str = "hashing") -> None:
        self.dimensions = dimensions
        self.max_tokens = max_tokens
        self.fingerprint = f"{name}-{dimensions}"
        self.calls = 0
        self.encoded = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """One token a word, and one for every 8 characters of a text without word boundaries."""
        return [max(len(words(text)), len(text) // 8) for text in texts]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), dimensions)."""
        self.calls += 1
        self.encoded += len(texts)
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in stems(text) or ["\0"]:
                digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
                row[int.from_bytes(digest[:6], "little") % self.dimensions] += 1.0 if digest[7] & 1 else -1.0
            norm = float(np.linalg.norm(row))
            if norm == 0.0:  # two words can cancel each other out
                row[0] = norm = 1.0
            row /= norm
        return vectors
