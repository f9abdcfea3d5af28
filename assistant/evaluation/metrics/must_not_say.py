"""Whether the answer keeps clear of what it must not say."""

from __future__ import annotations

from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured
from assistant.evaluation.metrics.wording import holds
from assistant.types import Answer


def must_not_say(observation: Observation, answer: Answer) -> Measured:
    """1 where the text holds nothing of `must_not_say`, else 0. The text of an abstention is read too."""
    wrong = [phrase for phrase in observation.case.must_not_say if holds(answer.text, phrase)]
    return Measured(0.0, f"says: {', '.join(map(repr, wrong))}") if wrong else Measured(1.0)


def must_not_say_metric() -> CaseMetric:
    """The metric `must-not-say`."""
    return CaseMetric(
        "must-not-say",
        "Whether the text holds none of the words of `must_not_say`, in whole words (our own, after the behavioural "
        "tests of CheckList, Ribeiro et al. 2020); 1 is clean.",
        _has_must_not_say,
        must_not_say,
        kind="pass",
    )


def _has_must_not_say(case: GoldenCase) -> bool:
    return bool(case.must_not_say)
