"""Who did it: "the Dockers' Union demands 12 per cent" does not say what the Crane Union demanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.answering.subjects import CALENDAR, KINDS, groups_in
from assistant.language.number_words import ORDINALS, VALUES
from assistant.language.words import STOP_WORDS, content_words, stem, words
from assistant.language.written_names import without_accents
from assistant.reading.checks.names import TITLES
from assistant.reading.checks.terms import Term, key_of, terms

_CAPITAL = r"[A-Z][\w’'.&-]*"
_RUN = rf"{_CAPITAL}(?:\s+(?:(?:of|and|for|the|de|van|von|al)\s+)*{_CAPITAL})*"
_BESIDES = r"(?:not|also|first|then|later|finally|ever|never|still|actually|again|once|\w+ly)"
_DID = re.compile(
    r"\b(?:did|does|do|has|have|had|will|would|can|could|must|should|may)\s+(?:the\s+)?"
    rf"(?P<who>{_RUN})\s+(?:{_BESIDES}\s+)*(?P<verb>[a-z][\w-]+)"
)
_WAS_DONE = re.compile(
    rf"\b(?:is|are|was|were)\s+(?:the\s+)?(?P<who>{_RUN})\s+(?:{_BESIDES}\s+)*"
    r"(?P<verb>[a-z]\w+(?:ed|en|wn|t|ld|nd|ught))\b"
)
_BEFORE_VERB = re.compile(
    rf"(?P<doer>{_RUN})(?:,[^,;]{{1,60}},)?(?P<auxiliaries>\s+(?:(?:has|have|had|will|would|may|might|must|to|"
    rf"is|are|was|were|been|be|being|{_BESIDES})\s+)*)$"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be|being)\b")
_IS_PASSIVE = re.compile(rf"{_PASSIVE.pattern}\s+(?:{_BESIDES}\s+)*$")
_BY = re.compile(r"\W+(?:\w+\W+){0,4}?by\b")
_WHOM = re.compile(rf"\s+(?:the\s+)?(?P<whom>{_RUN})")
_LIGHT = frozenset(
    map(key_of, "have do be make take get go come say tell mean call use become happen start begin".split())
)
"""Verbs that say too little of what was done; who says something is for `speakers.py`."""

_EITHER_WAY = frozenset(map(key_of, "meet marry divorce fight battle border join face play oppose resemble".split()))
"""What each of two does where the other one does it."""

_NOBODY = STOP_WORDS | CALENDAR
_NOBODY |= VALUES.keys() | ORDINALS.keys()
_NOBODY |= frozenset("several many some another others although however still thus yet first since upon today".split())
_ALIKE = 0.75  # of the letters of two words: "Montcalm" and "Moncalm"


def of_another_doer(question: str, sentence: str, around: str) -> bool:
    """Whether the verb of a question has another subject in a sentence, which does not name whom the question asks of.

    "When did the Dockers' Union accept the offer?" is not told by "The Crane Union accepted it". The subject of the
    verb is the name right before it. Not where both names may be of one: of one country, one short for the other,
    spelt alike, or one beside the other in `around`, the passage under its heads ("Kanye", "West").
    """
    asked = _asked(question)
    if asked is None or not asked.words.isdisjoint(_name_words(sentence)) or _of_one_country(asked.who, sentence):
        return False
    told = list(_told(asked, sentence))
    if any(verb.text.endswith("ing") for verb, _ in told):  # of which the name before it may be the object
        return False
    return bool(told) and all(
        doer and _is_name(doer, sentence, around) and not _may_be_one(asked, doer, around) for _, doer in told
    )


def has_them_turned_around(question: str, sentence: str) -> bool:
    """Whether a sentence has as object of the question's verb whom it asks of, and as subject its object.

    "Halvorsen proposed to acquire its rival Brightmill" does not tell when Brightmill acquired Halvorsen.
    """
    asked = _asked(question)
    whom = _WHOM.match(question, asked.end) if asked is not None else None
    if asked is None or whom is None or asked.passive or asked.verb in _EITHER_WAY:
        return False
    object_ = _own_words(whom["whom"])
    if not object_ or not object_.isdisjoint(asked.words):
        return False
    verbs = _verbs(asked, sentence)
    return bool(verbs) and all(_turned_around(asked.words, object_, verb, sentence) for verb in verbs)


def _turned_around(doer: frozenset[str], object_: frozenset[str], verb: Term, sentence: str) -> bool:
    if _IS_PASSIVE.search(sentence, 0, verb.start):
        return bool(_BY.match(sentence, verb.end)) and _only_before(doer, object_, verb, sentence)
    return _only_before(object_, doer, verb, sentence)


def _only_before(some: frozenset[str], others: frozenset[str], verb: Term, sentence: str) -> bool:
    """Whether only these names stand before a verb, and only the others behind it."""
    before, behind = _name_words(sentence[: verb.start]), _name_words(sentence[verb.end :])
    return some <= before and others <= behind and some.isdisjoint(behind) and others.isdisjoint(before)


def verbs_of_whom_it_asks(question: str, sentence: str) -> list[Term]:
    """Where a sentence says that those whom a question asks of did what it asks about: its verbs with that subject."""
    asked = _asked(question)
    if asked is None:
        return []
    return [verb for verb, doer in _told(asked, sentence) if not asked.words.isdisjoint(_name_words(doer))]


class _Asked(NamedTuple):
    """Of whom a question asks what they did, the stems of that name's own words, and the verb."""

    who: str
    words: frozenset[str]
    verb: str
    passive: bool
    end: int


