"""Citation recall by support: the share of sentences that their citations bear out (ALCE)."""

from __future__ import annotations

from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured, every_case
from assistant.evaluation.metrics.support import cited_sentences, supported
from assistant.reading.base import Verifier
from assistant.types import Answer


def alce_recall_metric(verifier: Verifier) -> CaseMetric:
    """The metric `ALCE citation recall`."""

    def measure(observation: Observation, answer: Answer) -> Measured:
        sentences = cited_sentences(observation, answer) if answer.outcome == "answered" else ()
        if not sentences:
            return Measured(None)
        verdicts = supported(sentences, verifier)
        failed = [each.text for each, verdict in zip(sentences, verdicts, strict=True) if not verdict]
        reason = f"not borne out by its citations: {failed[0][:80]!r}" if failed else ""
        return Measured(sum(verdicts) / len(verdicts), reason)

    return CaseMetric(
        "ALCE citation recall",
        "Share of the answer's sentences that the text of their cited places together supports; one without a citation "
        "has no support (citation recall of ALCE, Gao et al. 2023, arXiv 2305.14627, with our verifier as the judge).",
        every_case,
        measure,
    )
