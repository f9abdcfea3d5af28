"""Token F1 of the answer against the reference answer."""

from __future__ import annotations

from collections import Counter

from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured
from assistant.evaluation.metrics.wording import squad_tokens
from assistant.types import Answer


def token_f1(text: str, reference: str) -> float:
    """Harmonic mean of the share of tokens of `text` in `reference` and the reverse, each token as often as it comes.

    0 where either has no token.
    """
    said, wanted = Counter(squad_tokens(text)), Counter(squad_tokens(reference))
    common = (said & wanted).total()
    return 2 * common / (said.total() + wanted.total()) if common else 0.0


def answer_f1(observation: Observation, answer: Answer) -> Measured:
    """Token F1 against the reference answer; 0 for an abstention."""
    if answer.outcome == "abstained":
        return Measured(0.0, "abstained")
    return Measured(token_f1(answer.text, observation.case.reference_answer or ""))


def answer_f1_metric() -> CaseMetric:
    """The metric `answer F1`."""
    return CaseMetric(
        "answer F1",
        "F1 of the answer's tokens against those of the reference answer, after SQuAD's normalisation (Rajpurkar et "
        "al. 2016); low by nature where an answer quotes and the reference does not, so only changes tell.",
        _has_reference,
        answer_f1,
    )


def _has_reference(case: GoldenCase) -> bool:
    return case.answerable and case.reference_answer is not None
