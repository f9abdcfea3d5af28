"""Whether a sentence tells of what a question asks about: somebody's visit is not told where two merely met."""

from __future__ import annotations

import math
import re
from functools import cache

from assistant.answering.asked.presupposition import odds_lowered
from assistant.answering.evidence import Evidence
from assistant.language.asking import asking_part
from assistant.language.words import stem, words

LESS_LIKELY = (0.0, 0.75, 3.0)
"""By how much the log-odds of an answer fall where its sentence has no word for what happened, and where what stands
around it has none either. Chosen on the development half of the golden cases; of SQuAD's and RealTimeQA's answerable
questions none has such a sentence first."""

_AROUND = 250  # characters of the passage on each side of a sentence

# What a question may say, and what else a text may say for the same. Wide on the right: a word too many lets a question
# through, a word too few refuses one that is answered. Narrow on the left: no "meet" (a target), no "win" (seats).
_TABLE = (
    (
        r"\bvisit(?:s|ed|ing)?\b",
        "visit visits visited visiting visitor trip travel travelled arrive arrived arrival flew fly flight tour "
        "toured came come went go reached stop stopover stay stayed attended attend received hosted host landed "
        "summit met meeting talks traveler traveller",
    ),
    (
        r"\b(?:travel(?:s|led|ed|ling|ing)?|fl(?:y|ies|ew|own|ying)) to\b",
        "visit visits visited visiting visitor trip travel travelled arrive arrived arrival flew fly flight flown tour "
        "toured came come comes coming went go goes going gone reached stop stopover stay stayed attended attend "
        "received hosted host landed left leave leaves leaving departed bound journey headed summit crossed",
    ),
    (
        r"\b(?:set free|freed)\b|\b(?:hostage|prisoner|captive|detainee|crew|sailor|seafarer)s?\b[^?]*\breleased\b",
        "free freed frees release releases released releasing liberate liberated home exchange exchanged swap swapped "
        "handed returned return rescued rescue let go goes went left leave loose escape escaped pardoned bail bailed",
    ),
    (
        r"\breturn(?:s|ed)? (?:to|home|from)\b",
        "return returns returned returning back again resume resumed resumption came rejoin rejoined reinstate "
        "restored brought sent home",
    ),
    (
        r"\bwithdr(?:aw|aws|ew|awn)\b",
        "withdraw withdraws withdrew withdrawn withdrawal leave left pull pulled quit exit exited retreat suspend "
        "suspended end ended recall recalled abandon abandoned drop dropped cancel cancelled terminate removed "
        "departure ceased stopped expire expired lapse lapsed refuse refused extend extended renounced out",
    ),
    (
        r"\bresign(?:s|ed)?\b",
        "resign resigns resigned resignation quit step stepped stepping stand stood leave left departure removed "
        "ousted fired sacked dismissed replaced retire retired gone",
    ),
    (
        r"\bwho (?:(?:has|had|have|will|is to|would) )?(?:succeed(?:s|ed)?|replace[ds]?|t(?:ake|akes|ook|aken) over)\b",
        "succeed succeeds succeeded successor replace replaces replaced replacement follow followed appoint appointed "
        "appointment name named new elect elected take took taken become became sworn predecessor inherit promoted "
        "acting interim instead substitute since",
    ),
    (
        r"\b(?:prices?|costs?) (?:of|for)\b(?! living)",
        "cost costs price prices priced dollar euro pound paid pay worth fee charge expensive cheap spent spend money "
        "rate yen usd value tariff budget million billion",
    ),
    (
        r"\bre-?open(?:s|ed)?\b",
        "reopen reopens reopened reopening re-opened open opened again resume resumed restored back",
    ),
    (
        r"\bwhen (?:did|was|were|does|will|is)\b[^?]*\bopen(?:ed|s)?\b(?! (?:fire|up|an?|the)\b)",
        "open opens opened opening reopen reopened inaugurated inauguration launch launched began begun start started "
        "service operation operational running ready complete completed finished founded established commissioned "
        "unveiled first welcomed public since",
    ),
    (
        r"\b(?:married|marry)\b",
        "married marry marriage wedding wife husband spouse bride",
    ),
)
_MONEY = re.compile(r"[$€£¥]")

# Before the clause that asks: "When the deal ended, what did Russia say?" And what follows it: "... after it left".
_BEFORE = re.compile(
    r"^(?:when|after|before|since|while|as|if|following|during|in|on)\b[^,?]*,\s+(?=(?:and\s+)?"
    r"(?:what|which|who|whom|whose|when|where|why|how|did|does|is|was|were|has|have|had|in|on|at|to)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\W*(?:\w+\W+){0,3}")
_BEHIND = re.compile(
    r"\b(?:when|after|before|while|since|until|because|that|who|which|whose|whom|if|where|as|than|in return|by|"
    r"about)\b",
    re.IGNORECASE,
)


def odds_left(probability: float, question: str, evidence: Evidence) -> float:
    """The probability that the evidence answers, less likely where it has no word for what the question asks about."""
    missing = _missing(question, evidence)
    if not missing:
        return probability
    return odds_lowered(probability, math.exp(LESS_LIKELY[missing]))


def told_of(question: str, text: str) -> bool:
    """Whether a text has a word for each thing that the question asks about and that the table knows."""
    asked = _main_clause(asking_part(question))
    wanted = [others for said, others in _happenings() if said.search(asked)]
    if not wanted:
        return True
    found = {stem(word.lower()) for word in words(text)} | ({"dollar"} if _MONEY.search(text) else set())
    return all(others & found for others in wanted)


def _missing(question: str, evidence: Evidence) -> int:
    """0 where the sentence tells of it, 1 where only what stands around it does, 2 where neither does."""
    if told_of(question, evidence.text):
        return 0
    chunk = evidence.passage.chunk
    here = evidence.span.shifted(-chunk.span.start)
    around = chunk.text[max(0, here.start - _AROUND) : here.end + _AROUND]
    return 1 if told_of(question, f"{evidence.passage.source.title} {around}") else 2


def _main_clause(question: str) -> str:
    question = _BEFORE.sub("", question)
    begins = _ASKS.match(question)
    behind = _BEHIND.search(question, begins.end() if begins else 0)
    return question[: behind.start()] if behind else question


@cache
def _happenings() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """For each line of the table what asks, and the stems of the words that tell."""
    return tuple((re.compile(said, re.IGNORECASE), frozenset(map(stem, told.split()))) for said, told in _TABLE)
