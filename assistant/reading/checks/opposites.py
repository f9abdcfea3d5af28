"""A claim that turns a word of its source into its opposite."""

from __future__ import annotations

from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.terms import Term, key_of, terms

_PAIRS = tuple(
    (
        frozenset(key_of(word) or word for word in left.split()),
        frozenset(key_of(word) or word for word in right.split()),
    )
    for left, right in (
        ("accept accepted agreed", "refused declined rejected rebuffed"),
        ("confirmed admitted", "denied"),
        ("with", "without"),
        ("rise increase more higher climbed gained expanded", "fall decrease fewer lower less dropped declined shrank"),
        ("before earlier", "after later since"),
        ("support supported backed favour welcomed", "oppose opposed against condemned criticised"),
        ("win", "lose"),
        ("resume resumed restored reopened", "suspend suspended cancelled halted stopped cut paused"),
        ("lift lifted removed eased", "impose imposed tightened"),
        ("allow allowed permitted let", "ban banned prohibited prevented blocked"),
        ("import imports imported", "export exports exported"),
        ("enter entered arrived arrival", "leave departed departure"),
        ("first", "last"),
        ("northern north", "southern south"),
        ("eastern east", "western west"),
        ("largest biggest highest most", "smallest lowest least"),
        ("inbound", "outbound"),
        ("majority", "minority"),
        ("possible likely", "impossible unlikely"),
        ("strengthened strengthen", "weakened weaken"),
        ("released freed", "seized captured detained"),
        ("success succeeded successful", "failure failed unsuccessful"),
        ("above exceeding over", "below under"),
        ("buy buyer", "sell seller"),
        ("a.m.", "p.m."),
    )
)


def opposites(premise: str, claim: str) -> Finding | None:
    """A word of the claim whose opposite the source has, and the source has neither the word nor another like it."""
    said, there = _words(claim), _words(parts_of(premise)[1])
    for pair in _PAIRS:
        for here, other in (pair, pair[::-1]):
            mine, theirs = said.keys() & here, there.keys() & other
            if mine and theirs and not there.keys() & here and not said.keys() & other:
                word, against = said[min(mine)].text, there[min(theirs)].text
                return Finding("contradicted", "negation", f"the source says “{against}”, not “{word}”")
    return None


def _words(text: str) -> dict[str, Term]:
    return {term.key or term.text.lower(): term for term in terms(text)}
