"""RR@k."""

from __future__ import annotations

from assistant.evaluation.metrics.case_metric import CaseMetric
from assistant.evaluation.metrics.ranking import Level, Ranking, ranking_metric


def reciprocal_rank(ranking: Ranking, *, k: int) -> float:
    """RR@k: 1 / the first rank that shows an evidence entry; 0 if that is not among the first k."""
    return next((1 / rank for rank, shown in enumerate(ranking.shown[:k], start=1) if shown), 0.0)


def reciprocal_rank_at(k: int, level: Level = "passage") -> CaseMetric:
    """The metric `RR@k` (or `doc RR@k`); its mean is MRR."""
    return ranking_metric(
        f"RR@{k}",
        f"1 / the first rank that shows any evidence entry, 0 beyond rank {k} (Kantor & Voorhees 2000).",
        level,
        lambda ranking: reciprocal_rank(ranking, k=k),
    )
