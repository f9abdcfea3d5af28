"""How far a figure over cases would move with other cases of the same kind: percentile bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

_Case = TypeVar("_Case")
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


def set_interval(
    cases: Sequence[_Case], figure: Callable[[Sequence[_Case]], float | None], *, seed: int = 0
) -> Interval | None:
    """The same interval for a figure that only a whole set has, such as AUROC.

    Resamples for which the figure is not defined are left out. None below two cases, and where most are left out.
    """
    if len(cases) < 2:
        return None
    import numpy as np

    draws = np.random.default_rng(seed).integers(len(cases), size=(_RESAMPLES, len(cases)))
    values = [value for draw in draws if (value := figure([cases[place] for place in draw])) is not None]
    if 2 * len(values) < _RESAMPLES:
        return None
    low, high = np.percentile(values, (2.5, 97.5))
    return Interval(float(low), float(high))
