"""The seams of the index: how a file becomes documents, and what a vector index does for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assistant.embedding.base import Vectors
from assistant.types import Document


class Parser(Protocol):
    """Reads one file of the corpus folder; raises UnreadableFile with a reason a person understands."""

    def __call__(self, path: Path, relative: str, /) -> Sequence[Document]:
        """The documents of `path`, whose path below the corpus folder is `relative`; a mail may hold several."""
        ...


class VectorSearch(Protocol):
    """A disposable copy of the vectors that finds near ones fast; SQLite stays the truth."""

    def nearest(self, vector: Vectors, k: int, /) -> list[tuple[str, float]]:
        """The keys of the k nearest vectors and their cosines; raises VectorsUnavailable until it is proved."""
        ...

    def prove(self) -> None:
        """Starts proving the copy in the background; returns at once."""
        ...

    def apply_changes(self) -> None:
        """Starts bringing the copy up to what SQLite holds now in the background; returns at once."""
        ...

    def wait_until_proved(self, timeout: float) -> bool:
        """Waits for work under way; whether the vectors are proved now, after at most `timeout` seconds."""
        ...

    def problem(self) -> str | None:
        """Why the last proof failed and what that means; None where it did not, or none has ended yet."""
        ...

    def close(self) -> None:
        """Closes it; calling it again does nothing."""
        ...
