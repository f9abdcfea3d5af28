"""Sentences with which a text takes back what it has just said: "That was wrong.", "The right number is 12."."""

from __future__ import annotations

import re

_TAKES_BACK = re.compile(
    r"(?:that|this|it|both|these|those|"
    r"the (?:\w+ )?(?:claim|date|figure|name|number|report|statement|sum|title)s?)\s+"
    r"(?:was|is|were|are|has been|have been|proved|turned out)(?:\s+to be)?\s+"
    r"(?:(?:entirely|plainly|simply|itself|later|since)\s+)?"
    r"(?:wrong|incorrect|false|mistaken|inaccurate|erroneous|untrue|an? (?:error|mistake)|in error|withdrawn|retracted)"
    r"(?!\s+(?:to|that|of|for)\b)",
    re.IGNORECASE,
)
_SAYS_WHAT_IS_RIGHT = re.compile(
    r"the\s+(?:right|correct|true|actual|real|corrected|accurate)\s+(?:\w+\s+){0,2}?"
    r"(?:claim|date|day|figure|name|number|place|spelling|sum|title|total|year|amount|version|wording)s?\s+"
    r"(?:(?:of|for)\s+(?:[\w’'-]+\s+){1,4}?)?"
    r"(?:is|was|are|were|reads?|should)\b|"
    r"(?:it|this|that|the\s+\w+)\s+should\s+(?:have\s+)?(?:read|been|said|be)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?:said|says|told|according|called|argued|claims?|claimed|insists?|insisted|added|wrote|thinks?|thought)\b",
    re.IGNORECASE,
)


def takes_back(sentence: str) -> bool:
    """Whether a sentence says, in the words of the text itself, that the one before it is not so.

    Somebody's denial ("That was wrong, he said") takes nothing back: it is another side.
    """
    said = bool(_TAKES_BACK.match(sentence)) and not _SOMEBODY.search(sentence)
    return said or says_what_is_right(sentence)


def says_what_is_right(sentence: str) -> bool:
    """Whether it does so by what is right in its place: "The right number is 12."."""
    return bool(_SAYS_WHAT_IS_RIGHT.match(sentence)) and not _SOMEBODY.search(sentence)
