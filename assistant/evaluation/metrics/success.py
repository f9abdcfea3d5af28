"""Success@k."""

from __future__ import annotations

from assistant.evaluation.metrics.case_metric import CaseMetric
from assistant.evaluation.metrics.ranking import Level, Ranking, ranking_metric


def success(ranking: Ranking, *, k: int) -> float:
    """Success@k: 1 if any of the first k shows an evidence entry, else 0. (Often miscalled recall or hit rate.)"""
    return float(any(ranking.shown[:k]))


def success_at(k: int, level: Level = "passage") -> CaseMetric:
    """The metric `Success@k` (or `doc Success@k`)."""
    return ranking_metric(
        f"Success@{k}",
        f"Whether any evidence entry is shown among the first {k} (Soboroff 2004, as trec_eval's success_k).",
        level,
        lambda ranking: success(ranking, k=k),
        kind="pass",
    )
