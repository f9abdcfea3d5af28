"""Does a sentence only leave out words of the sentences that it was made from?"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.reading.checks.terms import terms
from assistant.types import Passage, Span


def only_shortens(sentence: str, evidence: Iterable[tuple[Passage, Span]]) -> bool:
    """Whether the words of content of `sentence` stand in its `evidence`, in the same order.

    Endings, spellings and words of grammar may differ. Of evidence in several places the order is that of the document.
    """
    places = sorted(evidence, key=lambda one: (one[0].chunk.document_id, one[1]))
    there = iter([key for passage, span in places for key in _keys(passage.chunk.quote(span))])
    return all(key in there for key in _keys(sentence))  # each looks on behind the one before


def _keys(text: str) -> list[str]:
    return [term.key for term in terms(text) if term.key]
