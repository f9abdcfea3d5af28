"""Follow-up questions made to stand alone, by rules: "what about Japan?", "why?", "and when was that?"."""

from __future__ import annotations

import re

from assistant.language.words import STOP_WORDS, content_words, words
from assistant.types import Conversation

_POINTERS = frozenset(
    "it its they them their theirs he him his she her hers this that these those there then one ones former latter such".split()
)
_LEAD = re.compile(r"^(?:and|but|so|or|then|ok(?:ay)?|also)\b[,\s]*", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"^(?:what|how) about (?:the )?(?P<subject>.+?)\s*\??$", re.IGNORECASE)
_BARE = frozenset(
    "why how when where who what which really more else detail details explain elaborate continue".split()
)
_MOST_TERMS = 6


def condense(question: str, conversation: Conversation | None) -> str:
    """`question` as it can be searched alone; unchanged when it stands alone already or nothing was asked before.

    "What about X?" puts X in the place of the subject of the question before. Otherwise the telling words of the
    question before are added to a follow-up that points back (a pronoun, an ellipsis, a leading "and").
    """
    if conversation is None or not conversation.turns:
        return question
    before = conversation.turns[-1].answer.query or conversation.turns[-1].question
    stripped = _LEAD.sub("", question).strip()
    about = _WHAT_ABOUT.match(stripped)
    if about:
        return _with_subject(before, about["subject"])
    if not _points_back(question, stripped):
        return question
    known = set(content_words(stripped))
    terms = [word for word in words(before) if _telling(word) and word.lower() not in known][:_MOST_TERMS]
    base = stripped.rstrip(" ?.!")
    return f"{base[0].upper()}{base[1:]} {' '.join(terms)}?" if terms and base else question


def _points_back(question: str, stripped: str) -> bool:
    """Whether the question cannot be understood without the one before."""
    spoken = [word.lower() for word in words(stripped)]
    content = [word for word in content_words(stripped) if word not in _BARE]
    if not content:
        return True
    if question != stripped and len(content) <= 3:
        return True
    names = any(word[0].isupper() for word in words(stripped)[1:])
    return any(word in _POINTERS for word in spoken) and (len(content) <= 3 or not names)


def _with_subject(before: str, subject: str) -> str:
    """The question before about another subject: its last capitalised name is replaced, or the new one is added."""
    names = [match for match in re.finditer(r"\b[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*", before) if match.start() > 0]
    if names:
        first = names[0]
        return f"{before[: first.start()]}{subject}{before[first.end() :]}"
    return f"{before.rstrip(' ?')} {subject}?"


def _telling(word: str) -> bool:
    return word.lower() not in STOP_WORDS and word.lower() not in _BARE
