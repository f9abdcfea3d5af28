"""Questions for who held an office, and whether a sentence names a person."""

from __future__ import annotations

import re

from assistant.language.words import STOP_WORDS, content_words, stem
from assistant.reading.checks.names import TITLES

_OFFICE = re.compile(
    r"\bwho(?:['’]s| is| was)\s+(?:(?!who|what|when|that)[\w’'.-]+\s+){0,5}?"
    r"(captain|skipper|master|minister|president|ambassador|secretary|chief|head|commander|spokes(?:man|woman|person)|"
    r"author|judge|chair(?:man|woman|person)?|director|governor|mayor|king|queen|emperor|pope|leader|founder|inventor|"
    r"coach|manager|general|admiral|envoy|chancellor|premier|successor|predecessor|wife|husband|son|daughter|winner|"
    r"owner|editor|actor|actress|singer|composer|architect|designer|pilot|senator|negotiator|lawyer)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'.]*")
_PARTICLES = frozenset("al el ibn bin ben abu de del della der den di da du la le van von zu".split())


def office_asked(question: str) -> str | None:
    """The stem of the office or relation whose holder a question asks for: "captain" in "Who was the captain of ...?".

    By the questions of SQuAD 1.1's training articles that ask so, the sentence that answers has the word itself, or the
    full name of a person, in 746 of 776.
    """
    found = _OFFICE.search(question)
    return stem(found[1].lower()) if found else None


def names_office(text: str, office: str) -> bool:
    """Whether a text has a word with this stem that is no end of a name: not "the Galaxy Leader"."""
    words = list(_WORD.finditer(text))
    return any(
        stem(word.group().lower()) == office and not (place and _ends_a_name(text, words[place - 1], word))
        for place, word in enumerate(words)
    )


def _ends_a_name(text: str, before: re.Match[str], word: re.Match[str]) -> bool:
    if word.group().lower() in TITLES or before.group().lower() in STOP_WORDS:
        return False
    return word.group()[0].isupper() and before.group()[0].isupper() and text[before.end() : word.start()] == " "


def names_a_person(text: str, known: frozenset[str]) -> bool:
    """Whether a text has two capitalised words side by side whose last one is not `known`, by its stem.

    Small words between them may be part of the name: "Abdul-Malik al-Houthi".
    """
    first: re.Match[str] | None = None
    end = 0
    for word in _WORD.finditer(text):
        if first is not None and text[end : word.start()] not in (" ", ". ", "-"):
            first = None
        if word.group()[0].isupper():
            name = first is not None and word.group().lower().rstrip(".") not in TITLES  # "Secretary Dr Nkhoma"
            if name and not known & {stem(part) for part in content_words(word.group())}:
                return True
            first = None if word.group().lower() in STOP_WORDS else word  # "The Houthis"
        elif word.group() not in _PARTICLES:
            first = None
        end = word.end()
    return False
