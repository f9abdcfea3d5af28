"""The room with the bundled model over a short invented text built like a real briefing."""

from __future__ import annotations

import pytest

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.embedding.transformer import TransformerEmbedder
from assistant.types import Answer, Done
from tests.answering.memory import MemoryCorpus, document

BRIEFING = document(
    "norway.txt",
    "Norway has turned down an offer by Denmark to let their transport ministers talk at the rail congress in Porto. "
    "The offer had been made by letter in April.\n"
    "The Norwegian embassy gave no comment.\n"
    "Denmark says that it wants to keep the border crossings open. But Denmark has been unwilling to drop the tolls on "
    "Norwegian freight, which were introduced in 2017. Parliament would have to be told if the tolls were dropped.\n"
    "What to watch:\n"
    "- Norway's refusal comes amid strained ties between the two capitals after several incidents at the border.\n"
    "- Earlier talks were arranged at short notice, among them those of last year.\n"
    "- Denmark had tried to win the meeting with a letter, but Norway declined the offer.\n"
    "- Neighbouring states could worry about their own freight.\n",
    title="No talks in Porto",
)
OTHER = document(
    "ferries.txt",
    "The ferry line between Porto and Lagos carried 310,000 passengers in 2021. "
    "The ferry line was founded by Rui Castro in 1984.",
    title="Ferries",
)


@pytest.fixture(scope="session")
def answerer() -> ExtractiveAnswerer:
    embedder = TransformerEmbedder()
    corpus = MemoryCorpus([BRIEFING, OTHER], embedder)
    return ExtractiveAnswerer(corpus, embedder, corpus)


def ask(answerer: ExtractiveAnswerer, question: str) -> Answer:
    *_, last = answerer.stream(question, question)
    assert isinstance(last, Done)
    return last.answer


@pytest.mark.parametrize("question", ["Why did Norway decline?", "why did norway decline?", "WHY DID NORWAY DECLINE?"])
def test_both_reasons_of_a_refusal_are_cited(answerer: ExtractiveAnswerer, question: str) -> None:
    quotes = [citation.quote for citation in ask(answerer, question).citations]
    assert any("unwilling to drop the tolls" in quote for quote in quotes)
    assert any("strained ties" in quote for quote in quotes)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When were the tolls introduced?", "2017"),
        ("Who founded the ferry line?", "Rui Castro"),
        ("How many passengers used the ferries between Porto and Lagos?", "310,000"),
    ],
)
def test_the_first_sentence_answers_a_plain_question(answerer: ExtractiveAnswerer, question: str, answer: str) -> None:
    assert answer in ask(answerer, question).citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "why did India decline?",
        "who won the 2022 World Cup?",
        "How do vaccines work?",
        "what is the boiling point of mercury",
        "Who wrote the national anthem of Norway?",
    ],
)
def test_what_the_briefings_do_not_say_is_not_answered(answerer: ExtractiveAnswerer, question: str) -> None:
    assert ask(answerer, question).outcome == "abstained"


def test_two_facets_are_both_answered(answerer: ExtractiveAnswerer) -> None:
    answer = ask(answerer, "Why did Norway decline and who founded the ferry line?")
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "unwilling" in quotes
    assert "Rui Castro" in quotes
    assert answer.missing == ()
