"""A number or a date of a claim behind another preposition than in its source: "to 15 %" and "by 15 %"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.calendar_dates import WrittenDate, dates
from assistant.reading.checks.quantities import quantities
from assistant.reading.checks.stretches import nearest_sentence
from assistant.types import Span

_BETWEEN = r"\s+(?:about |around |nearly |almost |the |an? |early |late |mid-)?$"
_CHANGE = re.compile(rf"\b(to|by|from){_BETWEEN}", re.IGNORECASE)
_TIME = re.compile(rf"\b(since|from|after|following|until|till|before){_BETWEEN}", re.IGNORECASE)
_SIDE = {"since": "from", "from": "from", "after": "from", "following": "from"}


def bounds(premise: str, claim: str) -> Finding | None:
    """A fall "by" a number is none "to" it, and "since" a day is not "until" it.

    Wrong is only what has another preposition wherever the source's sentence has the number or the day.
    """
    sentence = nearest_sentence(parts_of(premise)[1], claim)
    for said in quantities(claim):
        there = [each.span for each in quantities(sentence) if each.value == said.value]
        mine, theirs = _before(claim, said.span, _CHANGE), _before_all(sentence, there, _CHANGE)
        if mine and theirs and mine not in theirs:
            return Finding("contradicted", "number mismatch", f"the source says “{min(theirs)} {said.text}”")
    for day in dates(claim):
        there = [each.span for each in dates(sentence) if _same(day, each)]
        mine, theirs = _before(claim, day.span, _TIME), _before_all(sentence, there, _TIME)
        if mine and theirs and _SIDE.get(mine, "until") not in {_SIDE.get(each, "until") for each in theirs}:
            return Finding("contradicted", "date mismatch", f"the source says “{min(theirs)} {day.text}”")
    return None


def _before(text: str, value: Span, prepositions: re.Pattern[str]) -> str:
    found = prepositions.search(text[: value.start])
    return found[1].lower() if found else ""


def _before_all(text: str, values: Iterable[Span], prepositions: re.Pattern[str]) -> set[str]:
    """The prepositions before all of the values; none where one of them has no such preposition."""
    found = {_before(text, value, prepositions) for value in values}
    return set() if "" in found else found


def _same(one: WrittenDate, other: WrittenDate) -> bool:
    years = one.year == other.year or not one.year or not other.year
    return (one.month, one.day) == (other.month, other.day) and years
