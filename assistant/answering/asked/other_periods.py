"""Whether a sentence tells of another week, round or month: the deaths of week 14 are not those of week 19."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from assistant.answering.asked.amounts import count_asked
from assistant.language.number_words import ORDINALS, SMALL, VALUES
from assistant.language.written_dates import MONTH_NAME

_NUMBER = r"\d{1,3}(?![\w%]|[.,:]\d|\s?%|\s(?:per\s?cent|percent|million|billion)\b)"
_OF_CALENDAR = frozenset("week day month quarter".split())
"""What a report may be of; "the first week of May" has another number in the year."""
_OF_EVENTS = "round|phase|stage|session|wave|tranche"
_KIND = rf"(?P<kind>{'|'.join(sorted(_OF_CALENDAR))}|{_OF_EVENTS})"
_NUMBERED = re.compile(
    rf"\b(?:{_KIND}s?(?:\s|-|(?<!s):\s)|(?P<quarter>Q))"
    rf"(?P<numbers>{_NUMBER}(?:(?:\s?[–—-]\s?|\s(?:to|and|or)\s|,\s){_NUMBER})*)",
    re.IGNORECASE,
)
_ORDINALS = "|".join(word for word, value in ORDINALS.items() if value <= 10)
_CARDINALS = "|".join(SMALL[1:11])
_SPELT = re.compile(
    rf"\b(?P<ordinal>{_ORDINALS}|\d{{1,2}}(?:st|nd|rd|th))[\s-]{_KIND}\b|"
    rf"\b(?P<named>{_OF_EVENTS})\s(?P<cardinal>{_CARDINALS})\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"\d+")
_RANGE = re.compile(r"[–—-]|\sto\s", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:previous|preceding|last|prior|earlier|next|following|later|before|after|since|until|till|ago|between|total|"
    r"so far|each|every|per|all)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b{MONTH_NAME}\b")
_STRETCH = re.compile(rf"\b(?:from|between|since|until|till|through|by|to|and)\s+(?:\w+\s+){{0,2}}?{MONTH_NAME}\b")
_IN_MONTH = re.compile(rf"\b(?:in|during|for|of|throughout)\s+(?P<month>{MONTH_NAME})\b(?!\s+(?:\d|and\b|or\b|to\b))")


def of_another_period(question: str, sentence: str, heads: str, *, dated: bool) -> bool:
    """Whether a question names a week, a round or the like by its number, or a month, and a sentence others only.

    A sentence that names none is of those that the `heads` above it name ("Situation report, week 14"), unless it
    counts from there ("the week before"), where a report can be of such a period: a week, not a round. Months without
    a year are told apart where a number is asked for and the question is not `dated` in another way.
    """
    asked = periods(question)
    if asked:
        told, above = periods(sentence), {} if _RELATIVE.search(sentence) else periods(heads)
        uncertain = {found["kind"].lower() for found in _SPELT.finditer(sentence) if found["kind"]} & _OF_CALENDAR
        for kind, numbers in asked.items():
            there = told.get(kind) or (above.get(kind) if kind in _OF_CALENDAR else None)
            if there and not numbers & there and kind not in uncertain:
                return True
    return not dated and count_asked(question) and _of_another_month(question, sentence)


def _of_another_month(question: str, sentence: str) -> bool:
    asked = {found["month"] for found in _IN_MONTH.finditer(question)}
    told = set(_MONTH.findall(sentence))
    return bool(asked and told) and not asked & told and not _STRETCH.search(sentence)


def periods(text: str) -> Mapping[str, frozenset[int]]:
    """The numbers of the weeks, rounds and the like of each kind that a text names: {"week": {15, 16}}."""
    found: dict[str, set[int]] = defaultdict(set)
    for match in _NUMBERED.finditer(text):
        numbers = [int(number) for number in _EACH.findall(match["numbers"])]
        if _RANGE.search(match["numbers"]):
            numbers = list(range(numbers[0], numbers[-1] + 1))
        found[(match["kind"] or "quarter").lower()].update(numbers)
    for match in _SPELT.finditer(text):
        kind = (match["kind"] or match["named"]).lower()
        if kind not in _OF_CALENDAR:
            found[kind].add(_number(match["ordinal"] or match["cardinal"]))
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


def _number(word: str) -> int:
    digits = _EACH.match(word)
    return int(digits.group()) if digits else (ORDINALS | VALUES)[word.lower()]
