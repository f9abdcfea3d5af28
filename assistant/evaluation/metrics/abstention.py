"""How well a set is told apart into what to answer and what to abstain from. Abstaining is the positive class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evaluation.metrics.base import Decision, Direction


@dataclass(frozen=True, slots=True)
class Confusion:
    """Abstentions that are `right` or `wrong` (the case is answerable), and those that are `missing`.

    A crashed case never helps: an answerable one counts as a wrong abstention, an unanswerable one as a missing one.
    """

    right: int
    wrong: int
    missing: int


@dataclass(frozen=True, slots=True)
class AbstentionMetric:
    """A metric of the decisions of a whole set that is a ratio of their confusion; None where that is 0 / 0."""

    name: str
    definition: str
    ratio: Callable[[Confusion], tuple[int, int]]
    better: Direction = "higher"

    def value(self, decisions: Sequence[Decision]) -> float | None:
        """The value for these cases."""
        above, below = self.ratio(confusion_of(decisions))
        return above / below if below else None


def confusion_of(decisions: Sequence[Decision]) -> Confusion:
    """Counts the decisions of a set."""
    return Confusion(
        right=sum(not each.answerable and each.abstained is True for each in decisions),
        wrong=sum(each.answerable and each.abstained is not False for each in decisions),
        missing=sum(not each.answerable and each.abstained is not True for each in decisions),
    )


def abstention_metrics() -> tuple[AbstentionMetric, ...]:
    """The metrics `abstention precision`, `abstention recall` and `abstention F1`."""
    return (
        AbstentionMetric(
            "abstention precision",
            "Share of the abstentions that are right: of unanswerable questions (van Rijsbergen 1979; Feng et al. "
            "2024, arXiv 2402.00367).",
            lambda count: (count.right, count.right + count.wrong),
        ),
        AbstentionMetric(
            "abstention recall",
            "Share of the unanswerable questions that are abstained from (van Rijsbergen 1979; Feng et al. 2024).",
            lambda count: (count.right, count.right + count.missing),
        ),
        AbstentionMetric(
            "abstention F1",
            "Harmonic mean of abstention precision and abstention recall (van Rijsbergen 1979).",
            lambda count: (2 * count.right, 2 * count.right + count.wrong + count.missing),
        ),
    )
