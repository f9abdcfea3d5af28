"""The nouns of saved work: conversations as they are kept, and what was thought of their answers. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.types import Conversation, Span, Turn

Thumb = Literal["up", "down"]
Decision = Literal["accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thought of an answer; `reason` is in their own words and may be empty."""

    thumb: Thumb
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided about one sentence of an answer, the characters `span` of its text.

    `decision` is None where there is only a note.
    """

    span: Span
    decision: Decision | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A turn as it is kept. `id` is unique in the file; `saved_at` is in UTC.

    `finished` is False where the answer was stopped and is kept as far as it was said. `reviews` are in the order of
    the answer, at most one for each span.
    """

    id: int
    turn: Turn
    saved_at: datetime
    finished: bool = True
    feedback: Feedback | None = None
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of conversations; times are in UTC, `turns` counts the questions in it."""

    id: str
    title: str
    created: datetime
    changed: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class SavedConversation:
    """A conversation with all that was saved of it, its turns in the order in which they were asked.

    `earlier` are the turns that others took the place of, by an edited question or by asking again.
    """

    summary: Summary
    turns: tuple[SavedTurn, ...]
    earlier: tuple[SavedTurn, ...] = ()

    @property
    def conversation(self) -> Conversation:
        """The conversation to go on with: its finished turns, since a stopped answer grounds no follow-up."""
        return Conversation(self.summary.id, tuple(each.turn for each in self.turns if each.finished))
