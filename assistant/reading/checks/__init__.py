"""What must agree between a claim and its source, one rule a file; a new check is a file and a line in `CHECKS`."""

from __future__ import annotations

from assistant.reading.checks.attribution import attribution
from assistant.reading.checks.base import Check, Finding, parts_of, premise_of
from assistant.reading.checks.bounds import bounds
from assistant.reading.checks.causes import causes
from assistant.reading.checks.conditions import conditions
from assistant.reading.checks.dates import calendar
from assistant.reading.checks.dictated import dictated
from assistant.reading.checks.dismissals import dismissals
from assistant.reading.checks.exchanged import exchanged
from assistant.reading.checks.firsts import firsts
from assistant.reading.checks.framed import framed
from assistant.reading.checks.modality import modality
from assistant.reading.checks.names import names
from assistant.reading.checks.negation import negation
from assistant.reading.checks.numbers import numbers
from assistant.reading.checks.offices import offices
from assistant.reading.checks.opposites import opposites
from assistant.reading.checks.order import order
from assistant.reading.checks.parts import parts
from assistant.reading.checks.quotes import quotes
from assistant.reading.checks.roles import roles
from assistant.reading.checks.spellings import alike
from assistant.reading.checks.stitching import stitching

__all__ = ["CHECKS", "Check", "Finding", "findings", "parts_of", "premise_of"]

CHECKS: tuple[Check, ...] = (
    quotes,
    dictated,
    calendar,
    numbers,
    bounds,
    parts,
    firsts,
    names,
    exchanged,
    negation,
    opposites,
    offices,
    dismissals,
    framed,
    attribution,
    roles,
    causes,
    order,
    stitching,
    modality,
    conditions,
)
"""In the order in which people are told of their findings: what is plain to see first, what is partly wrong last."""

_GRAVITY = {"contradicted": 0, "unsupported": 1, "partly": 2}


def findings(premise: str, claim: str) -> tuple[Finding, ...]:
    """What is wrong with the claim by every check, the gravest first; empty where nothing is."""
    premise, claim = alike(premise, claim)
    found = [each for check in CHECKS if (each := check(premise, claim)) is not None]
    return tuple(sorted(found, key=lambda each: _GRAVITY[each.status]))
