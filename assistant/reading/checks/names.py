"""Names of a claim that its source does not have."""

from __future__ import annotations

from assistant.reading.agreement import missing_names
from assistant.reading.checks.base import Finding


def names(premise: str, claim: str) -> Finding | None:
    """A capitalised word inside the claim that the premise does not have."""
    missing = sorted(missing_names(premise, claim))
    if not missing:
        return None
    return Finding("unsupported", "misattributed", f"the source does not name {missing[0]}")
