"""How far a mean over cases would move with other cases of the same kind: percentile bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_RESAMPLES = 2000
_AT_ONCE = 200  # resamples drawn together, to bound memory


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends of a 95 % interval, in the unit of the values."""

    low: float
    high: float


def mean_interval(values: Sequence[float], *, seed: int = 0) -> Interval | None:
    """The 95 % percentile bootstrap interval of the mean (Efron 1979), 2,000 resamples of cases.

    None below two values. The same values and seed give the same interval.
    """
    if len(values) < 2:
        return None
    import numpy as np
    from scipy.stats import bootstrap

    found = bootstrap(
        (values,),
        np.mean,
        n_resamples=_RESAMPLES,
        batch=_AT_ONCE,
        method="percentile",
        rng=seed,
    ).confidence_interval
    return Interval(float(found.low), float(found.high))
