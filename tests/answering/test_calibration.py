from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.calibration import FEATURES, Calibration, features_of, shipped
from assistant.answering.evidence import Evidence, EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document


@pytest.fixture(scope="module")
def evidence() -> list[Evidence]:
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([document("a.txt", "The pier of Arlen was closed in May. Ferries use Borl.")], embedder)
    scorer = EvidenceScorer(embedder, corpus)
    return scorer.score(scorer.read("When was the pier closed?"), corpus.retrieve("When was the pier closed?"))


@pytest.mark.parametrize(("reading", "without"), [(False, {"read", "relevance"}), (True, set())])
def test_the_shipped_files_have_a_coefficient_for_each_feature_and_a_threshold_between_0_and_1(
    reading: bool, without: set[str]
) -> None:
    calibration = shipped(reading=reading)
    assert set(calibration.coefficients) == set(FEATURES) - without
    assert 0.0 < calibration.threshold < 1.0


def test_more_cosine_and_more_shared_words_never_make_an_answer_less_probable(evidence: list[Evidence]) -> None:
    calibration = shipped()
    weak = [replace(evidence[0], cosine=0.2, context_coverage=0.1, score=5.0)]
    assert calibration.probability(weak) < calibration.probability([replace(weak[0], cosine=0.8)])
    assert calibration.probability(weak) < calibration.probability([replace(weak[0], context_coverage=0.9)])
    assert calibration.probability(weak) < calibration.probability([replace(weak[0], score=14.0)])


def test_nothing_found_is_not_answered() -> None:
    assert shipped().probability([]) == 0.0


def test_the_probability_is_a_logistic_function_of_the_features(evidence: list[Evidence]) -> None:
    assert set(features_of(evidence)) == set(FEATURES)
    flat = Calibration(dict.fromkeys(FEATURES, 0.0), 0.0, 0.5)
    assert flat.probability(evidence) == 0.5
    assert Calibration(dict.fromkeys(FEATURES, 0.0), 1e6, 0.5).probability(evidence) == pytest.approx(1.0)
