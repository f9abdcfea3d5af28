"""R@k."""

from __future__ import annotations

from assistant.evaluation.metrics.case_metric import CaseMetric
from assistant.evaluation.metrics.ranking import Level, Ranking, ranking_metric


def recall(ranking: Ranking, *, k: int) -> float:
    """R@k: the share of the evidence entries that the first k show. An entry counts once, by any of its quotes."""
    return len(frozenset[int]().union(*ranking.shown[:k])) / ranking.entries


def recall_at(k: int, level: Level = "passage") -> CaseMetric:
    """The metric `R@k` (or `doc R@k`)."""
    return ranking_metric(
        f"R@{k}",
        f"Share of the evidence entries shown among the first {k}; an entry is shown when any of its quotes is "
        "(recall as in trec_eval's recall_k, Voorhees & Harman 2005; the unit is the entry).",
        level,
        lambda ranking: recall(ranking, k=k),
    )
