"""The share of what must be said that is said."""

from __future__ import annotations

from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured
from assistant.evaluation.metrics.wording import holds
from assistant.types import Answer


def said(answer: Answer, entry: tuple[str, ...]) -> bool:
    """Whether the answer holds one of the alternatives; an abstention says nothing."""
    return answer.outcome == "answered" and any(holds(answer.text, phrase) for phrase in entry)


def must_say(observation: Observation, answer: Answer) -> Measured:
    """The share of the entries of `must_say` of which the answer holds an alternative."""
    entries = observation.case.must_say
    unsaid = [entry for entry in entries if not said(answer, entry)]
    reason = f"not said: {', '.join(' or '.join(map(repr, entry)) for entry in unsaid)}" if unsaid else ""
    return Measured((len(entries) - len(unsaid)) / len(entries), reason)


def must_say_metric() -> CaseMetric:
    """The metric `must-say`."""
    return CaseMetric(
        "must-say",
        "Share of the entries of `must_say` of which the answer holds an alternative, in whole words (STR-EM of ASQA, "
        "Stelmakh et al. 2022, as in ALCE).",
        has_must_say,
        must_say,
    )


def has_must_say(case: GoldenCase) -> bool:
    """Applies where the case is answerable and names words that a right answer holds."""
    return case.answerable and bool(case.must_say)
