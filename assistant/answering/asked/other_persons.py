"""Whose "his cabinet" a sentence tells of: not of the person asked about, where the sentence before has another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.citations import before_of
from assistant.answering.evidence import Evidence
from assistant.answering.subjects import Subject
from assistant.reading.checks.names import names_in

_SOMEBODY = re.compile(r"\W*(?:he|she|his|her)\b", re.IGNORECASE)
_TWO_NAMES = re.compile(r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)+")


def is_of_another_person(question: str, names: Sequence[Subject], evidence: Evidence) -> bool:
    """Whether a sentence begins with "he" or "his", and the one before it with another name than that of the question.

    A person is asked about by two names or more, without an article ("Irena Kovač", not "the Freedom League"). Where
    the sentence, the one before, or a heading above them names that person, it may be of either.
    """
    before = before_of(evidence)
    if before is None or not _SOMEBODY.match(evidence.text):
        return False
    persons = [name for name in names if not name.is_group and _is_person(name, question)]
    if not persons:
        return False
    heads = evidence.passage.chunk.locator(evidence.span).headings
    around = " | ".join((evidence.passage.source.title, *heads, before.quote, evidence.text))
    if any(person.named_in(around) for person in persons):
        return False
    first = next(iter(names_in(before.quote)), None)
    return first is not None and before.quote.lstrip(" \"“'").startswith(first.text)


def _is_person(name: Subject, question: str) -> bool:
    found = re.search(rf"(?P<article>\bthe\s+)?(?P<name>{re.escape(name.name)})(?:['’]s)?\b", question)
    return found is not None and not found["article"] and _TWO_NAMES.fullmatch(found["name"]) is not None
