"""AUROC of answerability."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from assistant.evaluation.metrics.base import Decision, Direction


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """The chance that a random positive scores higher than a random negative, ties half. None without both."""
    if not positives or not negatives:
        return None
    ordered = sorted(negatives)
    halves = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in positives)
    return halves / (2 * len(positives) * len(negatives))


@dataclass(frozen=True, slots=True)
class Auroc:
    """The metric `AUROC`. A crashed case stands at the wrong end: below all if answerable, above all if not."""

    name: str = "AUROC"
    definition: str = (
        "Chance that a random answerable question has a higher answerability than a random unanswerable one, ties "
        "half (Hanley & McNeil 1982)."
    )
    better: Direction = "higher"

    def value(self, decisions: Sequence[Decision]) -> float | None:
        """The value for these cases; None where all are answerable or none is."""
        return auroc(
            [-inf if each.abstained is None else each.answerability for each in decisions if each.answerable],
            [inf if each.abstained is None else each.answerability for each in decisions if not each.answerable],
        )
