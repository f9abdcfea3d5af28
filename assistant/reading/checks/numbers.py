"""Numbers of a claim that its source does not have."""

from __future__ import annotations

from assistant.reading.agreement import missing_numbers
from assistant.reading.checks.base import Finding


def numbers(premise: str, claim: str) -> Finding | None:
    """A number in figures that the premise does not have, in figures or spelled out."""
    missing = sorted(missing_numbers(premise, claim))
    if not missing:
        return None
    return Finding("contradicted", "number mismatch", f"the source does not have the number {missing[0]}")
