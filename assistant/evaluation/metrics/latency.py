"""How long an answer took: reported, never judged, as it depends on the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.metrics.base import Direction, Kind, Observation, Score

_PERCENTILES = (50, 90, 95, 99, 100)


@dataclass(frozen=True, slots=True)
class Latency:
    """The metric `latency`, in seconds. A crashed case has none: a time without end cannot be averaged."""

    name: str = "latency"
    definition: str = (
        "Seconds of wall clock from the question to the finished answer, earlier questions of the conversation not "
        "counted; does not decide."
    )
    kind: Kind = "score"
    better: Direction = "lower"
    gating: bool = False

    def score(self, observation: Observation) -> Score:
        """The seconds of this case."""
        if observation.answer is None:
            return Score(self.name, None, "crashed")
        return Score(self.name, observation.seconds)


def percentiles(seconds: Sequence[float]) -> Mapping[str, float]:
    """Percentiles `p50`, `p90`, `p95`, `p99` and `p100`, in seconds; empty without values.

    Between two values they are interpolated linearly (method 7 of Hyndman & Fan 1996, numpy's default).
    """
    if not seconds:
        return {}
    values = np.percentile(np.asarray(seconds, dtype=np.float64), _PERCENTILES)
    return {f"p{which}": float(value) for which, value in zip(_PERCENTILES, values, strict=True)}
