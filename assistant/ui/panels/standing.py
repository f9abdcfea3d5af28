"""What a window knows of its saved conversation beyond the finished turns: stopped answers, what gives way. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.types import Turn
from assistant.work.records import SavedConversation


@dataclass(frozen=True, slots=True)
class Stopped:
    """An answer that was stopped, as far as it was said; `at` counts the finished turns before it."""

    at: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class Standing:
    """The stopped answers of a conversation, in order, and the turns whose place the next one that is saved takes.

    `gone` are no longer shown, by an edit or because they are asked again, and are saved until something is.
    """

    stopped: tuple[Stopped, ...] = ()
    gone: tuple[Turn, ...] = ()

    def at(self, position: int, text: str, *, is_query: bool) -> Stopped | None:
        """The stopped answer before the turn at `position` whose question, or query, is this text."""
        for one in self.stopped:
            if one.at == position and (one.turn.answer.query if is_query else one.turn.question) == text:
                return one
        return None

    def stopped_again(self, turns: Sequence[Turn], question: str) -> Standing:
        """The standing where a question is asked after these turns: it replaces the same one that was stopped last."""
        last = self.stopped[-1] if self.stopped else None
        if last is None or last.at != len(turns) or last.turn.question != question:
            return self
        return self.cut(turns, len(turns), last)

    def cut(self, turns: Sequence[Turn], position: int, stopped: Stopped | None = None) -> Standing:
        """The standing once the turn at `position` and all behind it give way; `stopped`, which is before it, too."""
        staying = self.stopped.index(stopped) if stopped else sum(one.at <= position for one in self.stopped)
        line = in_order(turns, self.stopped[staying:])
        gone = (turn for at, turn, finished in line if at >= position or not finished)
        return Standing(self.stopped[:staying], (*gone, *self.gone))

    def after_stop(self, position: int, turn: Turn) -> Standing:
        """The standing once a stopped answer was saved."""
        return Standing((*self.stopped, Stopped(position, turn)))

    def after_answer(self, dropped: int) -> Standing:
        """The standing once a finished turn was saved and the first `dropped` ones are no longer held."""
        return Standing(tuple(replace(one, at=one.at - dropped) for one in self.stopped if one.at >= dropped))


AS_SHOWN = Standing()
"""Nothing was stopped, and nothing gives way."""


def standing_of(saved: SavedConversation) -> Standing:
    """How a saved conversation stands when it is opened."""
    stopped, at = [], 0
    for each in saved.turns:
        if each.finished:
            at += 1
        else:
            stopped.append(Stopped(at, each.turn))
    return Standing(tuple(stopped))


def in_order(turns: Sequence[Turn], stopped: Sequence[Stopped]) -> Iterator[tuple[int, Turn, bool]]:
    """The finished turns and the stopped answers as they were asked: position, turn, whether it is finished."""
    for position in range(len(turns) + 1):
        yield from ((position, one.turn, False) for one in stopped if one.at == position)
        if position < len(turns):
            yield position, turns[position], True
