"""The share of sentences that nothing retrieved bears out: the answer's own inventions."""

from __future__ import annotations

from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured, every_case
from assistant.evaluation.metrics.support import CitedSentence, cited_sentences, holds_up, supported
from assistant.reading.base import Claim, Verifier
from assistant.types import Answer


def unsupported_metric(verifier: Verifier) -> CaseMetric:
    """The metric `unsupported sentences`."""

    def measure(observation: Observation, answer: Answer) -> Measured:
        sentences = cited_sentences(observation, answer) if answer.outcome == "answered" else ()
        if not sentences:
            return Measured(None)
        verdicts = supported(sentences, verifier)
        doubtful = [each for each, verdict in zip(sentences, verdicts, strict=True) if not verdict]
        invented = [each for each in doubtful if not _borne_out_by_any(each, answer, verifier)]
        reason = f"nothing retrieved bears out: {invented[0].text[:80]!r}" if invented else ""
        return Measured(len(invented) / len(sentences), reason)

    return CaseMetric(
        "unsupported sentences",
        "Share of the answer's sentences that neither their cited places together nor any single retrieved passage "
        "supports (1 - faithfulness of RAGAS, Es et al. 2023, arXiv 2309.15217, by sentences instead of statements, "
        "with our verifier as the judge).",
        every_case,
        measure,
        better="lower",
    )


def _borne_out_by_any(sentence: CitedSentence, answer: Answer, verifier: Verifier) -> bool:
    return any(holds_up([Claim(passage.chunk.text, sentence.text) for passage in answer.passages], verifier))
