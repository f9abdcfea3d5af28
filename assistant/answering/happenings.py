"""Whether a sentence tells of what a question asks about: somebody's visit is not told where two merely met."""

from __future__ import annotations

import math
import re
from functools import cache

from assistant.answering.evidence import Evidence
from assistant.language.asking import asking_part
from assistant.language.words import stem, words

LESS_LIKELY = 0.75
"""By how much the log-odds of an answer fall where its sentence has no word for what happened, and again where what
stands around it has none. Chosen on the development half of the golden cases; it changes no more than one in a hundred
decisions on SQuAD and RealTimeQA, and those for the better."""

_AROUND = 250  # characters of the passage on each side of a sentence

# What a question may say, and what else a text may say for the same. Wide on the right: a word too many lets a question
# through, a word too few refuses one that is answered. Only words that hardly have another meaning on the left.
_TABLE = """
visit visits visited visiting / visitor trip travel travelled arrive arrived arrival flew fly flight tour toured came
    come went go reached stop stopover stay stayed attended attend received hosted host landed summit met meeting talks
    traveler traveller
travel travels travelled traveled / visit visited trip arrive arrived arrival flew fly flight tour came went go journey
    crossed route sailed drove walked moved traveler
meet meets met / meeting talk talks talked saw see speak spoke summit encounter sat visit visited received hosted
    conversation discuss discussed joined dinner lunch gathering gathered conference face
return returns returned / back again resume resumed resumption came rejoin rejoined reinstate reinstated restored
    brought sent home
withdraw withdraws withdrew withdrawn / withdrawal leave left pull pulled quit exit exited retreat suspend suspended end
    ended recall recalled abandon abandoned drop dropped cancel cancelled terminate removed departure ceased stopped
resign resigns resigned / resignation quit step stepped stepping stand stood leave left departure removed ousted fired
    sacked dismissed replaced retire retired
succeed succeeds succeeded replace replaces replaced / successor replacement follow followed appoint appointed
    appointment name named new elect elected take took taken became become sworn predecessor inherit promoted acting
    interim instead substitute since
die dies died / dead death kill killed killing fatal lost lives life casualty casualties perished drowned victims toll
    bodies nobody unhurt hurt
win wins won / winner victory victorious beat defeated defeat elected award awarded prize secured triumph champion
    re-elected reelected took title competed
buy buys bought purchase purchased / sale sell sold order ordered acquire acquired acquisition deal contract took paid
    spent procurement bid
sell sells sold / sale buy bought purchase purchased order deal contract export exported offered auction
cost costs price prices priced / dollar euro pound paid pay worth fee charge expensive cheap spent spend money rate yen
    usd value tariff budget million billion
sign signs signed / signing signature signatory agree agreed agreement deal treaty pact conclude concluded accord
    approved memorandum charter established
reopen reopens reopened / reopening open opened again resume resumed restored restarted back
close closes closed shut / closure closing shuttered end ended block blocked stop stopped suspend suspended locked
    sealed liquidation abolished dissolved
sink sinks sank sunk / sinking sunken lost wreck wrecked capsized down
vote votes voted / ballot election elected favour favor against referendum poll support parliament approve approved
    approval backed rejected
ratify ratifies ratified / ratification approve approved approval vote voted parliament protocol signed
apply applies applied / application bid request requested submit submitted membership handed candidate
join joins joined / membership accession accede entered enter admitted became part enlist enlisted signed member
resume resumes resumed / resumption restart restarted again reopen reopened return returned back continue continued
    renewed restored
suspend suspends suspended / suspension halt halted pause paused stop stopped freeze froze frozen cancel cancelled
    postponed interrupted withdrew withdrawn
lift lifts lifted / remove removed end ended ease eased drop dropped revoke revoked cancel cancelled raise raised waive
    waived
attack attacks attacked / strike struck hit fired missile drone bomb bombed assault assaulted shelled raid shot target
    targeted explosion seized boarded offensive invaded besieged siege battle
arrest arrested / detain detained custody caught charge charged captured jail jailed held seized imprisoned
marry married / marriage wedding wife husband spouse bride
publish published / publication release released print printed issue issued wrote written appeared
destroy destroyed / destruction damage damaged burn burned burnt sank sunk lost demolished ruined
"""
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
    return probability / (probability + math.exp(LESS_LIKELY * missing) * (1.0 - probability))


def told_of(question: str, text: str) -> bool:
    """Whether a text has a word for each thing that the question asks about and that the table knows."""
    asked = {word.lower() for word in words(_main_clause(asking_part(question)))}
    wanted = [others for said, others in _happenings() if said & asked]
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
def _happenings() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each line of the table the words that ask, and the stems of all its words."""
    lines = re.sub(r"\n\s+", " ", _TABLE.strip()).splitlines()
    pairs = (line.split(" / ") for line in lines)
    return tuple(
        (frozenset(said.split()), frozenset(stem(word) for word in (*said.split(), *others.split())))
        for said, others in pairs
    )
