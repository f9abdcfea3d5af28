"""Names that the answers of a conversation gave: whom "she" and what "it" stand for where the questions do not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.phrases import Phrase, bare, phrases, tokens
from assistant.answering.subjects import CALENDAR, KINDS
from assistant.language.words import stem, stems
from assistant.types import Citation, Turn

LOOKED_AT = 600
"""Characters of a query or an answer that are searched for phrases, so that a pasted page costs no time."""

_WHO = frozenset("who whom whose".split())
_WHICH = frozenset("which what".split())
_NO_NOUN = frozenset(
    "is are was were be do does did has have had will would can could should may might happened happens".split()
)
_COMPANY = frozenset("as ab asa oy oyj inc ltd llc plc gmbh ag sa nv bv corp".split())
_BODIES = KINDS | _COMPANY - frozenset(("chief", "leader", "star"))  # "Chief" ends a name only where it is a title
_PERSON_OF = r"['’]s (?:[a-z-]+,? ){1,5}[A-Z][\w’'-]+ [A-Z]"  # "Nordkraft's chief executive, Marit Lunde"


def name_given(turns: Sequence[Turn], question: str, *, person: bool) -> Phrase | None:
    """The name that the last question for one was answered with: after "who" a person, after "which ship" a thing.

    None where a later query is about another person, or where for a thing a later question stood alone and named
    something. Further back than the last turn only a question that stood alone counts: behind "who were his parents?"
    the talk goes on about him. Nor is it a name that the question has, or that had been in the one answered.
    """
    later: list[Phrase] = []
    for turn in reversed(turns):
        query = turn.answer.query[:LOOKED_AT]
        alone = turn.answer.query == turn.question
        if _asks_for_name(query, person=person) and (alone or turn is turns[-1]):
            known = frozenset((*stems(query), *stems(question)))
            given = _told_by(turn, known, person=person) if turn.answer.outcome == "answered" else None
            others = (name for name in later if given is not None and not name.stems & (given.stems | known))
            return None if any(others) else given
        names = [phrase for phrase in phrases(query) if phrase.name]
        if not person and names and alone:
            return None
        later += [name for name in names if may_be_person(name)] if person else []
    return None


def person_told(turns: Sequence[Turn]) -> Phrase | None:
    """The first name of the latest answer that has one that may be a person's, one of several words before others."""
    for turn in reversed(turns):
        told = turn.answer.text[:LOOKED_AT] if turn.answer.outcome == "answered" else ""
        names = [phrase for phrase in phrases(told) if may_be_person(phrase) and not employs(told, phrase)]
        if names:
            return names[0]
    return None


def may_be_person(phrase: Phrase) -> bool:
    """Whether a phrase may name a person: a name, but no country, no date and no body ("Tarn Link Commission")."""
    if not phrase.name or phrase.place or is_date(phrase) or any(word[0].isdigit() for word in phrase.words):
        return False
    return not {phrase.words[-1], stem(phrase.words[-1])} & _BODIES


def is_date(phrase: Phrase) -> bool:
    """Whether a phrase only names a time: "24 October", "Tuesday 11"."""
    return all(word in CALENDAR or word[0].isdigit() for word in phrase.words)


def employs(text: str, phrase: Phrase) -> bool:
    """Whether a text calls somebody a person of what the phrase names: "Nordkraft's chief executive, Marit Lunde"."""
    return re.search(re.escape(phrase.text) + _PERSON_OF, text) is not None


def _asks_for_name(query: str, *, person: bool) -> bool:
    """Whether it is "who ...?", or for a thing "which ship ...?"."""
    found = [bare(word) for word, _ in tokens(query)[:2]]
    if person:
        return bool(found) and found[0] in _WHO
    return len(found) == 2 and found[0] in _WHICH and found[1] not in _NO_NOUN


def _told_by(turn: Turn, known: frozenset[str], *, person: bool) -> Phrase | None:
    """The name among the words that answer, as they were read out; else for a person the first one of the text.

    None where that one is `known`: the answer then tells of somebody else.
    """
    for citation in turn.answer.citations[:1]:
        for name in _read_out(citation):
            if not name.stems & known and (may_be_person(name) if person else not is_date(name)):
                return name
    told = turn.answer.text[:LOOKED_AT] if person else ""
    first = next((name for name in phrases(told) if may_be_person(name) and not employs(told, name)), None)
    return None if first is None or first.possessor or first.stems & known else first


def _read_out(citation: Citation) -> Iterator[Phrase]:
    """The names of a quote, as far as they lie in the words of it that answer."""
    if citation.words is None:
        return
    words = citation.words.shifted(-citation.span.start)
    for name in phrases(citation.quote):
        start, end = max(name.start, words.start), min(name.end, words.end)
        if name.name and start < end:
            yield replace(
                name,
                text=citation.quote[start:end],
                start=start,
                end=end,
                definite=name.definite and start == name.start,
            )
