"""Intervals and paired tests over questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 200  # resamples drawn together, to bound memory

Values = NDArray[np.float64]
Statistic = Callable[[Values], Values]
"""A figure of each row of a matrix of values: shape (rows, n) to (rows,)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over n questions with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def mean(rows: Values) -> Values:
    """The mean of each row."""
    means: Values = rows.mean(axis=1)
    return means


def quantile(share: float) -> Statistic:
    """The statistic that is below `share` of the values and above the rest; .5 is the median."""
    return lambda rows: np.quantile(rows, share, axis=1)


def estimate(values: Sequence[float], *, statistic: Statistic = mean, resamples: int = 2000, seed: int = 0) -> Estimate:
    """Percentile bootstrap (Efron 1979) over questions; ValueError without values."""
    if not values:
        raise ValueError("an estimate needs at least one value")
    array = np.asarray(values, dtype=np.float64)
    generator = np.random.default_rng(seed)
    found = np.concatenate(
        [
            statistic(array[generator.integers(0, len(array), (min(_AT_ONCE, resamples - done), len(array)))])
            for done in range(0, resamples, _AT_ONCE)
        ]
    )
    low, high = np.quantile(found, (0.025, 0.975))
    return Estimate(float(statistic(array[None])[0]), float(low), float(high), len(array))


def difference(ours: Sequence[float], theirs: Sequence[float]) -> Estimate:
    """The mean of the paired differences, ours minus theirs, bootstrapped over questions."""
    return estimate([a - b for a, b in zip(ours, theirs, strict=True)])


def auroc(positive: Sequence[float] | Values, negative: Sequence[float] | Values) -> float:
    """The chance that a positive scores above a negative, ties half (Hanley and McNeil 1982)."""
    ranks = np.sort(np.asarray(negative))
    below = np.searchsorted(ranks, positive, side="left") + np.searchsorted(ranks, positive, side="right")
    return float(below.mean() / (2 * len(ranks)))


def auroc_estimate(
    positive: Sequence[float], negative: Sequence[float], *, resamples: int = 2000, seed: int = 0
) -> Estimate:
    """The AUROC with both kinds of questions drawn anew in each resample; n counts both. ValueError without either."""
    if not positive or not negative:
        raise ValueError("an AUROC needs questions of both kinds")
    generator = np.random.default_rng(seed)
    above, below = np.asarray(positive), np.asarray(negative)
    found = [auroc(generator.choice(above, len(above)), generator.choice(below, len(below))) for _ in range(resamples)]
    low, high = np.quantile(found, (0.025, 0.975))
    return Estimate(auroc(positive, negative), float(low), float(high), len(positive) + len(negative))


def permutation_test(ours: Sequence[float], theirs: Sequence[float], *, rounds: int = 10000, seed: int = 0) -> float:
    """Two-sided p-value that paired values differ in mean by chance: signs of the differences flipped at random."""
    differences = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    differences = differences[differences != 0.0]
    if not len(differences):
        return 1.0
    generator = np.random.default_rng(seed)
    observed = abs(float(differences.sum()))
    extreme = 0
    for done in range(0, rounds, _AT_ONCE):
        signs = generator.integers(0, 2, (min(_AT_ONCE, rounds - done), len(differences))) * 2 - 1
        extreme += int((np.abs(signs @ differences) >= observed - 1e-9).sum())
    return (extreme + 1) / (rounds + 1)
