"""Plans that came to nothing: "A visit to Borl, planned for 11 May, was put off" does not tell when somebody went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reading.checks.terms import Term, terms
from assistant.types import Span

_FOR_GOOD = r"cancell?ed|called off|given up|abandoned|dropped|scrapped|shelved|withdrawn|aborted|ruled out"
_FOR_NOW = r"put off|postponed"
_BE = r"(?:was|were|is|are|has been|have been|had been|being)"
_UNDONE = re.compile(
    rf"\b{_BE}\s+(?:\w+ly\s+|later\s+|then\s+|since\s+|again\s+)?(?:{_FOR_GOOD}|{_FOR_NOW})\b|"
    r"\b(?:fell|fallen) through\b|\bcame to nothing\b|\bdid not (?:take place|come about)\b|"
    r"\b(?:was|were|is|are|has been|have been) never (?:held|built|made|signed|carried out|put into practice)\b",
    re.IGNORECASE,
)
_UNDOES = re.compile(
    r"\b(?:put(?:s|ting)? off|postpon(?:es?|ed|ing)|cancel(?:s|l?ed|l?ing)|call(?:s|ed|ing) off|g[ai]ve(?:s|n)? up|"
    r"abandon(?:s|ed|ing)|drop(?:s|ped|ping)|scrap(?:s|ped|ping)|shelv(?:es?|ed|ing)|withdr(?:aws?|ew|awing)|"
    r"rul(?:es?|ed) out)\s+(?:(?:a|an|the|his|her|its|their|this|all|any|planned|plans? (?:for|to|of))\s+)*",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:would|will|was to|were to|had planned to|meant to|intended to|promised to)\s+(?P<verb>[a-z]+)\b[^.]*?[;,]\s*"
    r"(?:(?:but|and|yet)\s+)?(?:(?:it|he|she|they|so far)\s+)?"
    r"(?:(?:has|have|had)\s+not\s+done\s+so|never\s+did|did\s+not)",
    re.IGNORECASE,
)
_PLAN_TO = re.compile(
    r"\b(?:plans?|proposals?|intention|attempts?|bid|decision|promise|schemes?|idea|offer)\s+(?:to|of|for)\s+"
    r"(?:(?:a|an|the|his|her|its|their)\s+)?$",
    re.IGNORECASE,
)
_ASKS_PAST = re.compile(r"\b(?:did|was|were|has|have|had)\b", re.IGNORECASE)
_ASKS_WHEN_OR_HOW_MUCH = re.compile(r"\b(?:when|where|who|whom|which|how|what)\b", re.IGNORECASE)
_ASKS_FOR_THE_END = re.compile(
    rf"\b(?:{_FOR_GOOD}|{_FOR_NOW}|cancel\w*|postpon\w*|abandon\w*|drop|scrap|shelve|withdr\w+|stop\w*|prevent\w*|fail\w*|"
    r"plan\w*|propos\w*|propose|intend\w*|happen(?:ed)? to|why|not|never)\b|n['’]t\b",
    re.IGNORECASE,
)
_HAPPENS = frozenset("hold held take place happen happened occur occurred".split())
_DETERMINERS = frozenset("a an the his her its their this that these those of in on at to for and or".split())


def called_off(question: str, sentence: str) -> Span | None:
    """The words of a sentence that say that what a question supposes to have happened was only planned; else None.

    What was planned must be what the question has as its verb ("did she visit", "was it listed"), or the event that it
    asks about where its verb is "held" or the like, and a name of the question must stand in the sentence. Nothing is
    supposed by who asks for the plan or for its end.
    """
    if not _ASKS_WHEN_OR_HOW_MUCH.search(question) or _ASKS_FOR_THE_END.search(question):
        return None
    past = _ASKS_PAST.search(question)
    if past is None:
        return None
    asked = terms(question)
    told = terms(sentence)
    names = {term.key for term in asked if term.capital and term.key and term.start > 0}
    if names and not names & {term.key for term in told}:
        return None
    events = frozenset(_events(asked, past.end()))
    if not events:
        return None
    return next(_undone(sentence, told, events), None)


def _undone(sentence: str, told: tuple[Term, ...], events: frozenset[str]) -> Iterator[Span]:
    """Where a sentence says of one of these events that it was called off."""
    for match in _UNDONE.finditer(sentence):
        start = sentence.rfind(";", 0, match.start()) + 1
        before = [term for term in told if start <= term.start < match.start() and term.key]
        head = next((term for term in before if not term.capital or term.start == 0), None)
        planned = [term for term in before if _PLAN_TO.search(sentence[start : term.start])]
        if any(term.key in events for term in (*([head] if head else []), *planned)):
            yield Span(match.start(), match.end())
    for match in _UNDOES.finditer(sentence):
        after = next((term for term in told if term.start >= match.end()), None)
        if after is not None and after.start == match.end() and after.key in events:
            yield Span(match.start(), after.end)
    for match in _NOT_DONE.finditer(sentence):
        if any(term.start == match.start("verb") and term.key in events for term in told):
            yield Span(match.start(), match.end())


def _events(asked: tuple[Term, ...], start: int) -> Iterator[str]:
    """What a question supposes to have happened: its verb, or what "was held", by their keys."""
    happens = any(term.text.lower() in _HAPPENS for term in asked if term.start >= start)
    for place, term in enumerate(asked):
        if term.start < start or not term.key or term.capital or term.text.lower() in _HAPPENS:
            continue
        before = asked[place - 1].text.lower() if place else ""
        if happens or before not in _DETERMINERS:
            yield term.key
