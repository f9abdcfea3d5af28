from datetime import date

from assistant.embedding.hashing import HashingEmbedder
from assistant.retrieval.dense import DenseRetriever
from assistant.types import DateRange, Filters
from tests.retrieval.conftest import TinyIndex


def test_the_passage_with_the_same_words_comes_first_with_its_cosine(
    index: TinyIndex, embedder: HashingEmbedder
) -> None:
    index.add(embedder, "a.txt", "Ministers met in Singapore.", title="Meeting")
    index.add(embedder, "b.txt", "Rain fell over the hills.", title="Weather")
    found = DenseRetriever(index, embedder).retrieve("Where did ministers meet in Singapore?")
    assert [passage.source.path for passage in found] == ["a.txt", "b.txt"]
    assert [passage.rank for passage in found] == [1, 2]
    assert 1.0 >= found[0].score > 0.5 > found[1].score


def test_documents_that_the_filters_exclude_are_not_found(index: TinyIndex, embedder: HashingEmbedder) -> None:
    index.add(embedder, "old.txt", "Ministers met.", day=date(2020, 1, 1))
    index.add(embedder, "new.txt", "Ministers met again.", day=date(2023, 1, 1))
    filters = Filters(dates=DateRange(start=date(2022, 1, 1)))
    found = DenseRetriever(index, embedder).retrieve("ministers met", filters=filters)
    assert [passage.source.path for passage in found] == ["new.txt"]
