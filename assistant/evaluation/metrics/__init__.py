"""Every metric, one a file; docs/metrics.md has them in a table."""

from __future__ import annotations

from assistant.evaluation.metrics.abstention import abstention_metrics
from assistant.evaluation.metrics.alce_precision import alce_precision_metric
from assistant.evaluation.metrics.alce_recall import alce_recall_metric
from assistant.evaluation.metrics.answer_f1 import answer_f1_metric
from assistant.evaluation.metrics.auroc import Auroc
from assistant.evaluation.metrics.base import Metric, SetMetric
from assistant.evaluation.metrics.calibration_error import CalibrationError
from assistant.evaluation.metrics.citation_precision import citation_precision_metric
from assistant.evaluation.metrics.citation_recall import citation_recall_metric
from assistant.evaluation.metrics.containment import exact_containment_metric
from assistant.evaluation.metrics.fidelity import dangling_metric, not_verbatim_metric
from assistant.evaluation.metrics.latency import Latency
from assistant.evaluation.metrics.must_not_say import must_not_say_metric
from assistant.evaluation.metrics.must_say import must_say_metric
from assistant.evaluation.metrics.ndcg import ndcg_at
from assistant.evaluation.metrics.outcome import right_abstention_metric, right_outcome_metric
from assistant.evaluation.metrics.ranking import Level
from assistant.evaluation.metrics.recall import recall_at
from assistant.evaluation.metrics.reciprocal_rank import reciprocal_rank_at
from assistant.evaluation.metrics.success import success_at
from assistant.evaluation.metrics.unsupported import unsupported_metric
from assistant.reading.base import Verifier

SET_METRICS: tuple[SetMetric, ...] = (*abstention_metrics(), Auroc(), CalibrationError())


def build_metrics(verifier: Verifier) -> tuple[Metric, ...]:
    """Every metric of a case, in the order of a report; `verifier` judges support."""
    return (
        right_outcome_metric(),
        right_abstention_metric(),
        citation_recall_metric(),
        citation_precision_metric(),
        must_say_metric(),
        must_not_say_metric(),
        exact_containment_metric(),
        answer_f1_metric(),
        *_ranking_metrics("passage"),
        *_ranking_metrics("document"),
        alce_recall_metric(verifier),
        alce_precision_metric(verifier),
        unsupported_metric(verifier),
        not_verbatim_metric(),
        dangling_metric(),
        Latency(),
    )


def _ranking_metrics(level: Level) -> tuple[Metric, ...]:
    return (
        recall_at(5, level),
        recall_at(10, level),
        success_at(1, level),
        success_at(5, level),
        reciprocal_rank_at(10, level),
        ndcg_at(10, level),
    )
