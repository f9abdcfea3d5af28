"""A follow-up that goes on from an answer is written from what that one showed, too; any other is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.answering.citations import citation_of
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.followups.condensing import condense
from assistant.answering.written.drafting import request_of, wanted
from assistant.answering.written.generative import GenerativeAnswerer
from assistant.answering.written.grounding import MOST, grounding
from assistant.answering.written.verification import SentenceVerifier
from assistant.embedding.hashing import HashingEmbedder
from assistant.llms.scripted import ScriptedLLM
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.types import Answer, Chunk, Conversation, DateRange, Done, Filters, Passage, Source, Span, Turn
from tests.answering.memory import MemoryCorpus, document

EMBEDDER = HashingEmbedder()
PORTS = document("ports.txt", "Arlen closed its harbour because a storm had broken the pier.", day=date(2021, 5, 1))
STORM = document("storm.txt", "The storm came from the north on Friday.", day=date(2021, 4, 30))
TRAINS = document("trains.txt", "The night train to Borl runs again.", day=date(2021, 5, 2))
CORPUS = MemoryCorpus([PORTS, STORM, TRAINS], EMBEDDER)
QUESTION = "Why did Arlen close its harbour?"


def passages() -> dict[str, Passage]:
    found = [CORPUS.retrieve(text, k=3) for text in (PORTS.text, STORM.text, TRAINS.text)]
    return {one.source.path: one for few in found for one in few}


def recall(ids: Sequence[str]) -> list[tuple[Chunk, Source]]:
    known = {one.chunk.id: (one.chunk, one.source) for one in passages().values()}
    return [known[chunk_id] for chunk_id in ids if chunk_id in known]


def talk(*cited: str) -> Conversation:
    """A conversation whose answer cites these documents, whole."""
    found = [passages()[path] for path in cited]
    citations = tuple(citation_of(one, one.chunk.sentences[0], Span(0, 5), n) for n, one in enumerate(found, 1))
    return Conversation("c").with_turn(Turn(QUESTION, Answer(QUESTION, QUESTION, "A storm.", "answered", citations)))


def paths(found: Sequence[Passage]) -> list[str]:
    return [one.source.path for one in found]


def test_what_the_last_answer_cited_is_carried_along_in_its_order_and_each_once() -> None:
    assert paths(grounding("why?", talk("storm.txt", "ports.txt", "storm.txt"), recall)) == ["storm.txt", "ports.txt"]
    assert len(grounding("why?", talk("storm.txt", "ports.txt", "trains.txt"), recall)) == MOST


@pytest.mark.parametrize("question", ["no, I meant Borl", "What about Borl?", "When does the train to Borl run?"])
def test_corrections_and_other_subjects_carry_nothing(question: str) -> None:
    assert grounding(question, talk("ports.txt"), recall) == ()
    assert grounding("why?", None, recall) == ()


def test_what_the_index_no_longer_has_or_the_filters_leave_out_is_not_carried() -> None:
    assert grounding("why?", talk("ports.txt"), lambda ids: []) == ()
    late = Filters(dates=DateRange(date(2021, 5, 1), None))
    assert paths(grounding("why?", talk("storm.txt", "ports.txt"), recall, filters=late)) == ["ports.txt"]


def test_a_draft_gets_it_behind_what_is_quoted_now_and_before_the_rest() -> None:
    ports, storm, trains = (passages()[path] for path in ("ports.txt", "storm.txt", "trains.txt"))
    cited = (citation_of(ports, ports.chunk.sentences[0], Span(0, 5), 1),)
    answer = Answer("q", "q", "A storm.", "answered", cited, passages=(trains, ports))
    assert paths(wanted(answer, (storm, ports))) == ["ports.txt", "storm.txt", "trains.txt"]
    tight = request_of(answer, window=4096, reply=100, count_tokens=EMBEDDER.count_tokens, at_most=2, before=(storm,))
    assert paths(list(tight.passages.values())) == ["ports.txt", "storm.txt"]


def test_a_sentence_can_rest_on_what_the_last_answer_showed() -> None:
    class OnlyPorts:
        """Finds one document, as a search for other words would."""

        def retrieve(self, query: str, *, k: int = 10, filters: Filters = Filters()) -> Sequence[Passage]:
            return [one for one in CORPUS.retrieve(query, k=k, filters=filters) if one.source.path == "ports.txt"]

    quotes = ExtractiveAnswerer(OnlyPorts(), EMBEDDER, CORPUS)
    checker = SentenceVerifier(WordsAndVectors(EMBEDDER))
    said = "The storm came from the north on Friday."

    def answered(question: str) -> Answer:
        llm = ScriptedLLM([said])
        writer = GenerativeAnswerer(quotes, lambda: llm, checker, count_tokens=EMBEDDER.count_tokens, recall=recall)
        held = talk("storm.txt")
        *_, last = writer.stream(question, condense(question, held) or QUESTION, conversation=held)
        assert isinstance(last, Done)
        return last.answer

    assert {one.source.path for one in answered("why?").citations} == {"storm.txt"}
    assert said not in answered(QUESTION).text
