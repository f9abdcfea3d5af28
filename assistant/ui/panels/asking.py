"""What is to be asked, and in which conversation: a question that was typed or chosen, asked again, or asked of others.

What an answer takes the place of is no longer in the conversation that it is asked in.
"""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.types import Conversation
from assistant.ui.branches import Branches
from assistant.ui.panels.answering import Within, asked_within, before_edit, others_of, without_last
from assistant.ui.panels.standing import Standing


@dataclass(frozen=True, slots=True)
class Edit:
    """What is being edited in the box: the question of the turn at `position`, or the query that was made of it.

    `text` is how it stood: a stopped answer and the turn behind it have the same position.
    """

    position: int
    text: str
    is_query: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A question, the conversation `held` that it is asked in, and how: see `answered`."""

    question: str
    held: Conversation | None
    left: Branches
    standing: Standing
    within: Within | None = None
    use_time: bool = True
    use_as_of: bool = True
    clear: bool = False
    as_it_is: bool = False


def typed(text: str, editing: Edit | None, held: Conversation | None, left: Branches, standing: Standing) -> Wish:
    """The question in the box; where one is being edited, in the conversation before it."""
    if editing is not None:
        halted = standing.at(editing.position, editing.text, is_query=editing.is_query)
        standing = standing.cut(held.turns if held else (), editing.position, halted)
        held, left = before_edit(held, left, editing.position)
    as_it_is = editing is not None and editing.is_query
    return Wish(text, held, left, standing, clear=True, as_it_is=as_it_is)


def pressed(event: gr.EventData, held: Conversation | None, left: Branches, standing: Standing) -> Wish | None:
    """What a button of the transcript asks, by its `kind`; None where the page shows what is no longer so."""
    if event.kind == "again":
        return _again(event, held, left, standing)
    if event.kind == "regenerate":
        return _regenerated(event, held, left, standing)
    if event.kind == "within":
        return _within(event, held, left, standing)
    return Wish(str(event.question), held, left, standing)


def _again(event: gr.EventData, held: Conversation | None, left: Branches, standing: Standing) -> Wish:
    """A question that was stopped, or asked with another time: `keep` says which reading of its time stays."""
    question = str(event.question)
    rest = without_last(held, question)
    if held and rest:
        standing = standing.cut(held.turns, len(rest.turns))
    time, as_of = event.keep == "time", event.keep == "as-of"
    return Wish(question, rest, left, standing, use_time=time, use_as_of=as_of)


def _regenerated(event: gr.EventData, held: Conversation | None, left: Branches, standing: Standing) -> Wish:
    """The last question once more, of the documents that it was asked of."""
    question = str(event.question)
    rest = without_last(held, question, position=int(event.turn))
    only = asked_within(held) if held and rest is not held else None
    if held and rest:
        standing = standing.cut(held.turns, len(rest.turns))
    return Wish(question, rest, left, standing, within=only)


def _within(event: gr.EventData, held: Conversation | None, left: Branches, standing: Standing) -> Wish | None:
    """The question of a turn, asked of the documents that mention its subject and were not used; None without one."""
    position = int(event.turn)
    if held is None or not 0 <= position < len(held.turns):
        return None
    answer = held.turns[position].answer
    return Wish(answer.question, held, left, standing, within=Within(answer, others_of(answer)))
