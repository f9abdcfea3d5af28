"""The seam between a query and the passages found for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.types import Filters, Passage


class Retriever(Protocol):
    """Finds the k passages that fit a query best, ranked from 1, among the documents that the filters allow."""

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> Sequence[Passage]:
        """At most k passages, best first."""
        ...
