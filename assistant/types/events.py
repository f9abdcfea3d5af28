"""What an answer says while it is made."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types.answers import Answer, Citation, Statement
from assistant.types.passages import DateRange, Passage


@dataclass(frozen=True, slots=True)
class Searching:
    """Event: the query that is being searched, after follow-ups and dates were read."""

    query: str
    time: DateRange | None


@dataclass(frozen=True, slots=True)
class Found:
    """Event: the passages that were found. It comes again when they were read and ranked anew."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Event: the answer in quotes, which is there before a language model has written one. It may stay the answer."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Said:
    """Event: the answer as far as it is known; each event holds all text so far, with its citations.

    `statements` are the sentences that a language model has written so far, those withheld too.
    """

    text: str
    citations: tuple[Citation, ...]
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """Event: the finished answer; always the last one."""

    answer: Answer


AnswerEvent = Searching | Found | Quoted | Said | Done
