"""The question before, asked about something else: "what about Japan?", "and in 2019?", "no, I meant Li"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.followups.antecedents import antecedent, topic
from assistant.answering.followups.corrections import Correction
from assistant.answering.followups.given_names import LOOKED_AT
from assistant.answering.followups.pronouns import pointer_of
from assistant.answering.phrases import Phrase, phrases
from assistant.language.words import content_words, stems
from assistant.types import Turn

PREPOSITION = r"(?:in|on|of|for|at|to|during|since|until|till|after|before|from|by|with)"
ADJUNCT = re.compile(rf"{PREPOSITION}\s", re.I)
"""What begins a place or a time alone: "in Sweden?"."""
_BARE_YEAR = re.compile(r"(?:1[89]|20)\d\d", re.I)
_SPEAKS = re.compile(r"\b(?:say|said|tell|told)\b", re.I)  # too common to be searched for
_AT_A_PLACE = re.compile(r"\b(?:in|at|near|on)\s+(?:the\s+)?$", re.I)
_BEFORE_NAME = re.compile(rf"(?:\b(?:{PREPOSITION}|the)\s+)+$", re.I)
_YEAR = re.compile(r"\s*\b(?:in|since|during|by|from)\s+(?:\w+\s+)?(?:1[89]|20)\d\d\b", re.I)


def corrected(said: Correction, turns: Sequence[Turn]) -> str:
    """The query before with the correction made; empty where it has nothing to correct."""
    before = turns[-1].answer.query[:LOOKED_AT]
    place = re.search(rf"\b{re.escape(said.old)}\b", before, re.I) if said.old else None
    if place is not None:
        return f"{before[: place.start()]}{said.new}{before[place.end() :]}"
    return asked_about(f"in {said.new}" if _BARE_YEAR.fullmatch(said.new) else said.new, turns)


def asked_about(subject: str, turns: Sequence[Turn]) -> str:
    """The query before, asked about another subject, place or time; empty where that one asked nothing of its own."""
    pointer = pointer_of(subject)
    if pointer is not None:
        meant = antecedent(pointer.word, subject, turns)
        return f"What about {pointer.replaced(subject, meant.with_article) if meant else subject}?"
    before = turns[-1].answer.query[:LOOKED_AT].rstrip(" ?.!")
    own = len(content_words(before))
    adjunct = ADJUNCT.match(subject) is not None
    new = phrases(f"about {subject}")
    names = [phrase for phrase in phrases(before) if phrase.name]
    if new and new[0].name and names and _content_beside(before, names):
        old = _in_whose_place(names, before, new[0], adjunct=subject if adjunct else "")
        kept = _BEFORE_NAME.sub("", before[: old.start]) if adjunct else before[: old.start]
        named = subject if adjunct or not kept.lower().endswith("the ") else re.sub("^the ", "", subject, flags=re.I)
        return f"{kept}{named}{before[old.end :]}?"
    if own < 2 or (own < 3 and new and new[0].name):
        return ""
    if adjunct:
        return f"{_YEAR.sub('', before)} {subject}?"
    terms = topic_terms(subject, turns)
    return f"What about {subject} ({terms})?" if terms else ""


def topic_terms(question: str, turns: Sequence[Turn]) -> str:
    """What the conversation is about, as terms that the question does not have; empty where that is not clear."""
    found = topic(turns, question)
    return found.text if found is not None and not found.stems <= set(stems(question)) else ""


def _content_beside(query: str, names: Sequence[Phrase]) -> bool:
    """Whether a query says something besides its names."""
    ends = [0, *(name.end for name in names)]
    starts = [*(name.start for name in names), len(query)]
    beside = " ".join(query[end:start] for end, start in zip(ends, starts, strict=True))
    return bool(content_words(beside) or _SPEAKS.search(beside))


def _in_whose_place(names: Sequence[Phrase], query: str, new: Phrase, *, adjunct: str) -> Phrase:
    """The name of a query that another one takes the place of, the one most like it.

    With an `adjunct` ("on Sweden") one of those behind the same preposition, else one of those that say no place.
    """
    if adjunct:
        behind = re.compile(rf"\b{adjunct.split()[0]}\s+(?:the\s+)?$", re.I)
        fitting = [name for name in names if behind.search(query[: name.start])]
    else:
        fitting = [name for name in names if not _AT_A_PLACE.search(query[: name.start])]
    return min(fitting or names, key=lambda name: abs(len(name.words) - len(new.words)))
