"""Citation precision, by the spans that a golden case names."""

from __future__ import annotations

from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured, has_evidence
from assistant.evaluation.metrics.citing import cited_places, entries_shown
from assistant.types import Answer


def citation_precision(observation: Observation, answer: Answer) -> Measured:
    """The share of the cited places that show an evidence entry.

    None for an abstention, which claims nothing that a citation could be wrong about; its cost is in the recall. An
    answer without any citation has 0, so that citing nothing is never a way to be precise.
    """
    if answer.outcome == "abstained":
        return Measured(None)
    places = cited_places(answer)
    if not places:
        return Measured(0.0, "answered without a citation")
    wrong = sorted({each.marker for each in places if not entries_shown(each, observation.relevant)})
    value = sum(bool(entries_shown(each, observation.relevant)) for each in places) / len(places)
    return Measured(value, f"beside the evidence: {', '.join(f'[{marker}]' for marker in wrong)}" if wrong else "")


def citation_precision_metric() -> CaseMetric:
    """The metric `citation precision`."""
    return CaseMetric(
        "citation precision",
        "Share of the cited places that hold at least half of the words of one of the quotes that the case names "
        "(supporting-fact precision of HotpotQA, Yang et al. 2018, with character spans for sentences).",
        has_evidence,
        citation_precision,
    )
