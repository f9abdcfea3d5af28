"""Who followed whom: a sentence that has somebody on the other side of a succession does not answer.

"Who replaced Li?" asks for whom came after him. "Li succeeded Wei" says whom he came after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.asked.offices import names_a_person
from assistant.answering.evidence import Evidence
from assistant.answering.subjects import CALENDAR
from assistant.reading.checks.names import TITLES
from assistant.reading.checks.order import Sides, sides
from assistant.reading.checks.terms import Term, bare, terms

_BY_WHOM = re.compile(r"\bby\s+(?:whom|who|whose|which|what)\b", re.IGNORECASE)
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose|which|what)\b", re.IGNORECASE)
_WHICH_ONE = re.compile(r"\W*(?i:which|what)\b[^A-Z]*$")
_BEFORE_SOMEBODY = re.compile(
    r"\b[Ww]ho(?:['’]s|\s+(?:is|was|were|has been|had been|became|held|led|headed|ran|chaired|served))\b[^?,]*?"
    r"\b(?:before|after|prior to)\s+(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|President|General|Admiral)\.?\s+)?[A-Z]"
    r"(?![^?]*\b(?:was|were|did|is)\b)"
    r"|\b[Ww]ho\s+(?:will\s+|has\s+|is\s+to\s+)?(?:succeed(?:s|ed)?|replace[sd]?|t(?:ook|akes?|aken) over from)\s+[A-Z]"
)
_FOLLOWS = re.compile(
    r"\b(?:succe(?:ed\w*|ssors?)|predecessors?|replac\w+|follow(?:s|ed|ing)?|t(?:ake|akes|ook|aken|aking) over|"
    r"hand(?:s|ed|ing) over|resign\w*|step(?:s|ped|ping) down|appointed|named)\b",
    re.IGNORECASE,
)
_NOBODY = TITLES | CALENDAR
_IN_A_PART = re.compile(r"\b(?:as|in|at|on|for|since|by|with)\b.*", re.IGNORECASE)


def other_way_round(question: str, sentence: str) -> bool:
    """Whether a question asks for one side of a succession and a sentence has those whom it names on that side.

    Each succession that the sentence tells must be so, and name somebody else on the side where they should stand.
    """
    known = _known(question)
    if known is None:
        return False
    place, named = known
    told = [each for kind, each in sides(sentence) if kind == "succession"]
    return bool(told) and all(_turned(each, place, named) for each in told)


def told_first(question: str, evidence: Sequence[Evidence]) -> tuple[list[Evidence], bool]:
    """The evidence with the best sentence first that names who followed whom it asks about, and whether there is one.

    "Wenger will leave in May; his successor is Claire Nakano" answers "Who will replace Wenger?", whatever a reader
    thinks of it.
    """
    told = next((one for one in evidence if names_whom_it_asks_for(question, one.in_full)), None)
    return ([told, *(one for one in evidence if one is not told)], True) if told else (list(evidence), False)


def names_whom_it_asks_for(question: str, sentence: str) -> bool:
    """Whether a sentence has a succession with those whom a question names on their side, and a name on the other."""
    known = _known(question)
    if known is None:
        return False
    place, named = known
    told = [each for kind, each in sides(sentence) if kind == "succession"]
    return any(
        named & _keys(terms(each[place])) and any(_is_name_of_another(term, named) for term in terms(each[1 - place]))
        for each in told
    )


def _is_name_of_another(term: Term, named: frozenset[str]) -> bool:
    return term.capital and term.key is not None and term.key not in named and bare(term.text) not in _NOBODY


def names_no_other(question: str, sentence: str, known: frozenset[str]) -> bool:
    """Whether a question asks who came before or after somebody in an office, and a sentence can name no such person.

    It names nobody but whom the question names, by the `known` stems of its words, and tells of no succession.
    """
    asks = _BEFORE_SOMEBODY.search(question) is not None
    return asks and not names_a_person(sentence, known) and not _FOLLOWS.search(sentence)


def _known(question: str) -> tuple[int, frozenset[str]] | None:
    """On which side of the succession that is asked about stand those whom the question names, and their names.

    None where it asks about no succession, or names both sides or none.
    """
    if not _ASKS_WHO.search(question):
        return None
    for kind, asked in sides(question):
        if kind == "succession":
            found = [(place, _names(side)) for place, side in enumerate(asked)]
            named = [(place, names) for place, names in found if names]
            if len(named) != 1:
                return None
            place, names = named[0]
            return (1 - place if _BY_WHOM.search(question) else place), names
    return None


def _names(side: str) -> frozenset[str]:
    """Whom a side of a question names: the words with capitals, or where there are none those before "as" or "in".

    Nobody where it asks: "which minister".
    """
    if _WHICH_ONE.match(side):
        return frozenset()
    said = [term for term in terms(side) if term.key]
    capital = frozenset(term.key for term in said if term.capital)
    return capital or frozenset(term.key for term in terms(_IN_A_PART.sub("", side)) if term.key)


def _turned(told: Sides, place: int, named: frozenset[str]) -> bool:
    there, elsewhere = terms(told[place]), terms(told[1 - place])
    return (
        not named & _keys(there) and bool(named & _keys(elsewhere)) and any(term.key and term.capital for term in there)
    )


def _keys(found: tuple[Term, ...]) -> frozenset[str]:
    return frozenset(term.key for term in found if term.key)
