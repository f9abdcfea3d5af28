"""Sentences that begin with a word for something in the sentence before, without which they are not understood."""

from __future__ import annotations

import re

_IT_STANDS_FOR_NOTHING = (
    r" (?:is|was|will be) (?:(?:\w+ )?that|(?:im)?possible to|(?:un)?necessary to|"
    r"(?:important|hard|easy|difficult|best|better|wise|safe|worth|common|usual|customary) to)\b"
)
_A_CLAUSE_FOLLOWS = r" (?:(?:the|an?|its|his|her|their|no|it|he|she|they|there)\b|(?-i:[A-Z]))"
_POINTS_BACK = re.compile(
    r"\W*(?:"
    r"(?:he|she|they|his|her|their|its|this|these|those|both|neither|the (?:two|same|former|latter))\b"
    rf"|it\b(?!{_IT_STANDS_FOR_NOTHING})"  # "It is likely that China declines."
    rf"|that\b(?!{_A_CLAUSE_FOLLOWS})"  # "That China declined is known."
    r"|(?:on|at|in) (?:that|the same)\b"
    r")",
    re.IGNORECASE,
)


def points_back(sentence: str) -> bool:
    """Whether a sentence begins with a word that stands for something in the one before ("He declined.", "The two").

    A quote is then shown, and a premise is read, after the sentence before it.
    """
    return bool(_POINTS_BACK.match(sentence))
