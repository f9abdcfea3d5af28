"""Turns as JSON and back, exactly, with every noun of `assistant.types` that an answer holds."""

from __future__ import annotations

from assistant.types import Turn
from assistant.work.codec import from_text, to_text


def turn_to_text(turn: Turn) -> str:
    """The turn, its answer with all evidence."""
    return to_text(turn)


def turn_from_text(text: str) -> Turn:
    """The turn that `turn_to_text` wrote. Raises `ValueError` for anything else."""
    return from_text(Turn, text)
