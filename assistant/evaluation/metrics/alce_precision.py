"""Citation precision by support: the share of citations that do something for their sentence (ALCE)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured, every_case
from assistant.evaluation.metrics.support import CitedSentence, cited_sentences, holds_up, joined, supported
from assistant.reading.base import Claim, Verifier
from assistant.types import Answer


def precise_citations(sentences: Sequence[CitedSentence], verifier: Verifier) -> list[bool]:
    """For each citation of each sentence, in order, whether it is precise by ALCE's definition.

    It is where its sentence is supported by all of its citations and it is not irrelevant. It is irrelevant when it
    alone does not support the sentence and the others without it do.
    """
    whole = supported(sentences, verifier)
    pairs = [(each, place) for each in sentences for place in range(len(each.sources))]
    alone = holds_up([Claim(each.sources[place], each.text) for each, place in pairs], verifier)
    rest = holds_up([Claim(joined(_without(each.sources, place)), each.text) for each, place in pairs], verifier)
    borne_out = [verdict for each, verdict in zip(sentences, whole, strict=True) for _ in each.sources]
    return [
        holds and (by_itself or not by_others)
        for holds, by_itself, by_others in zip(borne_out, alone, rest, strict=True)
    ]


def alce_precision_metric(verifier: Verifier) -> CaseMetric:
    """The metric `ALCE citation precision`."""

    def measure(observation: Observation, answer: Answer) -> Measured:
        if answer.outcome == "abstained":
            return Measured(None)
        precise = precise_citations(cited_sentences(observation, answer), verifier)
        if not precise:
            return Measured(0.0, "answered without a citation")
        wrong = len(precise) - sum(precise)
        return Measured(sum(precise) / len(precise), f"{wrong} of {len(precise)} do nothing" if wrong else "")

    return CaseMetric(
        "ALCE citation precision",
        "Share of the citations whose sentence is supported by its citations together and that are not irrelevant, "
        "that is, of no support alone while the others suffice (citation precision of ALCE, Gao et al. 2023, arXiv "
        "2305.14627, with our verifier as the judge).",
        every_case,
        measure,
    )


def _without(sources: Sequence[str], place: int) -> tuple[str, ...]:
    return (*sources[:place], *sources[place + 1 :])
