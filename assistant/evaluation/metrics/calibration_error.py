"""How far the answerability that is told lies from the share of questions that are answerable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant.evaluation.metrics.base import Decision, Direction

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The cases whose answerability lies in one tenth of the scale: its mean, the share answerable, their number."""

    said: float
    true: float
    count: int


def bins(pairs: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The bins that hold any of these pairs of answerability and truth, by rising answerability."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for said, true in pairs:
        members[min(int(said * BINS), BINS - 1)].append((said, true))
    return tuple(
        Bin(fmean(said for said, _ in each), fmean(true for _, true in each), len(each)) for each in members if each
    )


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """The mean distance between answerability and truth over `bins`, weighted by their counts. None without pairs."""
    if not pairs:
        return None
    return sum(each.count * abs(each.said - each.true) for each in bins(pairs)) / len(pairs)


@dataclass(frozen=True, slots=True)
class CalibrationError:
    """The metric `calibration error`. A crashed case counts as wrong as a case can be."""

    name: str = "calibration error"
    definition: str = (
        "Expected calibration error of answerability: the mean distance between its mean and the share of answerable "
        f"questions in {BINS} bins of equal width, weighted by their counts (Naeini et al. 2015)."
    )
    better: Direction = "lower"

    def value(self, decisions: Sequence[Decision]) -> float | None:
        """The value for these cases; None without cases."""
        if not decisions:
            return None
        told = [(each.answerability, each.answerable) for each in decisions if each.abstained is not None]
        crashed = len(decisions) - len(told)
        return ((calibration_error(told) or 0.0) * len(told) + crashed) / len(decisions)
