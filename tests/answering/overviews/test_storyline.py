from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.overviews.storyline import joined
from assistant.answering.query import read_query
from assistant.answering.remembering import RememberedVectors
from assistant.answering.subjects import subjects_of
from assistant.embedding.base import Embedder
from assistant.embedding.transformer import BUNDLED_MODEL, TransformerEmbedder
from assistant.types import Document
from tests.answering.memory import MemoryCorpus, document

TOPIC = "the ferry dispute in Arlen"

DOCUMENTS = [
    document(
        "dispute.txt",
        "The ferry dispute in Arlen goes on: the captains of the island boats refuse night crossings.",
        title="Dispute in Arlen",
        day=date(2021, 5, 4),
    ),
    document(
        "settled.txt",
        "The captains of the ferries from Arlen to the island have signed an agreement on night crossings.",
        title="Captains sign",
        day=date(2021, 6, 1),
    ),
    document(
        "undated.txt",
        "The captains of the ferries from Arlen to the island talk about night crossings again.",
        title="Captains talk",
    ),
    document(
        "lake.txt",
        "Swimmers raced across Lake Borl on Saturday. One of them, from Arlen, was taken ashore by the ferry.",
        title="Swimmers on Lake Borl",
        day=date(2021, 7, 9),
    ),
    document(
        "swimmers.txt",
        "Swimmers raced across Lake Borl on Sunday. The winner took 40 minutes across the lake.",
        title="The race across Lake Borl",
        day=date(2021, 7, 4),
    ),
    document(
        "tin.txt",
        "Tin rose by 4 per cent. Traders expect a shortage of solder.",
        title="Tin",
        day=date(2021, 8, 1),
    ),
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return TransformerEmbedder(BUNDLED_MODEL)


def joined_to(told: str, topic: str, documents: list[Document], embedder: Embedder) -> list[str]:
    corpus = MemoryCorpus(documents, embedder)
    query = read_query(topic, corpus, subjects_of(topic, corpus.document_frequency))
    return list(joined(query, {told}, corpus.retrieve(topic, k=96), corpus, RememberedVectors(embedder)))


def test_what_goes_on_with_the_story_joins_it_and_what_only_shares_its_words_does_not(embedder: Embedder) -> None:
    assert joined_to("dispute.txt", TOPIC, DOCUMENTS, embedder) == ["settled.txt"]


def test_a_document_joins_only_where_the_country_of_the_topic_is_named_where_it_begins(embedder: Embedder) -> None:
    told = document("a.txt", "Norway's ferry tax was passed.", title="Norway's ferry tax", day=date(2021, 1, 1))
    later = "The ferry tax was raised to 4 crowns a passenger."
    here = document("b.txt", f"{later} Norway expects 3 million.", title="Ferry tax raised", day=date(2022, 1, 1))
    there = document("c.txt", f"{later} Denmark expects 2 million.", title="Ferry tax raised", day=date(2022, 1, 2))
    assert joined_to("a.txt", "Norway's ferry tax", [told, here, there], embedder) == ["b.txt"]


def test_nothing_joins_where_nothing_tells_of_the_topic(embedder: Embedder) -> None:
    corpus = MemoryCorpus(DOCUMENTS, embedder)
    query = read_query(TOPIC, corpus)
    assert joined(query, (), corpus.retrieve(TOPIC, k=96), corpus, RememberedVectors(embedder)) == {}
