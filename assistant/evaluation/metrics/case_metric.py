"""A metric over one case: to which cases it applies, what it measures, and what a crash is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.base import Direction, Kind, Observation, Score
from assistant.types import Answer


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with, where it is not the best one, the reason in words. None: the metric does not apply after all."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseMetric:
    """Satisfies `Metric`. All values lie between 0 and 1.

    `applies` decides by the case alone, so that a crash cannot take a case out of a mean: a crashed case to which the
    metric applies has 0 where higher is better and 1 where lower is.
    """

    name: str
    definition: str
    applies: Callable[[GoldenCase], bool]
    measure: Callable[[Observation, Answer], Measured]
    kind: Kind = "score"
    better: Direction = "higher"
    gating: bool = True

    def score(self, observation: Observation) -> Score:
        """The score of this case."""
        if not self.applies(observation.case):
            return Score(self.name, None)
        if observation.answer is None:
            return Score(self.name, 0.0 if self.better == "higher" else 1.0, "crashed")
        measured = self.measure(observation, observation.answer)
        return Score(self.name, measured.value, measured.reason)


def every_case(case: GoldenCase) -> bool:  # noqa: ARG001 - the same question to every case
    """Applies everywhere."""
    return True


def has_evidence(case: GoldenCase) -> bool:
    """Applies where the case is answerable and says what a full answer shows."""
    return case.answerable and bool(case.relevant)
