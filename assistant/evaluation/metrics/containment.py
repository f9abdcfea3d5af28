"""Whether the answer holds all that it should, word for word."""

from __future__ import annotations

from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured
from assistant.evaluation.metrics.must_say import said
from assistant.evaluation.metrics.wording import contains, squad_tokens
from assistant.types import Answer


def exact_containment(observation: Observation, answer: Answer) -> Measured:
    """1 where the answer holds the whole reference answer, or something of every entry of `must_say`; else 0."""
    case = observation.case
    if answer.outcome == "abstained":
        return Measured(0.0, "abstained")
    if case.must_say and all(said(answer, entry) for entry in case.must_say):
        return Measured(1.0)
    if case.reference_answer and contains(squad_tokens(answer.text), squad_tokens(case.reference_answer)):
        return Measured(1.0)
    return Measured(0.0, "holds neither the reference answer nor all that must be said")


def exact_containment_metric() -> CaseMetric:
    """The metric `exact containment`."""
    return CaseMetric(
        "exact containment",
        "Whether the answer holds, word for word, an alternative of every entry of `must_say`, or the whole reference "
        "answer after SQuAD's normalisation (accuracy as in Liu et al. 2024, arXiv 2307.03172).",
        _has_words,
        exact_containment,
        kind="pass",
    )


def _has_words(case: GoldenCase) -> bool:
    return case.answerable and (bool(case.must_say) or case.reference_answer is not None)
