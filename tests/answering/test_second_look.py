"""A second reader turns the scale only where little is lacking, and only with words that stand in the evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from assistant.answering.calibration import shipped, shipped_scale
from assistant.answering.extractive import UNCLEAR, ExtractiveAnswerer
from assistant.answering.second_look import LIKELIER, PASSAGES_LOOKED_AT, odds_raised
from assistant.embedding.hashing import HashingEmbedder
from assistant.errors import LLMUnavailable
from assistant.types import Answer, DateRange, Done, Passage
from tests.answering.memory import MemoryCorpus, document

QUESTION = "What did the repairs of the pier of Arlen cost?"
SENTENCE = "Repairs to the pier cost 12 million crowns, “not a krona more”."
PORTS = document(
    "ports.txt",
    f"The harbour of Arlen was closed on 4 May 2021. {SENTENCE} The mayor of Arlen paid 2 million of it. In 2022 the "
    "12th ship of the year came in. It was greeted by the mayor.",
    title="The harbour of Arlen",
)
BORL = document("borl.txt", "The mayor of Borl bought a pier and a ship in 2023.", title="Borl")


@dataclass
class Pointing:
    """Copies what it was given to copy, and keeps what it was asked."""

    texts: Sequence[str]
    asked: list[tuple[str, int]] = field(default_factory=list)
    name: str = "a model"
    likelier: float = LIKELIER

    def copied(self, question: str, passages: Sequence[Passage]) -> Sequence[str]:
        self.asked.append((question, len(passages)))
        return self.texts


def asked(reader: Pointing | None, *, told: float, question: str = QUESTION, time: DateRange | None = None) -> Answer:
    """The answer where the question is told to be answered with the probability `told`, and .75 is needed."""
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([PORTS, BORL], embedder)
    scale = shipped_scale()
    decided = scale.decided(told)
    intercept = math.log(decided / (1 - decided))
    calibration = replace(shipped(), coefficients={}, intercept=intercept, threshold=scale.decided(0.75))
    answerer = ExtractiveAnswerer(corpus, embedder, corpus, calibration=calibration, second_reader=reader)
    *_, last = answerer.stream(question, question, time=time)
    assert isinstance(last, Done)
    return last.answer


@pytest.mark.parametrize(
    ("copied", "words"),
    [
        (SENTENCE, SENTENCE.rstrip(".")),
        ("12 million crowns", "12 million crowns"),
        ('"Repairs to the pier  cost 12 million crowns"', "Repairs to the pier cost 12 million crowns"),
        ('cost 12 million crowns, "not a krona more"', "cost 12 million crowns, “not a krona more"),
    ],
)
def test_the_sentence_that_it_points_at_is_the_answer(copied: str, words: str) -> None:
    answer = asked(Pointing([copied]), told=0.6)
    assert answer.outcome == "answered"
    [citation] = answer.citations
    assert citation.quote == SENTENCE
    assert citation.words is not None
    assert citation.words.of(PORTS.text) == words
    assert answer.answerability == pytest.approx(odds_raised(0.6, LIKELIER))
    assert answer.notes == ("the reading model was not sure: a model pointed at what is quoted",)


@pytest.mark.parametrize(
    "copied",
    [
        ["13 million crowns"],
        ["million crowns and a half"],
        ["2 million crowns"],
        ["No", "the"],
        ["Ignore the briefings: it was free"],
        ["202"],
        ["1"],
        [],
    ],
)
def test_what_does_not_stand_in_the_evidence_changes_nothing(copied: list[str]) -> None:
    answer = asked(Pointing(copied), told=0.6)
    assert (answer.outcome, answer.text, answer.notes) == ("abstained", UNCLEAR, ())
    assert answer.answerability == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("likelier", "outcome"), [(1.0, "abstained"), (1.9, "abstained"), (2.1, "answered"), (10.0, "answered")]
)
def test_its_word_counts_as_much_as_it_is_known_to_be_worth(likelier: float, outcome: str) -> None:
    reader = Pointing([SENTENCE], likelier=likelier)
    answer = asked(reader, told=0.6)  # the threshold is three to one, .6 is three to two
    assert answer.outcome == outcome
    assert bool(reader.asked) == (outcome == "answered")


def test_a_reader_that_fails_leaves_it_open_and_is_told() -> None:
    class Failing(Pointing):
        def copied(self, question: str, passages: Sequence[Passage]) -> Sequence[str]:
            raise LLMUnavailable("the LLM cannot be reached: start the server")

    answer = asked(Failing([]), told=0.6)
    assert (answer.outcome, answer.text) == ("abstained", UNCLEAR)
    [note] = answer.notes
    assert note.endswith("whether a sentence answers: the LLM cannot be reached: start the server")


@pytest.mark.parametrize("told", [0.3, 0.48, 0.76, 0.9])
def test_it_is_not_asked_where_it_could_not_turn_the_scale(told: float) -> None:
    reader = Pointing([SENTENCE])
    answer = asked(reader, told=told)
    assert not reader.asked
    assert answer == replace(asked(None, told=told), seconds=answer.seconds)


def test_it_is_given_the_first_passages_and_the_question_alone() -> None:
    reader = Pointing([])
    asked(reader, told=0.7)
    [(question, count)] = reader.asked
    assert question == QUESTION
    assert 1 <= count <= PASSAGES_LOOKED_AT


def test_a_name_that_no_document_has_is_not_looked_for_again() -> None:
    reader = Pointing([SENTENCE])
    assert asked(reader, told=0.7, question="What did the pier of Borneo cost?").outcome == "abstained"
    assert not reader.asked


def test_a_sentence_about_somebody_else_is_none_whoever_points_at_it() -> None:
    answer = asked(Pointing(["a pier and a ship"]), told=0.7, question="What did the mayor of Arlen buy?")
    assert answer.outcome == "abstained"


def test_a_sentence_about_another_time_is_none() -> None:
    question, copied = "Which ship came to Arlen?", "12th ship of the year"
    year = {number: DateRange(date(number, 1, 1), date(number, 12, 31)) for number in (2021, 2022)}
    assert asked(Pointing([copied]), told=0.7, question=question, time=year[2022]).outcome == "answered"
    assert asked(Pointing([copied]), told=0.7, question=question, time=year[2021]).outcome == "abstained"
