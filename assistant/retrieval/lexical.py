"""Finds passages by words: BM25 over SQLite's full-text index, and how much of the query's weight a passage holds."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from assistant.language.spellings import spellings_of
from assistant.language.words import content_words, words
from assistant.retrieval.searchable import SearchableIndex, read_passages
from assistant.types import Filters, Passage

_MAX_TERMS = 64  # a pasted page is a legal question; past this many words SQLite's time is all it costs
_K1 = 1.2  # SQLite's own constant (https://www.sqlite.org/fts5.html, "The bm25() function")
_SMALLEST_IDF = 1e-6  # likewise: words in more than half of the chunks weigh next to nothing
_COLUMN_WEIGHTS = (2.0, 1.0, 1.0)  # title, headings, text: measured, see docs/quality.md


class LexicalRetriever:
    """BM25 (Robertson and Zaragoza 2009) as SQLite's FTS5 computes it; the score is BM25."""

    def __init__(self, index: SearchableIndex) -> None:
        self._index = index

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """The k passages that share the query's words best, best first; none where the query has no words."""
        hits = word_hits(self._index, query_terms(query), k, filters)
        return read_passages(self._index, hits, retriever="lexical")


def query_terms(query: str) -> tuple[str, ...]:
    """The distinct lower-case words to search for, stop words dropped unless there is nothing else."""
    text = unicodedata.normalize("NFC", query)
    terms = content_words(text) or [word.lower() for word in words(text)]
    return tuple(dict.fromkeys(terms))[:_MAX_TERMS]


def fts_expression(terms: Sequence[str]) -> str:
    """Any of the terms in any spelling, as FTS5 reads it: each a quoted string, so that none is taken for syntax."""
    spellings = dict.fromkeys(one for term in terms for one in spellings_of(term))
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in spellings)


def word_hits(
    index: SearchableIndex, terms: Sequence[str], k: int, filters: Filters = Filters()
) -> Sequence[tuple[str, float]]:
    """Chunk ids and BM25 scores of the k best chunks for the terms; none without terms."""
    if not terms:
        return ()
    return index.search_words(fts_expression(terms), k, filters, weights=_COLUMN_WEIGHTS)


def best_possible_score(index: SearchableIndex, terms: Sequence[str]) -> float:
    """The BM25 score that no passage can exceed for these terms: each present without end in a short passage.

    A term's part in BM25 is idf * tf * (k1 + 1) / (tf + k1 * length), which grows towards idf * (k1 + 1). A score
    divided by this bound is the share of the query's weight that a passage holds, comparable between queries.
    """
    count = index.chunk_count
    frequencies = index.document_frequency(terms)
    return sum((_K1 + 1) * _idf(frequencies[term], count) for term in terms)


def _idf(frequency: int, count: int) -> float:
    """Inverse document frequency as FTS5 computes it.

    While a sync adds chunks, a word may be counted in more of them than there were: such a word is in every one.
    """
    without = max(0, count - frequency)
    return max(_SMALLEST_IDF, math.log((without + 0.5) / (frequency + 0.5)))
