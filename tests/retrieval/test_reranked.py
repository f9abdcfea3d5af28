"""Passages that were read as answers rank first; the others keep their order behind them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.base import Reading, Text
from assistant.retrieval.reranked import RerankedRetriever, rank_by_reading, text_of
from assistant.types import Chunk, Filters, Passage, Source, Span


def passage(rank: int, text: str, score: float) -> Passage:
    chunk = Chunk(f"c{rank}", "d", rank, Span(5, 5 + len(text)), text, (Span(5, 5 + len(text)),))
    return Passage(chunk, Source("d", "d.md", "Title", "text/markdown", "h"), rank, score, "fused")


class Fixed:
    """Returns its passages, whatever is asked."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.asked: list[int] = []

    def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> Sequence[Passage]:
        self.asked.append(k)
        return self.passages[:k]


class Wanting:
    """A text is relevant where it holds the question's last word; only the first `most` are read."""

    name = "wanting"

    def __init__(self, most: int = 100) -> None:
        self.most = most

    def load(self) -> None: ...

    def read(self, question: str, texts: Sequence[Text]) -> Sequence[Reading | None]:
        word = question.split()[-1]
        read = [Reading(4.0 if word in text.text else -4.0, (), (), ()) for text in texts[: self.most]]
        return [*read, *[None] * (len(texts) - len(read))]


POOL = [passage(1, "tin", 0.8), passage(2, "copper", 0.7), passage(3, "iron", 0.6), passage(4, "lead", 0.1)]


def test_what_answers_comes_first_and_ranks_are_new() -> None:
    found = RerankedRetriever(Fixed(POOL), Wanting()).retrieve("where is iron")
    assert [(p.rank, p.chunk.text) for p in found] == [(1, "iron"), (2, "tin"), (3, "copper"), (4, "lead")]
    assert all(0 <= p.score <= 1 for p in found)


def test_the_pool_is_deeper_than_what_is_returned() -> None:
    inner = Fixed(POOL)
    found = RerankedRetriever(inner, Wanting(), depth=3).retrieve("where is iron", k=1)
    assert [p.chunk.text for p in found] == ["iron"]
    assert inner.asked == [3]


def test_what_nobody_read_stays_behind_what_was_read_and_in_order() -> None:
    found = RerankedRetriever(Fixed(POOL), Wanting(most=2)).retrieve("where is lead")
    assert [p.chunk.text for p in found] == ["tin", "copper", "iron", "lead"]


def test_equal_scores_keep_their_order() -> None:
    same = [passage(1, "a", 0.5), passage(2, "b", 0.5)]
    assert [p.chunk.text for p in rank_by_reading(same, [1.0, 1.0])] == ["a", "b"]


def test_a_passage_is_read_with_its_sentences_at_their_places() -> None:
    text = text_of(POOL[1])
    assert [span.of(text.text) for span in text.sentences] == ["copper"]
    assert text.title == "Title"
