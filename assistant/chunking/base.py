"""The seam between documents and chunks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.types import Chunk, Document


class TokenCounter(Protocol):
    """Counts tokens as the embedding model does, without its special tokens and without cutting off."""

    def __call__(self, texts: Sequence[str], /) -> list[int]:
        """The number of tokens of each text."""
        ...


class Chunker(Protocol):
    """Cuts a document into chunks whose offsets are exact by construction.

    `fingerprint` names everything that can change its output; an index built with another one is refused.
    """

    @property
    def fingerprint(self) -> str:
        """Method, version and limits."""
        ...

    def chunk(self, document: Document) -> list[Chunk]:
        """The chunks of the document in order; every printed character lies in exactly one chunk."""
        ...

    def embedded_text(self, document: Document, chunk: Chunk) -> str:
        """What is embedded for the chunk: its text behind the title and headings, within the token limit."""
        ...
