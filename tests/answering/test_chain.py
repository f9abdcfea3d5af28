from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from llama_index.core import Settings
from llama_index.core.schema import QueryBundle

from assistant.answering.chain import BriefingQueryEngine, BriefingResponse, BriefingRetriever, answer_events
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Answer, AnswerEvent, Done, Filters, Passage, Said
from tests.answering.memory import MemoryCorpus, document

TEXT = "Arlen is a port. Borl is a town by the river."
ANSWER = Answer(question="q", query="q", text="one\ntwo", outcome="answered")
EVENTS: list[AnswerEvent] = [Said("one", ()), Said("one\ntwo", ()), Done(ANSWER)]


@pytest.fixture
def corpus() -> MemoryCorpus:
    return MemoryCorpus([document("a.txt", TEXT, title="Places")], HashingEmbedder())


def test_a_node_has_the_text_and_the_place_of_its_passage(corpus: MemoryCorpus) -> None:
    retriever = BriefingRetriever(corpus, k=3, filters=Filters())
    (found,) = retriever.retrieve("port of Arlen")
    node = found.node
    assert node.get_content() == TEXT[node.start_char_idx : node.end_char_idx]
    assert node.metadata["title"] == "Places"
    assert [passage.chunk.id for passage in retriever.found["port of Arlen"]] == [node.node_id]


def test_every_query_of_a_bundle_is_searched_and_each_passage_is_a_node_once(corpus: MemoryCorpus) -> None:
    asked: list[str] = []

    def synthesis(found: Mapping[str, Sequence[Passage]]) -> Iterator[AnswerEvent]:
        asked.extend(found)
        return iter(EVENTS)

    engine = BriefingQueryEngine(BriefingRetriever(corpus, k=3, filters=Filters()), synthesis)
    response = engine.query(QueryBundle("both", custom_embedding_strs=["Arlen port", "Borl town"]))
    assert asked == ["Arlen port", "Borl town"]
    assert len(response.source_nodes) == 1


def test_the_response_streams_the_text_and_carries_the_answer(corpus: MemoryCorpus) -> None:
    engine = BriefingQueryEngine(BriefingRetriever(corpus, k=3, filters=Filters()), lambda _: iter(EVENTS))
    response = engine.query("Arlen")
    assert isinstance(response, BriefingResponse)
    assert list(response.response_gen) == ["one", "\ntwo"]
    assert response.metadata == {"answer": ANSWER}
    assert str(response) == "one\ntwo"


def test_no_model_is_looked_up_in_llama_index_settings(corpus: MemoryCorpus) -> None:
    events = answer_events(["Arlen"], corpus, lambda _: iter(EVENTS), question="Arlen", k=3, filters=Filters())
    assert list(events) == EVENTS
    assert Settings._llm is None
    assert Settings._embed_model is None


def test_importing_the_answerer_does_not_import_llama_index() -> None:
    import subprocess
    import sys

    code = "import sys, assistant.answering.extractive; sys.exit('llama_index' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
