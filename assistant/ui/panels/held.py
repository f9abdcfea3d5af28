"""What the panel of the conversation lets others do with it: empty it, fill it, know when it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.chat import Assistant
from assistant.errors import AssistantError
from assistant.types import Conversation, Turn
from assistant.ui import render, render_saved
from assistant.ui.panels.standing import AS_SHOWN, Standing, standing_of
from assistant.work.changes import changed_since
from assistant.work.records import SavedConversation

_ENDING_SECONDS = 5.0

Tools = Callable[[str, Turn], str]
"""The HTML of what can be done with a turn of the conversation with this id; nothing where it is not kept."""

Save = Callable[[str, Turn], str]
"""Saves a turn of the conversation with this id; returns what to say where that failed, else nothing."""


def toolless(_conversation: str, _turn: Turn) -> str:
    """Nothing can be done."""
    return ""


def unsaved(_conversation: str, _turn: Turn) -> str:
    """Saves nothing."""
    return ""


def under_way(running: render.Progress | None) -> bool:
    """Whether a question is being answered."""
    return running is not None and not running.halted.is_set()


def halt(running: render.Progress | None, *, left: bool = False) -> bool:
    """Lets nothing more be shown or kept of a question that is being answered; waits until that is so.

    Returns whether its answer was finished and kept before that: then it was shown, unless its conversation was `left`.

    An event that halts goes through Gradio's queue, which brings the page what is shown in the order in which it was
    made: then what it shows stays. Gradio's own `cancels` would end whatever is asked before its message is through,
    and so only go with what leaves a conversation: they take a question that waits in line along.
    """
    if running is None:
        return False
    if left:
        running.left.set()
    running.halted.set()
    running.ended.wait(_ENDING_SECONDS)
    return running.kept.is_set()


@dataclass(frozen=True, slots=True)
class ConversationPanel:
    """The conversation as other panels change it.

    `progress` is the question that is being answered, if any; `asking` are the events that answer one, `changing` all
    after which the list of conversations is another one.
    """

    outputs: Sequence[gr.Component]
    conversation: gr.State
    progress: gr.State
    asking: Sequence[gr.events.Dependency]
    changing: Sequence[gr.events.Dependency]
    welcome: Callable[[], str]

    def empty(self) -> list[object]:
        """What the outputs show of a conversation that begins."""
        return self._idle(self.welcome(), "", "", None)

    def holding(self, saved: SavedConversation, earlier: str, now: str) -> list[object]:
        """What the outputs show of a conversation that goes on, with the HTML of its earlier turns and the last."""
        held = saved.conversation
        return self._idle("", f"{render.held(held.id)}{earlier}", now, held, standing_of(saved))

    def as_it_is(self) -> list[object]:
        """Leaves the outputs as they are."""
        return [gr.skip()] * len(self.outputs)

    def _idle(
        self, welcome: str, earlier: str, now: str, held: Conversation | None, standing: Standing = AS_SHOWN
    ) -> list[object]:
        return ["", welcome, earlier, now, held, None, (), None, "", standing]


def marks_of(assistant: Assistant) -> Callable[[Turn], str]:
    """What says of each turn which of its sources are not in the library any more as they were cited."""
    try:
        now = assistant.library.index.sources()
    except AssistantError:
        return render.unmarked
    return lambda turn: render_saved.changes(changed_since(turn.answer, now))
