"""Ranks lists of sources behind what the documents say themselves."""

from __future__ import annotations

from dataclasses import replace

from assistant.language.sections import is_reference_heading
from assistant.retrieval.base import Retriever
from assistant.types import Filters, Passage

_SHARE = 0.25  # of its score: a title in a list names the subject and says nothing about it
_POOL = 4


class ReferencesLast:
    """Wraps a retriever with absolute scores; passages under a heading such as "Sources" keep a quarter of theirs.

    The titles in a list of sources share a question's words and would fill the first ranks. Nothing is dropped.
    """

    def __init__(self, inner: Retriever) -> None:
        self._inner = inner

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """The k passages that fit the query best, best first."""
        found = [_weighed(passage) for passage in self._inner.retrieve(query, k=k * _POOL, filters=filters)]
        ordered = sorted(found, key=lambda passage: (-passage.score, passage.rank))[:k]
        return [replace(passage, rank=rank) for rank, passage in enumerate(ordered, start=1)]


def _weighed(passage: Passage) -> Passage:
    if any(is_reference_heading(heading) for heading in passage.chunk.headings):
        return replace(passage, score=passage.score * _SHARE)
    return passage
