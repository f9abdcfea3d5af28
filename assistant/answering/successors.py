"""Who holds an office now: whom another briefing names as the successor of the one that an older briefing names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.citations import Cited
from assistant.answering.evidence import Evidence
from assistant.reading.checks.names import names_in
from assistant.reading.checks.order import Sides, sides
from assistant.reading.checks.terms import keys
from assistant.types import Span

_WHO_NOW = re.compile(
    r"\W*who(?:['’]s\b|\s+(?:is|are)\b|\s+(?:now |currently )?(?!was\b|has\b|does\b)[a-z]{3,}s\b)", re.IGNORECASE
)
_OF_BEFORE = re.compile(r"\b(?:first|before|former|original(?:ly)?|previous(?:ly)?|until|earlier)\b", re.IGNORECASE)


def successor_first(chosen: Sequence[Cited], question: str) -> list[Cited]:
    """The sentences of an answer, that with a successor before the one with whom it says was succeeded.

    Only where the question asks who holds an office now, of a document that is no older. The successor is marked.
    """
    if not _WHO_NOW.match(question) or _OF_BEFORE.search(question):
        return list(chosen)
    ordered = list(chosen)
    for place, (one, others) in enumerate(chosen):
        told = _succession(one)
        held = [at for at, (other, _) in enumerate(ordered) if at < place and told and _is_succeeded(other, told, one)]
        if told and held:
            ordered.remove((one, others))
            ordered.insert(held[0], (_marked(one, told), others))
    return ordered


def _succession(one: Evidence) -> Sides | None:
    return next((each for kind, each in sides(one.text) if kind == "succession"), None)


def _is_succeeded(other: Evidence, told: Sides, one: Evidence) -> bool:
    names = {term.key for term in names_in(f"about {other.words or other.text}")}
    day, day_of_other = one.passage.source.date, other.passage.source.date
    later = day is None or day_of_other is None or day >= day_of_other
    return later and bool(names & keys(told[1])) and not names & keys(told[0])


def _marked(one: Evidence, told: Sides) -> Evidence:
    """The sentence with the successor marked, where that is words of it."""
    said = told[0].strip(" ,.;:")
    start = one.text.find(said) if said and names_in(f"about {said}") else -1
    return one if start < 0 else replace(one, answer=Span(start, start + len(said)).shifted(one.span.start))
