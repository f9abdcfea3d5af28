""" "Who said that?", "when did she say so?": in the place of "that" comes what the last answer's sentence says."""

from __future__ import annotations

import re

from assistant.answering.phrases import phrases
from assistant.language.rows import is_row
from assistant.language.sentences import sentence_spans
from assistant.language.words import STOP_WORDS
from assistant.types import Answer, Turn

_LONGEST = 240  # characters of what was said; more would be searched for instead of asked about
_SPEAKING = (
    r"(?:sa(?:y|ys|id)|told|tells?|claim(?:s|ed)?|stat(?:e|es|ed)|announc(?:e|es|ed)|report(?:s|ed)?|writ(?:e|es)|"
    r"wrote|den(?:y|ies|ied)|confirm(?:s|ed)?|declar(?:e|es|ed)|suggest(?:s|ed)?|repeat(?:s|ed)?|admit(?:s|ted)?)"
)
_ASKS_OF_SAID = re.compile(
    r"(?P<asks>(?:(?:and|but|so|then|ok(?:ay)?)\b[,\s]+)*"
    rf"(?:to )?(?:who|whom|when|where|why|how|in which \w+|did|does|has|had|was|is)\b.*\b{_SPEAKING}"
    r"(?: (?:him|her|them|us|reporters|journalists))?) (?P<that>that|this|so|it)(?P<rest>[?.!\s]*)$",
    re.I,
)
_SAID_THAT = re.compile(rf"\b{_SPEAKING}\b(?: [\w’'-]+){{0,3}}? that (?P<said>\S.*)$", re.I | re.S)
_SAID = re.compile(r"\b(?:said|says)(?: on \w+)?,? (?P<said>[\"“]?[\w’'-]+ .*)$", re.S)


def asks_what_was_said(question: str) -> bool:
    """Whether a question ends in "... said that?"."""
    return _ASKS_OF_SAID.fullmatch(question.strip()) is not None


def with_what_was_said(question: str, answer: Answer) -> str:
    """The question with what the first sentence of the last answer says in the place of its "that".

    Of "Pistorius said that nobody believes it" that is "nobody believes it", of a sentence that nobody says all of it.
    The question as it is where it does not end in "... said that?", where nothing was answered, and where the sentence
    tells of whom the question names, as then they would be said to say what is said of them.
    """
    asked = _ASKS_OF_SAID.fullmatch(question.strip())
    said = _said_in(answer) if asked else ""
    if asked is None or not said or _names(asked["asks"]) & _names(said):
        return question
    return f"{asked['asks']} that {said}{asked['rest'].strip() or '?'}"


def asked_in(turn: Turn) -> str:
    """The query of a turn without what was put in the place of a "that"."""
    query = turn.answer.query
    if query == turn.question or not asks_what_was_said(turn.question):
        return query
    return query[: query.find(" that ")] if " that " in query else query


def _names(text: str) -> frozenset[str]:
    return frozenset(stem for phrase in phrases(f"that {text}") if phrase.name for stem in phrase.stems)


def _said_in(answer: Answer) -> str:
    """What the first sentence of an answer says, without who says so; empty for a row of a table and a long one."""
    if answer.outcome != "answered":
        return ""
    first = next((span.of(answer.text) for span in sentence_spans(answer.text)), "")
    found = _SAID_THAT.search(first) or _SAID.search(first)
    said = (found["said"] if found else first).strip().rstrip(".!?")
    if is_row(first) or len(said) > _LONGEST or said.count('"') % 2 or said.count("“") != said.count("”"):
        return ""
    opening = said.split(" ", 1)[0]
    return said[:1].lower() + said[1:] if opening.lower() in STOP_WORDS and opening != "I" else said
