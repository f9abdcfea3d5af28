"""Yes in a claim and no in its source, or the other way round."""

from __future__ import annotations

from assistant.reading.agreement import negations_differ
from assistant.reading.checks.base import Finding


def negation(premise: str, claim: str) -> Finding | None:
    """One of the two is negated and the other is not."""
    if not negations_differ(premise, claim):
        return None
    return Finding("contradicted", "negation", "one of the sentence and the source says no, the other yes")
