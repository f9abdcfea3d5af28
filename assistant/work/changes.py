"""What became of the sources of a saved answer since it was given. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.types import Answer, Source


@dataclass(frozen=True, slots=True)
class Change:
    """A source as the answer cited it, and what became of it: its text is another one, or it is no longer there."""

    source: Source
    kind: Literal["changed", "gone"]


def changed_since(answer: Answer, now: Iterable[Source]) -> tuple[Change, ...]:
    """The documents cited in an answer, or set against each other or its question, that are not as they were then.

    `now` are the heads of all documents in the library. A document that was renamed counts as gone.
    """
    hashes = {source.document_id: source.content_hash for source in now}
    cited = {source.document_id: source for source in _cited(answer)}
    return tuple(
        Change(source, "changed" if key in hashes else "gone")
        for key, source in cited.items()
        if hashes.get(key) != source.content_hash
    )


def _cited(answer: Answer) -> Iterator[Source]:
    for citation in answer.citations:
        yield citation.source
    for side in answer.sides:
        yield side.source
