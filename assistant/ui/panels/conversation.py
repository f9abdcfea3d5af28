"""The conversation: questions, answers as they grow, the box to ask in. Each browser session has its own."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace

import gradio as gr

from assistant.chat import MAX_QUESTION, Assistant
from assistant.errors import AssistantError
from assistant.types import Conversation, Done, Found, Said, Searching, Turn
from assistant.ui import render
from assistant.ui.panels.filters import FilterPanel, filters_of

_log = logging.getLogger(__name__)

AT_ONCE = 4
"""Answers that are made at the same time; the others wait in line."""

_KEPT_TURNS = 50


def build_transcript() -> tuple[gr.HTML, gr.HTML, gr.HTML]:
    """Places the empty page's welcome, the finished turns, and the turn at hand."""
    welcome = gr.HTML("", elem_id="welcome", apply_default_css=False)
    earlier = gr.HTML("", elem_id="earlier", apply_default_css=False)
    now = gr.HTML(
        "",
        html_template='<div id="live" aria-live="polite" aria-relevant="additions text">${value}</div>',
        js_on_load=None,
        elem_id="now",
        apply_default_css=False,
    )
    return welcome, earlier, now


def build_conversation(
    assistant: Assistant, transcript: tuple[gr.HTML, gr.HTML, gr.HTML], filters: FilterPanel, fresh: gr.Button
) -> None:
    """Places the box to ask in, and connects it and the buttons in the transcript to the assistant."""
    welcome, earlier, now = transcript
    with gr.Row(elem_id="ask"):
        box = gr.Textbox(
            show_label=False,
            label="Your question",
            placeholder="Ask the briefings …",
            lines=1,
            max_lines=6,
            max_length=MAX_QUESTION,
            container=False,
            scale=1,
            elem_id="question",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
        )
        go = gr.Button("Ask", variant="primary", scale=0, min_width=72, elem_id="go")
        stop = gr.Button("Stop", variant="secondary", scale=0, min_width=72, visible=False, elem_id="stop")
    bridge = gr.HTML(
        "",
        js_on_load="window.briefing.connect('conversation', {trigger}); // 'ask' 'again'",
        elem_classes="bridge",
        apply_default_css=False,
    )
    conversation = gr.State(None, time_to_live=12 * 3600)
    progress = gr.State(None, time_to_live=12 * 3600)
    outputs = [box, welcome, earlier, now, conversation, progress, go, stop]

    def typed(
        question: str, held: Conversation | None, running: render.Progress | None, *values: object
    ) -> Iterator[list[object]]:
        if running is None:  # else the question stays in the box until this answer is there
            yield from answered(assistant, question, held, values, clear=True)

    def chosen(
        event: gr.EventData, held: Conversation | None, running: render.Progress | None, *values: object
    ) -> Iterator[list[object]]:
        if running is None:
            yield from answered(assistant, str(event.question), held, values)

    def again(
        event: gr.EventData, held: Conversation | None, running: render.Progress | None, *values: object
    ) -> Iterator[list[object]]:
        question = str(event.question)
        if running is None:
            yield from answered(assistant, question, without_last(held, question), values, use_time=False)

    def begin_anew() -> list[object]:
        empty = render.welcome(assistant.state().examples, _count(assistant))
        return ["", empty, "", "", None, None, gr.Button(visible=True), gr.Button(visible=False)]

    # "multiple": else a question that comes while the last event is being closed would be dropped without a word.
    limits = {"concurrency_limit": AT_ONCE, "concurrency_id": "answer", "trigger_mode": "multiple"}
    private = {"api_visibility": "private", "show_progress": "hidden"}
    values = [conversation, progress, *filters.values]
    asking = [
        gr.on([box.submit, go.click], typed, [box, *values], outputs, **limits, **private),
        bridge.ask(chosen, values, outputs, **limits, **private),
        bridge.again(again, values, outputs, **limits, **private),
    ]
    stop.click(stopped, progress, [now, progress, go, stop], cancels=asking, queue=False, **private)
    fresh.click(begin_anew, None, outputs, cancels=asking, queue=False, **private)


def answered(
    assistant: Assistant,
    question: str,
    held: Conversation | None,
    values: Sequence[object],
    *,
    use_time: bool = True,
    clear: bool = False,
) -> Iterator[list[object]]:
    """What the page shows while a question is answered: one list of outputs for each step.

    The conversation that comes out is new; the one that goes in is this session's own and stays as it was.
    """
    question = " ".join(question.split())
    if not question:
        yield [gr.skip()] * 8
        return
    conversation = held or Conversation(secrets.token_hex(8))
    state = assistant.state()
    waits = state.phase in ("starting", "indexing")
    now = render.Progress(question, waiting_for=state.detail if waits else None)
    kept: list[object] = [gr.skip(), gr.skip(), gr.skip()]
    idle: list[object] = [None, gr.Button(visible=True), gr.Button(visible=False)]
    yield [
        "" if clear else gr.skip(),
        "",
        render.turns(conversation.turns),
        render.progress(now),
        conversation,
        now,
        gr.Button(visible=False),
        gr.Button(visible=True),
    ]
    try:
        for event in assistant.stream(
            question, conversation=conversation, filters=filters_of(*values), use_time=use_time
        ):
            if isinstance(event, Done):
                turn = Turn(question, event.answer)
                grown = conversation.with_turn(turn)
                grown = replace(grown, turns=grown.turns[-_KEPT_TURNS:])
                yield [*kept, render.turn(turn), grown, *idle]
                return
            if isinstance(event, Searching):
                now = replace(now, query=event.query, time=event.time, waiting_for=None)
            elif isinstance(event, Found):
                now = replace(now, found=len(event.passages))
            elif isinstance(event, Said):
                now = replace(now, text=event.text, citations=event.citations)
            yield [*kept, render.progress(now), gr.skip(), now, gr.skip(), gr.skip()]
    except AssistantError as error:
        yield [*kept, render.failed(question, str(error)), gr.skip(), *idle]
    except Exception:  # a fault of ours must not leave the page waiting
        _log.exception("the question %r could not be answered", question)
        reason = "something went wrong inside the assistant, its log says what: ask again"
        yield [*kept, render.failed(question, reason), gr.skip(), *idle]


def stopped(now: render.Progress | None) -> list[object]:
    """What the page shows after Stop: what had been said, marked as not complete."""
    said = render.stopped(now) if now else gr.skip()
    return [said, None, gr.Button(visible=True), gr.Button(visible=False)]


def without_last(held: Conversation | None, question: str) -> Conversation | None:
    """The conversation without its last turn if that asked this question: it is being asked again."""
    if held is None or not held.turns or held.turns[-1].question != question:
        return held
    return replace(held, turns=held.turns[:-1])


def _count(assistant: Assistant) -> int:
    return sum(entry.status == "indexed" for entry in assistant.documents())
