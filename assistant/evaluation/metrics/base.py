"""What a metric is: an observed case in, a score out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.evaluation.cases import GoldenCase, RelevantSpan
from assistant.types import Answer

Direction = Literal["higher", "lower"]
Kind = Literal["score", "pass"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One case as it went: the case, its relevant spans, and the answer; `answer` is None where the case crashed.

    `texts` has the canonical text of every document that the answer cites and every relevant one, by document id,
    read from the index and not from the answer.
    """

    case: GoldenCase
    relevant: tuple[RelevantSpan, ...]
    answer: Answer | None
    texts: Mapping[str, str]
    error: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The value of a metric for one case. None is "does not apply": it stays out of every mean and is never 0.

    A crashed case to which the metric would apply has the worst value, so that no crash can raise a mean.
    """

    metric: str
    value: float | None
    reason: str = ""


class Metric(Protocol):
    """Scores one case. `definition` is one sentence with the source of the definition.

    `kind` "pass" has only the values 0 and 1 and is compared by McNemar's test, "score" by a permutation test.
    `gating` False is reported and never part of the verdict (latency).
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> Kind: ...  # noqa: D102
    @property
    def better(self) -> Direction: ...  # noqa: D102
    @property
    def gating(self) -> bool: ...  # noqa: D102
    @property
    def definition(self) -> str: ...  # noqa: D102

    def score(self, observation: Observation) -> Score:
        """The score of this case."""
        ...


@dataclass(frozen=True, slots=True)
class MetricInfo:
    """What a verdict and a report need to know of a metric; the fields are those of `Metric`."""

    name: str
    kind: Kind
    better: Direction
    gating: bool
    definition: str


def info_of(metric: Metric) -> MetricInfo:
    """The description of a metric, without its code."""
    return MetricInfo(metric.name, metric.kind, metric.better, metric.gating, metric.definition)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a metric over a whole set sees of one case: the truth, the outcome, and the answerability score.

    A crashed case has outcome None.
    """

    answerable: bool
    abstained: bool | None
    answerability: float


class SetMetric(Protocol):
    """A metric that only a whole set has, such as AUROC or the precision of abstaining."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def better(self) -> Direction: ...  # noqa: D102
    @property
    def definition(self) -> str: ...  # noqa: D102

    def value(self, decisions: Sequence[Decision]) -> float | None:
        """The value for these cases; None where it is not defined, as for a set without unanswerable cases."""
        ...
