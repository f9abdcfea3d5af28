"""The same event with another part in it: who sold is not who paid, who voted for it is not who voted against it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.subjects import Subject

_VOTES = r"\bvot(?:e|es|ed|ing)"  # who speaks for one thing may speak against another
_AGAINST = re.compile(rf"{_VOTES}\s+against\b", re.IGNORECASE)
_FOR = re.compile(rf"{_VOTES}\s+(?:for|in favou?r)\b", re.IGNORECASE)
_SAYS_AGAINST = re.compile(
    r"n['’]t\b|\b(?:against|not|never|except|oppos\w+|reject\w*|dissent\w*|den(?:y|ied|ies)|refus\w+|no votes?|"
    r"votes? (?:no|to)|(?:to|by|[-–—])\s+\d+)\b",
    re.IGNORECASE,
)
_SAYS_FOR = re.compile(
    r"\b(?:for|in favou?r|favou?red|support\w*|back(?:s|ed)|approv\w+|adopt\w*|accept\w*|yes|"
    r"votes? to|(?:to|by|[-–—])\s+\d+)\b",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\b(?:did|does|do|has|have|had|will)\s+(?P<who>[^?]{2,60}?)\s+(?:pay|paid|buy|bought|purchased?|acquired?|spend|spent)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow (?:much|many)\b|\bwhat (?:\w+ ){0,2}(?:rise|sum|amount|damages|compensation|ransom|price)\b", re.I
)
_SOUGHT = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|demand(?:s|ed|ing)?|seek(?:s|ing)?|sought|request(?:s|ed|ing)?|ask(?:s|ed|ing)? for|"
    r"asked)\b",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"\b(?:award(?:s|ed|ing)?|grant(?:s|ed|ing)?|settl(?:es?|ed|ing)|order(?:s|ed)? to pay|ruled|paid|pays|"
    r"accept(?:s|ed|ing)?|agreed)\b",
    re.IGNORECASE,
)
_FROM_OR_TO = re.compile(r"\b(?:from|to)\s+(?:the\s+)?(?P<whom>(?:[A-Z][\w’'&.-]*\s*){1,5})")


def has_another_role(question: str, names: Sequence[Subject], sentence: str) -> bool:
    """Whether a sentence tells of the event that is asked about, but of others in the part that is asked for.

    Who is asked against, it must not tell who was for only, nor the other way round. Where it asks what somebody paid,
    the sentence must not have them as those from whom something came, or to whom something was paid. How much was
    claimed is not told by how much was granted, nor the other way round.
    """
    return (
        _votes_otherwise(question, sentence)
        or _is_paid(question, names, sentence)
        or _is_granted_or_sought(question, sentence)
    )


def _is_granted_or_sought(question: str, sentence: str) -> bool:
    sought, granted = bool(_SOUGHT.search(question)), bool(_GRANTED.search(question))
    if sought == granted or not _HOW_MUCH.search(question):
        return False
    this, other = (_SOUGHT, _GRANTED) if sought else (_GRANTED, _SOUGHT)
    return bool(other.search(sentence)) and not this.search(sentence)


def _votes_otherwise(question: str, sentence: str) -> bool:
    against, in_favour = bool(_AGAINST.search(question)), bool(_FOR.search(question))
    if against == in_favour:
        return False
    if against:
        return bool(_FOR.search(sentence)) and not _SAYS_AGAINST.search(sentence)
    return bool(_AGAINST.search(sentence)) and not _SAYS_FOR.search(sentence)


def _is_paid(question: str, names: Sequence[Subject], sentence: str) -> bool:
    asks = _PAYS.search(question)
    if asks is None or re.search(r"\bto\s+(?:whom|who)\b", question, re.IGNORECASE):
        return False
    who = [name for name in names if name.named_in(asks["who"])]
    rest = _FROM_OR_TO.sub(" ", sentence)
    told = [name for name in who if name.named_in(sentence)]
    return bool(told) and not any(name.named_in(rest) for name in told)
