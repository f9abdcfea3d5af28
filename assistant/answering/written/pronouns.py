"""Whom "he" stands for: in a written text, and in the source that bears its sentence out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.checks.names import names_in
from assistant.reading.checks.terms import COUNTRIES, terms
from assistant.types import Passage, Span

_OF_A_PERSON = re.compile(r"\W*(?:he|she|his|her)\b", re.IGNORECASE)


def is_somebody_else(sentence: str, before: Sequence[str], question: str, passage: Passage, span: Span) -> bool:
    """Whether a sentence with "he" or "she" first speaks of one person, and `span` of the passage of another.

    `before` are the sentences that stand before it, in order; where there is none, the `question` tells whom it speaks
    of. Each sentence checked by itself, "Wang came. He declined." would be borne out by "Li came. He declined."
    Nothing is known where the one or the other gives no name.
    """
    if not _OF_A_PERSON.match(sentence):
        return False
    chunk = passage.chunk
    source = [chunk.quote(each) for each in chunk.sentences if each.end <= span.end]
    here = _subject(before) if before else frozenset(term.key for term in names_in(f"about {question}"))
    there = _subject(source)
    return bool(here - COUNTRIES) and bool(there - COUNTRIES) and not here & there


def _subject(texts: Sequence[str]) -> frozenset[str]:
    """The first names of the last sentence that does not begin with such a pronoun itself; empty without any."""
    last = next((text for text in reversed(texts) if not _OF_A_PERSON.match(text)), "")
    words = terms(last)
    named = names_in(last, frozenset(term.key for term in words[:1]))
    found: set[str] = set()
    for term in words:
        if term in named:
            found.add(term.key)
        elif found and term.key and not term.capital:
            break
    return frozenset(found)
