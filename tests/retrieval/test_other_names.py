from __future__ import annotations

from collections.abc import Sequence

from assistant.embedding.hashing import HashingEmbedder
from assistant.reading.base import Reading, Text
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.other_names import UnderOtherNames, named_otherwise
from assistant.retrieval.reranked import read_by
from assistant.types import Filters
from tests.retrieval.conftest import TinyIndex

QUESTION = "Who chairs the Arlen Lake Commission?"


def filled(index: TinyIndex, embedder: HashingEmbedder) -> TinyIndex:
    index.add(embedder, "treaty.txt", "The Arlen Lake Commission (ALC) has eight members.")
    index.add(embedder, "review.txt", "Lena Marek has been chair of the ALC since July.")
    index.add(embedder, "weather.txt", "The wet spring brought rain to Borl and to Arlen.")
    return index


def test_a_passage_is_found_under_the_name_that_it_gives(index: TinyIndex, embedder: HashingEmbedder) -> None:
    inner = FusedRetriever(filled(index, embedder), embedder)
    before = {each.source.path: each.score for each in inner.retrieve(QUESTION)}
    found = UnderOtherNames(inner, index.store).retrieve(QUESTION)
    after = {each.source.path: each.score for each in found}
    assert after["review.txt"] > before["review.txt"]
    assert after["weather.txt"] == before["weather.txt"]
    assert [each.rank for each in found] == [1, 2, 3]
    only = Filters(documents=("review.txt",))
    assert [each.source.path for each in UnderOtherNames(inner, index.store).retrieve(QUESTION, filters=only)] == [
        "review.txt"
    ]


def test_a_document_that_defines_the_same_letters_otherwise_is_not_found(
    index: TinyIndex, embedder: HashingEmbedder
) -> None:
    inner = FusedRetriever(filled(index, embedder), embedder)
    index.add(embedder, "library.txt", "The Arlen Library Club (ALC) has a chair, too: Tom Hadley.")
    index.add(embedder, "lake.txt", "The Arlen Lake Commission (ALC) met. Its chair, Lena Marek, fell ill.")
    found = UnderOtherNames(inner, index.store).retrieve(QUESTION)
    before = {each.source.path: each.score for each in inner.retrieve(QUESTION)}
    after = {each.source.path: each.score for each in found}
    assert after["library.txt"] == before["library.txt"]
    assert after["review.txt"] == before["review.txt"]  # it may mean either


class Noting:
    """A reader that notes what it was asked about which texts."""

    name = "noting"

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def load(self) -> None:
        """Nothing."""

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading | None]:
        self.asked.append((question, [text.text for text in texts]))
        return [_reading(text) for text in texts]


def _reading(text: Text) -> Reading:
    of_each = len(text.sentences)
    return Reading(float(len(text.text)), (0.0,) * of_each, (None,) * of_each, (0.0,) * of_each)


def test_a_passage_is_read_for_the_question_in_its_own_words(index: TinyIndex, embedder: HashingEmbedder) -> None:
    passages = FusedRetriever(filled(index, embedder), embedder).retrieve(QUESTION)
    reader = Noting()
    readings = read_by(reader, QUESTION, passages, named_otherwise(QUESTION, index.store))
    assert [reading.relevance for reading in readings if reading] == [len(each.chunk.text) for each in passages]
    asked = {text.split()[0]: question for question, texts in reader.asked for text in texts}
    assert asked == {"Lena": "Who chairs the ALC?", "The": QUESTION}
