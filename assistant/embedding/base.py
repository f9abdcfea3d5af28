"""The seam between texts and vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors (float32, shape (n, dimensions), L2 norm 1).

    `fingerprint` names the model and its digest, pooling and normalisation; vectors of two fingerprints never mix.
    `max_tokens` is what the model reads of one text, special tokens excluded. Reading these three and counting
    tokens must not load the model itself (which takes seconds), only its configuration and tokenizer.
    """

    @property
    def fingerprint(self) -> str:
        """Model, digest, pooling, normalisation."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that are read, special tokens excluded."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens excluded, nothing cut off."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text. Safe to call from several threads."""
        ...
