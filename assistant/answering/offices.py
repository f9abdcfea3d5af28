"""Questions for who held an office, and whether a sentence names a person."""

from __future__ import annotations

import itertools
import re

from assistant.language.words import content_words, stem

_OFFICE = re.compile(
    r"\bwho(?:['’]s| is| was)\s+(?:(?!who|what|when|that)[\w’'.-]+\s+){0,5}?"
    r"(captain|skipper|master|minister|president|ambassador|secretary|chief|head|commander|spokes(?:man|woman|person)|"
    r"author|judge|chair(?:man|woman|person)?|director|governor|mayor|king|queen|emperor|pope|leader|founder|inventor|"
    r"coach|manager|general|admiral|envoy|chancellor|premier|successor|predecessor|wife|husband|son|daughter|winner|"
    r"owner|editor|actor|actress|singer|composer|architect|designer|pilot|senator|negotiator|lawyer)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")


def office_asked(question: str) -> str | None:
    """The stem of the office or relation whose holder a question asks for: "captain" in "Who was the captain of ...?".

    By the questions of SQuAD 1.1's training articles that ask so, the sentence that answers has the word itself, or the
    full name of a person, in 743 of 776.
    """
    found = _OFFICE.search(question)
    return stem(found[1].lower()) if found else None


def names_a_person(text: str, known: frozenset[str]) -> bool:
    """Whether a text has two capitalised words side by side whose last one is not `known`, by its stem."""
    words = list(_WORD.finditer(text))
    return any(
        first.group()[0].isupper()
        and second.group()[0].isupper()
        and text[first.end() : second.start()] in (" ", ". ")
        and not known & {stem(word) for word in content_words(second.group())}
        for first, second in itertools.pairwise(words)
    )
