"""A conversation: questions with their answers, in order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.types.answers import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked and answered before; immutable, so two browser sessions cannot share one by accident."""

    id: str
    turns: tuple[Turn, ...] = field(default=())

    def with_turn(self, turn: Turn) -> Conversation:
        """A new conversation with `turn` at its end."""
        return replace(self, turns=(*self.turns, turn))
