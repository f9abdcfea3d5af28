"""Totals that grow from briefing to briefing ("1,506 deaths so far"): the latest one is the answer today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.differing.stated import stated_in
from assistant.answering.evidence import Evidence
from assistant.answering.query import Query
from assistant.types import DateRange

_RUNNING = re.compile(
    r"\b(?:(?:so|thus) far|to date|(?:until|up to|by|as of|as at) (?:now|today)|as of (?:this|the) \w+|"
    r"cumulative(?:ly)?)\b|\bas of (?=\d|[A-Z])",
    re.IGNORECASE,
)
_NEAR = 3.0  # how much weaker the latest total may be than the best one: as much as a quote beside it


def latest_first(query: Query, evidence: Sequence[Evidence], time: DateRange | None) -> list[Evidence]:
    """The evidence, best first, with the total of the latest briefing before earlier ones of the same thing.

    Only where a number is asked for and no `time`, the best sentence gives a total "so far", and a nearly as good one
    of a later document, with as many of the question's names, gives another one of the same unit.
    """
    best = evidence[0] if evidence else None
    if best is None or query.kind != "number" or time is not None or not _RUNNING.search(best.text):
        return list(evidence)
    units = _units(best)
    totals = [
        one
        for one in evidence
        if one.score >= best.score - _NEAR
        and one.names >= best.names
        and _RUNNING.search(one.text)
        and units & _units(one)
    ]
    day = best.passage.source.date
    later = [one for one in totals if day is not None and (its := one.passage.source.date) is not None and its > day]
    if not later:
        return list(evidence)
    latest = max(later, key=lambda one: (one.passage.source.date, one.score))
    return [replace(latest, score=best.score), *(one for one in evidence if one is not latest)]


def _units(evidence: Evidence) -> frozenset[str]:
    """What the figures of a sentence count."""
    return frozenset(one.unit for one in stated_in(evidence.text) if one.kind == "number" and one.unit)
