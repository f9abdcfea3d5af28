"""The seams of an answer: what every answerer (extractive, generative) satisfies, and who reads a second time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.types import AnswerEvent, Conversation, DateRange, Filters, Passage


class Answerer(Protocol):
    """Answers a stand-alone query from the briefings, or abstains; the last event is always `Done`.

    `question` is what the person typed, `query` its stand-alone form, `time` a stretch of time read from it that
    ranks passages of that time first.
    """

    def stream(
        self,
        question: str,
        query: str,
        *,
        filters: Filters = Filters(),
        time: DateRange | None = None,
        conversation: Conversation | None = None,
    ) -> Iterator[AnswerEvent]:
        """The events of one answer, as they become known."""
        ...


class SecondReader(Protocol):
    """Reads passages once more where it is not sure that they answer."""

    @property
    def name(self) -> str:
        """Who reads, for the person who asked."""
        ...

    @property
    def likelier(self) -> float:
        """How many times as often it copies a sentence where the briefings answer as where they do not; at least 1."""
        ...

    def copied(self, question: str, passages: Sequence[Passage]) -> Sequence[str]:
        """What it copied out of the passages as the answer, in its order; nothing where it found none.

        Nothing of it is believed before it was found in the passages. Raises `AssistantError` where it cannot read.
        """
        ...
