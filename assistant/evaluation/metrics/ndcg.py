"""nDCG@k."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from assistant.evaluation.metrics.case_metric import CaseMetric
from assistant.evaluation.metrics.ranking import Level, Ranking, ranking_metric


def ndcg(ranking: Ranking, *, k: int) -> float:
    """nDCG@k with binary gains: the discounted gain of the first k over that of the best ranking.

    A rank gains 1 when it shows an entry that no higher rank shows (`Ranking.gains`). The best ranking has these
    first, then one rank for each entry that was not found, so that what is missing costs as much as what comes late.
    """
    relevant = sum(ranking.gains) + ranking.unfound
    return _discounted(ranking.gains[:k]) / _discounted([1] * min(relevant, k))


def ndcg_at(k: int, level: Level = "passage") -> CaseMetric:
    """The metric `nDCG@k` (or `doc nDCG@k`)."""
    return ranking_metric(
        f"nDCG@{k}",
        f"Gains of the first {k} divided by log2(rank + 1), over those of the best ranking; a rank gains 1 when it "
        "shows an evidence entry that no higher rank shows (Järvelin & Kekäläinen 2002; binary, as trec_eval's "
        "ndcg_cut).",
        level,
        lambda ranking: ndcg(ranking, k=k),
    )


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
