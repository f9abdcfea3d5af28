"""Intervals and paired tests over questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_AT_ONCE = 200  # resamples drawn together, to bound memory


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over n questions with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def estimate(values: Sequence[float], *, resamples: int = 2000, seed: int = 0) -> Estimate:
    """Percentile bootstrap (Efron 1979) over questions; ValueError without values."""
    if not values:
        raise ValueError("an estimate needs at least one value")
    array = np.asarray(values, dtype=np.float64)
    generator = np.random.default_rng(seed)
    means = np.concatenate(
        [
            array[generator.integers(0, len(array), (min(_AT_ONCE, resamples - done), len(array)))].mean(axis=1)
            for done in range(0, resamples, _AT_ONCE)
        ]
    )
    low, high = np.quantile(means, (0.025, 0.975))
    return Estimate(float(array.mean()), float(low), float(high), len(array))


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
