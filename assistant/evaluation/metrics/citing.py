"""Which evidence a citation shows, by the characters that it covers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.cases import RelevantSpan
from assistant.language.words import words
from assistant.types import Answer, Citation, Span

# Half of the quote's words. One shared character would call the sentence before the right one right; all words would
# fault a citation of the sentence that says it where the quote runs on into the next. A quote inside one sentence is
# held whole or not at all by a citation of whole sentences, so there the threshold decides nothing.
HELD = 0.5


def entries_shown(citation: Citation, relevant: Sequence[RelevantSpan]) -> frozenset[int]:
    """The numbers of the evidence entries that the citation shows: it holds half of the words of one of their quotes.

    Only the cited place itself counts, not the other documents named beside it (`Citation.also_in`).
    """
    return frozenset(each.evidence for each in relevant if _holds(citation, each))


def cited_places(answer: Answer) -> tuple[Citation, ...]:
    """The citations of an answer, each cited place once however often it is cited."""
    places = {(each.source.document_id, each.span): each for each in answer.citations}
    return tuple(places.values())


def holds(cited: Span, expected: Span, quote: str) -> bool:
    """Whether a cited place has half of the words of the quote that is `expected` of the same document."""
    if not cited.overlaps(expected):
        return False
    start, end = max(cited.start, expected.start), min(cited.end, expected.end)
    held = words(Span(start, end).shifted(-expected.start).of(quote))
    return len(held) >= HELD * len(words(quote))


def _holds(citation: Citation, relevant: RelevantSpan) -> bool:
    same = citation.source.document_id == relevant.document_id
    return same and holds(citation.span, relevant.span, relevant.quote)
