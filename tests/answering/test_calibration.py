from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.calibration import ABSTENTION_FEATURES, Calibration, Scale, features_of, shipped, shipped_scale
from assistant.answering.evidence import Evidence
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document


@pytest.fixture(scope="module")
def evidence() -> list[Evidence]:
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([document("a.txt", "The pier of Arlen was closed in May. Ferries use Borl.")], embedder)
    scorer = EvidenceScorer(embedder, corpus)
    return scorer.score(scorer.read("When was the pier closed?"), corpus.retrieve("When was the pier closed?"))


@pytest.mark.parametrize(("reading", "without"), [(False, {"read", "relevance"}), (True, {"subjects", "read"})])
def test_the_shipped_files_have_a_coefficient_for_each_feature_and_a_threshold_between_0_and_1(
    reading: bool, without: set[str]
) -> None:
    calibration = shipped(reading=reading)
    assert set(calibration.coefficients) == set(ABSTENTION_FEATURES) - without
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
    assert set(features_of(evidence)) == set(ABSTENTION_FEATURES)
    flat = Calibration(dict.fromkeys(ABSTENTION_FEATURES, 0.0), 0.0, 0.5)
    assert flat.probability(evidence) == 0.5
    assert Calibration(dict.fromkeys(ABSTENTION_FEATURES, 0.0), 1e6, 0.5).probability(evidence) == pytest.approx(1.0)


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_the_scale_keeps_the_order_and_can_be_taken_back(one: float, other: float) -> None:
    scale = shipped_scale()
    assert scale.decided(scale.told(one)) == pytest.approx(one, abs=1e-6)
    assert (scale.told(one) < scale.told(other)) == (one < other) or one == pytest.approx(other, abs=1e-6)


def test_what_is_ruled_out_is_told_as_nothing() -> None:
    assert (Scale(0.5, 2.0).told(0.0), Scale(0.5, 2.0).decided(0.0)) == (0.0, 0.0)
    assert Scale(1.0, 0.0).told(0.3) == pytest.approx(0.3)
