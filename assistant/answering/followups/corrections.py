"""Corrections of the question before: "no, I meant 2019", "sorry, Li, not Austin"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.overviews.topics import is_request
from assistant.answering.phrases import QUESTION_WORDS, bare, tokens
from assistant.language.words import content_words

_CORRECTS = re.compile(
    r"(?:(?:no|nope|wait|rather|sorry|actually)[,.!:;]\s*|(?:sorry|actually)\s+)+"
    r"(?:(?:i|we)\s+meant?\s+)?(?P<instead>.+?)\W*$"
    r"|(?:no\s+)?(?:i|we)\s+meant?\s+(?P<meant>.+?)\W*$",
    re.I,
)
_NOT_THAT = re.compile(r",?\s+(?:and\s+)?not\s+(?P<old>.+)$", re.I)
_IMPERATIVE = re.compile(
    r"(?:(?:please|kindly|just)\s+)*(?:"
    r"(?:summari[sz]e|tell|give|explain|describe|compare|find|get|make|add|let|write|prepare|translate|identify|define|"
    r"calculate|rephrase|rewrite|shorten|forget|ignore|look|search)\b"
    r"|(?:list|name|show|state|draft|outline|recap|brief|update|sum|quote|cite|count|answer|repeat|check|use|help)\s+"
    r"(?:me|us|up|out|the|an?|all|any|every|each|both|some|only|who|what|when|where|which|why|how)\b)",
    re.I,
)  # those of the second list are nouns, too: "no, state media"
_OF_A_SENTENCE = frozenset(
    "i you he she it they we there is are was were be do does did has have had can could will would should may".split()
)
_MOST_WORDS = 4  # of content; what is longer says something of its own


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to stand in the place of `old`, or of whatever it fits where that is not said."""

    new: str
    old: str = ""


def request_of(question: str) -> str:
    """What is to be done instead, "actually, summarise the talks", without what opens it; any other text as it is."""
    found = _CORRECTS.match(question.strip())
    if found is None:
        return question
    asked = question.strip()[max(found.start("instead"), found.start("meant")) :]
    return asked if _IMPERATIVE.match(asked) or is_request(asked) else question


def correction_of(question: str) -> Correction | None:
    """What a correction says, "no, I meant Li, not Austin"; None for any other question."""
    found = _CORRECTS.match(question.strip())
    if found is None or request_of(question) != question:
        return None
    said = found["instead"] or found["meant"]
    denied = _NOT_THAT.search(said)
    new = said[: denied.start()] if denied else said
    spoken = [bare(word) for word, _ in tokens(new)]
    if not spoken or spoken[0] in QUESTION_WORDS or _OF_A_SENTENCE & set(spoken):
        return None
    if len(content_words(new)) > _MOST_WORDS or "," in new:
        return None
    return Correction(new, denied["old"] if denied else "")
