"""The seam between a question and its answer: what every answerer (extractive, generative) satisfies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from assistant.types import AnswerEvent, Conversation, DateRange, Filters


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