@lru_cache(maxsize=64)  # it is asked of every sentence
def _asked(question: str) -> _Asked | None:
    found, passive = _DID.search(question), False
    if found is None:
        found, passive = _WAS_DONE.search(question), True
    if found is None or key_of(found["verb"]) in _LIGHT:
        return None
    who = found["who"]
    own = _own_words(who) or _name_words(who)
    return _Asked(who, own, key_of(found["verb"]), passive, found.end()) if own else None


def _told(asked: _Asked, sentence: str) -> Iterator[tuple[Term, str]]:
    """The places of the verb in a sentence, each with the name that is its subject; "" where none can be one."""
    for verb in _verbs(asked, sentence):
        found = _BEFORE_VERB.search(sentence, 0, verb.start)
        if found is None or bool(_PASSIVE.search(found["auxiliaries"])) != asked.passive:
            yield verb, ""
        else:
            doer = " ".join(word for word in words(found["doer"]) if word.lower() not in _NOBODY)
            yield verb, doer if _own_words(doer) else ""  # "the Queen" may be Elizabeth


def _verbs(asked: _Asked, sentence: str) -> list[Term]:
    """The places of the verb in a sentence."""
    return [term for term in terms(sentence) if term.key == asked.verb and not term.capital]


def _is_name(doer: str, sentence: str, around: str) -> bool:
    """Whether it is a name for sure: a single word that begins a sentence ("Police") must stand within one, too."""
    if " " in doer or not sentence.lstrip(" \"“'").startswith(doer):
        return True
    return re.search(rf"[a-z,]\s+{re.escape(doer)}\b", around) is not None


def _may_be_one(asked: _Asked, doer: str, around: str) -> bool:
    """Whether whom the question asks of and the subject of the verb may be one and the same."""
    if _is_short_for(asked.who, doer) or _is_short_for(doer, asked.who):
        return True
    others = _own_words(doer)
    if any(SequenceMatcher(None, a, b).ratio() >= _ALIKE for a in asked.words for b in others):
        return True
    near = [stem(without_accents(word).lower()) for word in words(around)]
    pairs = set(pairwise(near))
    return any((a, b) in pairs or (b, a) in pairs for a in asked.words for b in others)


def _of_one_country(who: str, sentence: str) -> bool:
    told = {form for group in groups_in(sentence) for form in group.forms}
    return any(form in told for group in groups_in(who) for form in group.forms)


def _is_short_for(short: str, long: str) -> bool:
    """Whether the capitals of a name of several words begin another one, or are part of it: "Air Force", "USAF"."""
    initials = "".join(word[0] for word in words(long) if word[0].isupper())
    letters = re.sub(r"\W", "", short)
    return len(initials) > 1 and len(letters) > 1 and letters.isupper() and (letters in initials or initials in letters)


def _name_words(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in content_words(without_accents(text)))


def _own_words(name: str) -> frozenset[str]:
    """The stems of the words that tell a name from others: "Dockers" of a union, "Traynor" of a judge."""
    found = content_words(without_accents(name))
    return frozenset(stem(word) for word in found if word not in KINDS and word not in TITLES)
