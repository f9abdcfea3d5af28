"""A sentence that tells whom somebody followed does not answer who followed them."""

from __future__ import annotations

import pytest

from assistant.answering.asked.succession import names_whom_it_asks_for, other_way_round, told_first
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

HOLT_AFTER_DAHL = "Ida Holt was elected in May at the age of 65 and succeeded Per Dahl."


@pytest.mark.parametrize(
    "question",
    [
        "Who replaced Ida Holt as mayor?",
        "who replaced ida holt as mayor?",
        "Who will succeed Ida Holt?",
        "Which politician succeeded Ida Holt?",
        "Who followed Ida Holt as mayor of Arlen?",
        "Who took over from Holt?",
        "By whom was Ida Holt replaced?",
        "Who was Ida Holt replaced by?",
        "Who was Ida Holt's successor?",
        "Who is the successor of Ida Holt?",
        "Whom did Per Dahl replace?",
        "Who was replaced by Per Dahl?",
        "Who was Per Dahl's predecessor?",
    ],
)
@pytest.mark.parametrize(
    "sentence",
    [
        HOLT_AFTER_DAHL,
        "Holt took over from Dahl.",
        "Dahl was replaced by Holt in May.",
        "Mayor Ida Holt, who replaced Per Dahl, opened the pier.",
        "Dahl's successor, Ida Holt, opened the pier.",
    ],
)
def test_the_other_way_round_is_no_answer(question: str, sentence: str) -> None:
    assert other_way_round(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who replaced Per Dahl as mayor?", HOLT_AFTER_DAHL),
        ("Whom did Ida Holt succeed?", HOLT_AFTER_DAHL),
        ("Who was Ida Holt's predecessor?", HOLT_AFTER_DAHL),
        ("By whom was Per Dahl replaced?", HOLT_AFTER_DAHL),
        # it tells both
        ("Who replaced Ida Holt?", "Holt succeeded Dahl in May and was replaced by Rosa Lind in June."),
        # it names nobody on the other side, or somebody else altogether
        ("Who replaced Ida Holt?", "After Holt fell ill, Rosa Lind replaced her."),
        ("Who replaced Ida Holt?", "Rosa Lind succeeded Per Dahl."),
        ("Who replaced Ida Holt?", "Ida Holt left in May."),
        # both sides are asked about, or no succession is
        ("When did Ida Holt replace Per Dahl?", HOLT_AFTER_DAHL),
        ("Who met Ida Holt?", HOLT_AFTER_DAHL),
        ("What did Ida Holt succeed in doing?", HOLT_AFTER_DAHL),
        ("Who replaced Ida Holt?", "Ida Holt succeeded in persuading the council of Arlen."),
    ],
)
def test_what_may_answer_is_left(question: str, sentence: str) -> None:
    assert not other_way_round(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("Who will replace Tobias Wenger?", "Wenger leaves in May; his successor is Claire Nakano.", True),
        ("Who succeeded Beatrice Nkhoma?", "Nkhoma resigned in May. Her successor is Paul Phiri.", True),
        ("Whom did Paul Phiri replace?", "Nkhoma resigned in May. Her successor is Paul Phiri.", True),
        ("Who succeeded Paul Phiri?", "Nkhoma resigned in May. Her successor is Paul Phiri.", False),
        ("Who will replace Tobias Wenger?", "Wenger leaves in May; his successor is not known.", False),
        ("Who will replace Tobias Wenger?", "Wenger leaves in May; his successor is to come in June.", False),
        ("Who is Tobias Wenger?", "Wenger leaves in May; his successor is Claire Nakano.", False),
    ],
)
def test_who_followed_whom_it_asks_about_is_named(question: str, sentence: str, named: bool) -> None:
    assert names_whom_it_asks_for(question, sentence) is named


def test_the_sentence_that_names_the_successor_comes_first() -> None:
    text = "Beatrice Nkhoma praised the clinic. Nkhoma will be replaced by Paul Phiri. She likes tea."
    corpus = MemoryCorpus([document("a.txt", text)], HashingEmbedder())
    question = "Who succeeds Beatrice Nkhoma?"
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = scorer.score(scorer.read(question), corpus.retrieve(question))
    ordered, named = told_first(question, found[::-1])
    assert named
    assert ordered[0].text == "Nkhoma will be replaced by Paul Phiri."
    assert sorted(one.text for one in ordered) == sorted(one.text for one in found)
    assert told_first("Who is Beatrice Nkhoma?", found) == (found, False)
