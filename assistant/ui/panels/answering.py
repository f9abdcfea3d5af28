"""What the page shows while a question is answered, step by step, and what becomes of the conversation."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape

import gradio as gr

from assistant.chat import Assistant
from assistant.errors import AssistantError
from assistant.types import Answer, Conversation, Done, Found, Quoted, Said, Searching, Turn
from assistant.ui import render
from assistant.ui.branches import Branches, branch_at, forked, without_first
from assistant.ui.panels.filters import filters_of
from assistant.ui.panels.halting import until
from assistant.ui.panels.held import Save, Tools, marks_of, toolless, unsaved
from assistant.ui.panels.standing import AS_SHOWN, Standing, in_order
from assistant.ui.saving import partial

_log = logging.getLogger(__name__)

_KEPT_TURNS = 50


@dataclass(frozen=True, slots=True)
class Within:
    """A question that is asked again, as it was understood for `answer`, in some `documents` alone."""

    answer: Answer
    documents: tuple[str, ...]


def answered(
    assistant: Assistant,
    question: str,
    held: Conversation | None,
    values: Sequence[object],
    *,
    left: Branches = (),
    standing: Standing = AS_SHOWN,
    use_time: bool = True,
    use_as_of: bool = True,
    clear: bool = False,
    as_it_is: bool = False,
    today: date | None = None,
    save: Save = unsaved,
    leave: Save = unsaved,
    tools: Tools = toolless,
    within: Within | None = None,
) -> Iterator[list[object]]:
    """What the page shows while a question is answered: one list of outputs for each step.

    The conversation that comes out is new; the one that goes in is this session's own and stays as it was. With
    `as_it_is` the question is searched for without what was asked before; it still joins the conversation. `save` is
    called once the answer is there, before it is shown as finished; `tools` then offers what can be done with it.
    `leave` is called with what had been said where the page goes away before that. `within` asks for what some
    documents say.
    """
    unchanged: list[object] = [gr.skip()] * 10
    question = " ".join(question.split())
    if not question:
        yield unchanged
        return
    conversation = held or Conversation(secrets.token_hex(8))
    position = len(conversation.turns)
    state = assistant.state()
    now = render.Progress(
        question,
        waiting_for=state.detail if state.phase in ("starting", "indexing") else None,
        position=position,
        former=branch_at(left, position),
    )
    kept: list[object] = [gr.skip(), gr.skip(), gr.skip()]
    settled: list[object] = [gr.skip(), gr.skip(), gr.skip(), gr.skip()]
    try:
        yield [
            "" if clear else gr.skip(),
            "",
            render.held(conversation.id) + _earlier(assistant, conversation, left, standing, tools, today),
            render.progress(now, today=today),
            conversation,
            now,
            left,
            None,
            "",
            standing,
        ]
        events = (
            assistant.stream_within(within.answer, within.documents, conversation=conversation)
            if within
            else assistant.stream(
                question,
                conversation=replace(conversation, turns=()) if as_it_is else conversation,
                filters=filters_of(*values),
                use_time=use_time,
                use_as_of=use_as_of,
            )
        )
        for event in until(now.halted, events):
            if isinstance(event, Done):
                turn = Turn(question, event.answer)
                problem = save(conversation.id, turn)
                now.kept.set()
                if now.left.is_set():  # the conversation was deleted meanwhile, or another one is open
                    yield unchanged
                    return
                grown, left, standing, position = _kept(conversation.with_turn(turn), left, standing)
                marks = f'<p class="note" role="alert">{escape(problem)}</p>' if problem else ""
                shown = render.turn(
                    turn,
                    position=position,
                    former=now.former,
                    last=True,
                    today=today,
                    marks=marks,
                    tools=tools(conversation.id, turn),
                )
                yield [*kept, shown, grown, None, left, gr.skip(), gr.skip(), standing]
                return
            now = _further(now, event)
            try:
                yield [*kept, render.progress(now, today=today), gr.skip(), now, *settled]
            except GeneratorExit:
                said = None if now.halted.is_set() else partial(now)
                if said is not None:
                    leave(conversation.id, said)
                raise
    except AssistantError as error:
        yield [*kept, render.failed(question, str(error), position=position), gr.skip(), None, *settled]
    except Exception:  # a fault of ours must not leave the page waiting
        _log.exception("the question %r could not be answered", question)
        reason = "something went wrong inside the assistant, its log says what: ask again"
        yield [*kept, render.failed(question, reason, position=position), gr.skip(), None, *settled]
    finally:
        now.ended.set()


def stopped(now: render.Progress, *, today: date | None = None) -> list[object]:
    """What the page shows after Stop: what had been said, marked as not complete."""
    return [render.stopped(now, today=today), None]


def without_last(held: Conversation | None, question: str, *, position: int | None = None) -> Conversation | None:
    """The conversation without its last turn if that asked this question: it is being asked again.

    With `position` only if that turn stands there, too: a question that was stopped is no turn of the conversation.
    """
    if held is None or not held.turns or held.turns[-1].question != question:
        return held
    if position is not None and position != len(held.turns) - 1:
        return held
    return replace(held, turns=held.turns[:-1])


def before_edit(held: Conversation | None, left: Branches, position: int) -> tuple[Conversation | None, Branches]:
    """The conversation from before the turn that was edited, and the branches with what followed."""
    if held is None:
        return None, left
    turns, left = forked(held.turns, left, position)
    return replace(held, turns=turns), left


def asked_within(held: Conversation) -> Within | None:
    """What to ask again where the last turn asked the documents that an earlier answer had not used; else None.

    Documents that the filter allowed alone are no such thing: the filter may have been taken away since.
    """
    *earlier, last = held.turns
    documents = last.answer.filters.documents
    for one in earlier:
        if documents and documents == others_of(one.answer) and one.answer.question == last.question:
            return Within(last.answer, documents)
    return None


def others_of(answer: Answer) -> tuple[str, ...]:
    """The ids of the documents that mention the subject and are not used; "Ask these N" asks them."""
    return tuple(source.document_id for source in answer.coverage.others) if answer.coverage else ()


def _further(now: render.Progress, event: Searching | Found | Quoted | Said) -> render.Progress:
    """The progress after one more event."""
    if isinstance(event, Searching):
        return replace(now, query=event.query, time=event.time, waiting_for=None)
    if isinstance(event, Found):
        return replace(now, found=event.passages)
    if isinstance(event, Quoted):  # what was said until now were the quotes
        return replace(now, quoted=event.answer, text="", citations=(), statements=())
    return replace(now, text=event.text, citations=event.citations, statements=event.statements)


def _earlier(
    assistant: Assistant,
    conversation: Conversation,
    left: Branches,
    standing: Standing,
    tools: Tools,
    today: date | None,
) -> str:
    """The turns before the question at hand, those that were stopped among them, with the branches of edits."""
    marks = marks_of(assistant)
    return "".join(
        render.turn(
            turn,
            position=position,
            former=branch_at(left, position) if finished else None,
            today=today,
            marks=marks(turn),
            tools=tools(conversation.id, turn),
            finished=finished,
        )
        for position, turn, finished in in_order(conversation.turns, standing.stopped)
    )


def _kept(
    conversation: Conversation, left: Branches, standing: Standing
) -> tuple[Conversation, Branches, Standing, int]:
    """The turns that are kept, with their branches and stopped answers, and the position of the last one."""
    dropped = max(len(conversation.turns) - _KEPT_TURNS, 0)
    turns = conversation.turns[dropped:]
    return (
        replace(conversation, turns=turns),
        without_first(left, dropped),
        standing.after_answer(dropped),
        len(turns) - 1,
    )
