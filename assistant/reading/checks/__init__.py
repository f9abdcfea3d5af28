"""What must agree between a claim and its source, one rule a file; a new check is a file and a line in `CHECKS`."""

from __future__ import annotations

from assistant.reading.checks.base import Check, Finding
from assistant.reading.checks.names import names
from assistant.reading.checks.negation import negation
from assistant.reading.checks.numbers import numbers

__all__ = ["CHECKS", "Check", "Finding", "findings"]

CHECKS: tuple[Check, ...] = (numbers, names, negation)
"""In the order in which their findings are named to people: the plainest first."""


def findings(premise: str, claim: str) -> tuple[Finding, ...]:
    """What is wrong with the claim by every check, in the order of `CHECKS`; empty where nothing is."""
    return tuple(found for check in CHECKS if (found := check(premise, claim)) is not None)
