"""Whether a case came out as it should: answered or abstained."""

from __future__ import annotations

from assistant.evaluation.cases import GoldenCase, right_outcome
from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured, every_case
from assistant.types import Answer


def came_out_right(observation: Observation, answer: Answer) -> Measured:
    """1 where an answerable case is answered or an unanswerable one is abstained from, else 0."""
    right = right_outcome(observation.case.answerable)
    return Measured(1.0) if answer.outcome == right else Measured(0.0, f"{answer.outcome}, right is {right}")


def right_outcome_metric() -> CaseMetric:
    """The metric `right outcome`."""
    return CaseMetric(
        "right outcome",
        "Whether an answerable question is answered and an unanswerable one is abstained from (the decision of SQuAD "
        "2.0, Rajpurkar et al. 2018); says nothing about the answer itself.",
        every_case,
        came_out_right,
        kind="pass",
    )


def right_abstention_metric() -> CaseMetric:
    """The metric `right abstention`: apart from `right outcome`, where more answers can make up for more inventions."""
    return CaseMetric(
        "right abstention",
        "Whether an unanswerable question is abstained from (SQuAD 2.0's NoAns accuracy, Rajpurkar et al. 2018).",
        _unanswerable,
        came_out_right,
        kind="pass",
    )


def _unanswerable(case: GoldenCase) -> bool:
    return not case.answerable
