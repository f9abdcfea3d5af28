"""Whether a sentence tells of the same thing of another country: the Spanish frigate is not the Italian one."""

from __future__ import annotations

import re
from itertools import chain

from assistant.answering.asked.other_offices import BEFORE_OFFICE
from assistant.answering.subjects import groups_in
from assistant.language.words import stem

_ASKED = re.compile(
    r"\b(?i:the|an?|any|every|each|which|what|how many|other|first|last|new)\s+"
    r"(?P<whose>[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)?)\s+(?P<what>[a-z][\w-]+)"
)
_OWNED = re.compile(r"(?P<whose>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)[’']s\s+(?P<what>[a-z][\w-]+)")
_BEFORE = re.compile(r"(?P<whose>[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)?)\s+(?P<what>[a-z][\w-]+)")
_BESIDE = re.compile(r"(?P<what>[a-z][\w-]+),\s(?:the|an?)\s+(?P<whose>[A-Z][\w.’'-]*)\s(?=[A-Z])")
_OFFICE_OF = re.compile(
    rf"\b(?P<whose>[A-Z][\w.-]*)(?:[’']s)?\s+(?:(?i:{BEFORE_OFFICE}|and)\s+){{0,3}}"
    r"(?P<what>(?i:minister|president|ambassador|chancellor|premier|governor))\b"
)


def of_another_nation(question: str, sentence: str) -> bool:
    """Whether a question asks about something of a country, and a sentence has only such a thing of another.

    "When will the Italian frigate arrive?" is not answered by "a third frigate, the Spanish Santa Maria", nor who is
    "Italy's Minister of Finance" by "Spain's Minister of Finance". A country that the question names, too, is no other
    one; and what names the country asked about is never of another alone.
    """
    named = _countries(question)
    for found in chain.from_iterable(pattern.finditer(question) for pattern in (_ASKED, _OWNED, _OFFICE_OF)):
        whose = _countries(found["whose"])
        if not whose or whose & _countries(sentence):
            continue
        what = stem(found["what"].lower())
        others = _whose(what, sentence)
        if others and not others & named:
            return True
    return False


def _whose(what: str, sentence: str) -> set[str]:
    """The countries whose thing of this kind, by its stem, a sentence tells of; "the Spanish port" is a port."""
    found: set[str] = set()
    for pattern in (_BEFORE, _BESIDE, _OFFICE_OF):
        for match in pattern.finditer(sentence):
            if stem(match["what"].lower()) == what:
                found |= _countries(match["whose"])
    return found


def _countries(text: str) -> set[str]:
    return {group.key for group in groups_in(text)}
