"""Citation recall, by the spans that a golden case names."""

from __future__ import annotations

from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured, has_evidence
from assistant.evaluation.metrics.citing import cited_places, entries_shown
from assistant.evaluation.metrics.ranking import missed
from assistant.types import Answer


def citation_recall(observation: Observation, answer: Answer) -> Measured:
    """The share of the evidence entries that a citation shows. An abstention cites nothing and has 0."""
    found = frozenset[int]().union(*(entries_shown(each, observation.relevant) for each in cited_places(answer)))
    value = len(found) / len(observation.case.relevant)
    return Measured(value, "" if value == 1 else f"not cited: {missed(observation, found)}")


def citation_recall_metric() -> CaseMetric:
    """The metric `citation recall`."""
    return CaseMetric(
        "citation recall",
        "Share of the evidence entries that a citation shows, holding at least half of the words of one of the "
        "entry's quotes (supporting-fact recall of HotpotQA, Yang et al. 2018, with character spans for sentences).",
        has_evidence,
        citation_recall,
    )
