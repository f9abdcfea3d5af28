from __future__ import annotations

from assistant.retrieval.references import ReferencesLast
from assistant.types import Chunk, Filters, Passage, Source, Span


class Fixed:
    """Returns given passages, best first."""

    def __init__(self, passages: list[Passage]) -> None:
        self.passages = passages

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        return self.passages[:k]


def passage(rank: int, score: float, *headings: str) -> Passage:
    chunk = Chunk(f"c{rank}", "d", rank, Span(rank, rank + 1), "x", (Span(rank, rank + 1),), headings)
    return Passage(chunk, Source("d", "d.md", "D", "text/markdown", "h"), rank, score, "fixed")


def test_a_list_of_sources_stands_behind_what_the_documents_say() -> None:
    found = [passage(1, 0.9, "Top", "Sources"), passage(2, 0.6, "Summary"), passage(3, 0.3, "Sources of income")]
    ranked = ReferencesLast(Fixed(found)).retrieve("anything", k=3)
    assert [p.chunk.id for p in ranked] == ["c2", "c3", "c1"]
    assert [p.rank for p in ranked] == [1, 2, 3]
    assert [p.score for p in ranked] == [0.6, 0.3, 0.9 * 0.25]


def test_passages_below_k_take_the_place_of_sources() -> None:
    found = [passage(rank, 0.9, "References:") for rank in range(1, 4)] + [passage(4, 0.5)]
    assert ReferencesLast(Fixed(found)).retrieve("anything", k=1)[0].chunk.id == "c4"


def test_a_corpus_of_nothing_but_sources_is_still_found() -> None:
    found = [passage(rank, 1.0 / rank, "Bibliography") for rank in range(1, 4)]
    assert [p.chunk.id for p in ReferencesLast(Fixed(found)).retrieve("anything", k=2)] == ["c1", "c2"]
