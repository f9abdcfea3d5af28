"""Finds passages also under the name that documents give what a question names ("VLC", "Varda Lake Commission")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.language.abbreviations import Definition, OtherName, other_names, shorts_of
from assistant.retrieval.base import Retriever
from assistant.types import Filters, Passage


class Definitions(Protocol):
    """What an index tells about the abbreviations that its documents define."""

    def definitions(self, shorts: Sequence[str], /) -> Sequence[tuple[str, Definition]]:
        """All definitions of these abbreviations, each with the id of the document that has it."""
        ...


def named_otherwise(question: str, index: Definitions) -> tuple[OtherName, ...]:
    """What the documents of an index call by another name than a question does."""
    shorts = shorts_of(question)
    return other_names(question, index.definitions(shorts)) if shorts else ()


class UnderOtherNames:
    """Wraps a retriever with absolute scores: a passage counts as under the name under which it fits a query best.

    A query whose names have no other name is searched for once, as it is.
    """

    def __init__(self, inner: Retriever, index: Definitions) -> None:
        self._inner = inner
        self._index = index

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """The k passages that fit the query best, best first."""
        found = list(self._inner.retrieve(query, k=k, filters=filters))
        names = named_otherwise(query, self._index)
        for name in names:
            only = _within(filters, name.documents)
            if only is not None:
                found += self._inner.retrieve(name.in_words_of_documents(query), k=k, filters=only)
        if not names:
            return found
        best: dict[str, Passage] = {}
        for passage in sorted(found, key=lambda each: (-each.score, each.chunk.id)):
            best.setdefault(passage.chunk.id, passage)
        return [replace(passage, rank=rank) for rank, passage in enumerate([*best.values()][:k], start=1)]


def _within(filters: Filters, documents: frozenset[str] | None) -> Filters | None:
    """The filters with these documents only; None where none of them is left."""
    if documents is None:
        return filters
    left = documents & set(filters.documents) if filters.documents else documents
    return replace(filters, documents=tuple(sorted(left))) if left else None
