"""Pronouns of a question that stand for something said before it, and those that stand for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.followups.antecedents import MANY, PERSONS, THINGS
from assistant.answering.phrases import Phrase, phrases, tokens

# Patterns of words, for expressions here and where questions are put together.
DETERMINER = r"(?:the|an?|its|his|her|their|our|your|my|this|that|these|those)"
BE = r"(?:is|are|was|were|has|have|had|can|could|will|would|should)"
_POSSESSIVES = frozenset("his its their".split())
_THAT = r"that(?! (?:second|minute|hour|day|night|morning|afternoon|evening|week|month|year|time|way|far|long|much)\b)"
_EXPLETIVE = re.compile(  # of a verb or a passive before its clause, then of "why is it that" and "was it in May that"
    r"\bit (?:\w+ )?(?:true|possible|necessary|worth|safe|ok|okay|legal|normal|common|important|hard|easy|difficult|"
    r"good|bad|better|best|likely|clear|advisable|mandatory|required|the case) (?:that|to|for \w+ to|if)\b"
    r"|\bit (?:take|mean|cost) to\b"
    rf"|\bit (?:takes?|took|taken|means?|meant|costs?) (?:[^\s,;:.?!]+ ){{1,6}}to (?!{DETERMINER}\b)(?-i:[a-z])"
    rf"|\b(?:(?:is|was) it|(?:has|had) it been|it (?:is|was|(?:has|had) been)) (?:\w+ly |first |ever )?"
    rf"(?:\w+ed|said|known|thought|found|shown|understood|made (?:clear|public)) (?:{_THAT}|whether|why|who|how)\b"
    rf"|\b(?:who|what|when|where|why|how) (?:is|was) it {_THAT}\b"
    rf"|\b(?:is|was) it (?:only |not )?(?:in|on|at|by|during|after|before|because)\b[^,;:.?!]*? {_THAT} (?!{BE}\b)",
    re.I,
)
_SET_OFF = re.compile(r" (?:(?:only|just|really|mainly|not|the) )*", re.I)
_RELATIVE = re.compile(rf"[^,;:.?!]*\b(?:{_THAT}|who|whom)\b", re.I)
CLAUSE = re.compile(
    r"[,;:.?!]|\b(?:if|when|because|after|before|while|that|and|or|but|so|who|which|since|though)\b", re.I
)
QUOTED = re.compile(r"[\"“‘][^\"”’]+[\"”’]")
SAYS_WHICH = frozenset("of for in between that who which to behind on from with by at about against during".split())


@dataclass(frozen=True, slots=True)
class Pointer:
    """A pronoun that stands for something said before, and where it is."""

    start: int
    end: int
    word: str
    possessive: bool

    def replaced(self, text: str, by: str) -> str:
        """`text` with the pronoun's place taken."""
        ending = ("'" if by.endswith("s") else "'s") if self.possessive else ""
        return f"{text[: self.start]}{by}{ending}{text[self.end :]}"


def pointer_of(question: str) -> Pointer | None:
    """The first pronoun of a third person, unless what it stands for is named in the question itself."""
    found = tokens(question)
    known = phrases(question)
    for number, (written, start) in enumerate(found):
        word = re.split("['’]", written.lower())[0]
        if word not in PERSONS | THINGS or (written[0].isupper() and number):
            continue
        if any(quote.start() < start < quote.end() for quote in QUOTED.finditer(question)):
            continue
        end = start + len(word)
        if word == "it" and _impersonal(question, start, known):
            continue
        owns = word in _POSSESSIVES or (word == "her" and any(0 < p.start - end <= 12 for p in known))
        if any(_binds(phrase, word, start, question, owns) for phrase in known):
            return None
        return Pointer(start, end, word, owns)
    return None


def _impersonal(question: str, start: int, known: Sequence[Phrase]) -> bool:
    """Whether the "it" at `start` stands for nothing, as in "how long did it take Sweden to join?"."""
    if any(found.start() <= start < found.end() for found in _EXPLETIVE.finditer(question)):
        return True
    end = start + len("it")
    named = next((phrase for phrase in known if phrase.start >= end), None)
    if named is None or not named.name or not re.search(r"\b(?:is|was) $", question[:start], re.I):
        return False
    return bool(_SET_OFF.fullmatch(question[end : named.start]) and _RELATIVE.match(question[named.end :]))


def _binds(phrase: Phrase, word: str, start: int, question: str, owns: bool) -> bool:
    """Whether the pronoun at `start` may stand for this phrase of the same question.

    An object cannot stand for the subject of its own clause ("did Franklin want it?"), a possessive can.
    """
    if phrase.end > start or phrase.light or (word in PERSONS and not phrase.name):
        return False
    if CLAUSE.search(question[phrase.end : start]):
        return True
    if owns and phrase.name and not phrase.possessor:
        return True
    if question[phrase.end : start].strip().lower() in SAYS_WHICH:  # "the rules on their use"
        return False
    definite = question[: phrase.start].lower().rstrip().endswith("the")
    owner = word in ("its", "their") and not phrase.possessor
    return phrase.plural == (word in MANY) and (owner or definite)
