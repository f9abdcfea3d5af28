"""What only says again what happened is no reason for it; the sentence beside it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from assistant.answering.evidence import Evidence
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.restating import (
    Place,
    giving_reasons,
    nearest,
    only_restates,
    says_only_that_they_did,
    without_restatements,
)
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Done
from tests.answering.memory import MemoryCorpus, document

WHY = "Why did the port close?"
TEXT = (
    "The port closed on 3 March. A storm had broken the northern pier. It opened again on 9 April.\n"
    "The mayor demanded a new pier. The port sells fish."
)


def evidence(question: str = WHY) -> list[Evidence]:
    corpus = MemoryCorpus([document("a.txt", TEXT)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = scorer.score(scorer.read(question), corpus.retrieve(question))
    return sorted(found, key=lambda one: (not only_restates(question, one.text), -one.score))


@pytest.mark.parametrize(
    ("sentence", "restates"),
    [
        ("The port closed on 3 March.", True),
        ("On Tuesday evening the port of Arlen was closed at 10 p.m.", True),
        ("The port is to close in 2025.", True),
        ("The port closed in Arlen district six weeks later.", True),
        ("A storm closed the port.", False),
        ("The port closed because of that.", False),
        ("The port closed at the request of Belmark.", False),
        ("The pier was shut on 3 March.", False),
        ("It rained.", False),
    ],
)
def test_a_sentence_that_adds_only_a_time_a_number_or_a_place_restates(sentence: str, restates: bool) -> None:
    assert only_restates(WHY, sentence) is restates


def test_forms_of_one_word_are_one() -> None:
    assert only_restates("Why did Pereth leave the treaty?", "Pereth left the treaty on 4 June 2024.")


def read(odds: Mapping[str, float]) -> dict[Place, float]:
    return {one.place: odds.get(one.text, -3.0) for one in evidence()}


@pytest.mark.parametrize(
    ("sentence", "restates"),
    [
        ("Justice Henrik Dahl dissented, joined by Justice Moreau.", True),
        ("The vote was two to one; Justice Dahl dissented.", True),
        ("Justice Dahl dissented: the damages were too high.", False),
        ("Justice Dahl dissented and said that she should have asked.", False),
        ("With an eye to the costs, Justice Dahl dissented.", False),
        ("Justice Dahl dissented because of the damages.", False),
        ("Justice Moreau dissented with Dahl.", False),
    ],
)
def test_that_they_did_it_is_no_reason_however_much_stands_beside(sentence: str, restates: bool) -> None:
    assert says_only_that_they_did("Why did Justice Dahl dissent?", sentence) is restates


@pytest.mark.parametrize(
    ("odds", "left"),
    [
        ({"A storm had broken the northern pier.": 2.0}, ["A storm had broken the northern pier."]),
        ({"The mayor demanded a new pier.": 2.0}, ["The mayor demanded a new pier."]),
        ({"The port sells fish.": 2.0}, []),
        ({}, []),
    ],
)
def test_beside_a_restatement_only_what_was_read_as_an_answer_is_a_reason(
    odds: Mapping[str, float], left: list[str]
) -> None:
    kept = without_restatements(WHY, evidence(), read(odds))
    assert [one.text for one in kept] == left


def test_where_nobody_read_only_words_of_a_reason_are_one() -> None:
    assert [one.text for one in without_restatements(WHY, evidence(), {})] == ["The mayor demanded a new pier."]


def test_evidence_whose_best_is_no_restatement_loses_only_those() -> None:
    found = sorted(evidence(), key=lambda one: one.text != "A storm had broken the northern pier.")
    kept = without_restatements(WHY, found, {})
    assert [one.text for one in kept] == [one.text for one in found if not only_restates(WHY, one.text)]


def test_where_no_reason_is_told_it_abstains() -> None:
    text = "The library of Orlo closed on 5 March 2024. It has 40,000 books."
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    answerer = ExtractiveAnswerer(corpus, HashingEmbedder(), corpus)
    for question, outcome in (
        ("When did the library of Orlo close?", "answered"),
        ("Why did the library of Orlo close?", "abstained"),
    ):
        *_, last = answerer.stream(question, question)
        assert isinstance(last, Done)
        assert last.answer.outcome == outcome


AGAIN = "Why did the port of Orlo open again?"
ORLO = (
    "The port of Orlo opened again on 9 April. Shippers had refused to wait.\n"
    "Talks about fish began in Borl. Both sides made demands.\n"
    "The port of Orlo sells fish."
)


def of_orlo(question: str = AGAIN) -> list[Evidence]:
    corpus = MemoryCorpus([document("a.txt", ORLO)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    return scorer.score(scorer.read(question), corpus.retrieve(question))


def test_words_of_a_reason_are_one_only_in_what_has_to_do_with_the_question() -> None:
    found = {one.text: one.held for one in giving_reasons(of_orlo(), {})}
    assert found["Both sides made demands."] == 0.0
    assert found["Shippers had refused to wait."] > 0.5
    assert len(found) == len(of_orlo())


def test_where_it_was_read_what_gives_no_reason_is_no_evidence() -> None:
    read = {one.place: 1.0 if one.text.startswith("Talks") else -1.0 for one in of_orlo()}
    left = {one.text for one in giving_reasons(of_orlo(), read)}
    assert left == {"Shippers had refused to wait.", "Talks about fish began in Borl."}


def test_nearest_is_the_best_around_which_a_name_stands() -> None:
    first, second, *_ = of_orlo()
    assert nearest([replace(first, names=0.0), second]) == second
    assert nearest([]) is None


def test_a_reason_is_not_looked_for_in_another_paragraph() -> None:
    corpus = MemoryCorpus([document("a.txt", ORLO)], HashingEmbedder())
    answerer = ExtractiveAnswerer(corpus, HashingEmbedder(), corpus)
    *_, last = answerer.stream(AGAIN, AGAIN)
    assert isinstance(last, Done)
    assert "demands" not in last.answer.text


def test_what_says_only_that_they_did_it_is_left_out_where_somebody_read() -> None:
    text = "Belmark objected in May, joined by Pereth. Its tolls would have gone."
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    question = "Why did Belmark object?"
    found = scorer.score(scorer.read(question), corpus.retrieve(question))
    assert len(found) == 2
    assert without_restatements(question, found, {}) == found
    kept = without_restatements(question, found, {one.place: 1.0 for one in found})
    assert [one.text for one in kept] == ["Its tolls would have gone."]
