"""A claim that leaves out the condition or the exception under which its source says it."""

from __future__ import annotations

import re

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.stretches import nearest_sentence
from assistant.reading.checks.terms import keys

_CONDITION = re.compile(
    r"(?<!\bas )(?<!\beven )\b(?:if|unless|provided(?: that)?|as long as|on condition that|as soon as(?! possible)|"
    r"in case)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(  # "asked if", "it is unclear if": a question, no condition
    r"\b(?:ask\w*|know\w*|see|wonder\w*|unclear|question\w*|sure|tell|say|find out|doubt\w*|check\w*|determine)\s+$",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"\b(?:if|unless|provided|as long as|condition\w*|as soon as|in case|once|when|until|depend\w*|without|should|"
    r"would|only)\b",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[;:.,]")
_EXCEPTION = re.compile(
    r"\b(?:except(?:ing| for)?|apart from|aside from|excluding|other than|"
    r"all but (?=(?:a |one|two|three|four|five|\d))|"
    r"with the exception of|not including)\b",
    re.IGNORECASE,
)
_EXCEPTING = re.compile(
    r"\b(?:except\w*|apart|aside|exclud\w*|other than|but|not includ\w*|most|almost|nearly|only|without)\b",
    re.IGNORECASE,
)
_SHARED = 1 / 3  # of the words of a condition that a claim may have and still leave it out


def conditions(premise: str, claim: str) -> Finding | None:
    """What the source says on a condition, or with an exception, the claim must not say without any.

    Looked at is the sentence of the source that is nearest in words.
    """
    sentence = nearest_sentence(parts_of(premise)[1], claim)
    said = keys(claim)
    for found in _CONDITION.finditer(sentence):
        tail = _CLAUSE_ENDS.split(sentence[found.end() :])[0]
        there = keys(tail)
        dropped = not _CONDITIONAL.search(claim) and len(there & said) <= _SHARED * len(there)
        if dropped and not _ASKED.search(sentence[: found.start()]):
            return _partly(f"the source says so on a condition: “{found.group()}{tail}”")
    exception = _EXCEPTION.search(sentence)
    if exception and not _EXCEPTING.search(claim):
        return _partly(f"the source makes an exception: “{exception.group().strip()}”")
    return None


def _partly(reason: str) -> Finding:
    return Finding("partly", "dropped hedge", reason)
