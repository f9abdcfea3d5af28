"""The same with another number: the second round of talks does not tell what was agreed in the third."""

from __future__ import annotations

import re

from assistant.reading.checks.quantities import Quantity, quantities
from assistant.reading.checks.terms import key_of

_ASKED_FOR = re.compile(
    r"\b(?:what|which|name|list|give|are|were|the|these|whose|other|of the|in|within|after)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)  # "Which two countries ...?" tells how many answers are wanted, "in 25 years" when
_OF_YEARS = re.compile(r"\d[/–-]$")  # "the 2012/2013 season"
_CENTURY = key_of("century")  # others may have been told of in years
_COMPARES = re.compile(
    r"\b(?:than|compared|another|subsequent\w*|follow\w*|previous\w*|earlier|later|succeed\w*|preced\w*|instead|behind|"
    r"after|before|besides|respectively)\b",
    re.IGNORECASE,
)


def of_another_quantity(question: str, sentence: str, around: str) -> bool:
    """Whether a sentence counts the things that a question counts, and has another number of them.

    "Families with incomes below $38,000" are not those "below $60,000", nor is "the third round" the second one. Things
    are the same by kind, unit, bound and the word that follows. The number of the question must stand nowhere in
    `around`, the passage with the heads above it. A sentence that compares may tell of both.
    """
    asked = [each for each in quantities(question) if _tells_which(question, each)]
    if not asked or _COMPARES.search(sentence):
        return False
    said, near = quantities(sentence), quantities(around)
    return any(
        any(_alike(each, other) for other in said)
        and not any(_same_number(one, other) for one in asked if _alike(each, one) for other in (*said, *near))
        for each in asked
    )


def _tells_which(question: str, quantity: Quantity) -> bool:
    before = question[: quantity.span.start]
    if quantity.kind == "ordinal":
        return bool(quantity.nouns) and quantity.nouns[0] != _CENTURY
    return bool(quantity.nouns or quantity.unit) and not _ASKED_FOR.search(before) and not _OF_YEARS.search(before)


def _alike(asked: Quantity, said: Quantity) -> bool:
    """Whether both count the same things."""
    return (asked.kind, asked.bound, asked.unit, asked.nouns[:1]) == (said.kind, said.bound, said.unit, said.nouns[:1])


def _same_number(asked: Quantity, said: Quantity) -> bool:
    return asked.value == said.value and (asked.kind == "ordinal") == (said.kind == "ordinal")
