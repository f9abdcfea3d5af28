"""A case of a report for judges to look at, in our own words."""

from __future__ import annotations

from assistant.evaluation.results import CaseResult
from assistant.types import Outcome

CONTEXTS = (
    "The harbour of Lund was closed on 3 May because a crane had fallen onto the quay.",
    "Ferries to the islands left from Malm until the quay was repaired.",
)


def result(
    text: str = "The harbour was closed because a crane fell onto the quay.",
    *,
    outcome: Outcome | None = "answered",
    reference: str | None = "A fallen crane blocked the quay.",
) -> CaseResult:
    """A case as it went: a question on `CONTEXTS` and the answer `text`."""
    return CaseResult(
        case_id="harbour",
        fingerprint="0",
        question="And why?",
        query="Why was the harbour of Lund closed?",
        answerable=True,
        split="development",
        tags=(),
        outcome=outcome,
        text=text,
        answerability=0.9,
        citations=(),
        passages=(),
        relevant=(),
        missing=(),
        scores={},
        reasons={},
        seconds=0.1,
        reference_answer=reference,
    )
