"""The conversation: questions, answers as they grow, the box to ask in. Each browser session has its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import gradio as gr

from assistant.chat import Assistant
from assistant.language.askable import MAX_QUESTION
from assistant.types import Conversation, Turn
from assistant.ui import render
from assistant.ui.branches import Branches
from assistant.ui.panels.answering import answered, stopped
from assistant.ui.panels.asking import Edit, Wish, pressed, typed
from assistant.ui.panels.feedback import tools_of
from assistant.ui.panels.filters import FilterPanel
from assistant.ui.panels.held import ConversationPanel, halt, under_way
from assistant.ui.panels.standing import AS_SHOWN, Standing
from assistant.ui.saving import Saving, partial

AT_ONCE = 4
"""Answers that are made at the same time; the others wait in line."""


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
    assistant: Assistant,
    transcript: tuple[gr.HTML, gr.HTML, gr.HTML],
    filters: FilterPanel,
    fresh: gr.Button,
    *,
    saving: Saving | None = None,
    today: Callable[[], date] = date.today,
) -> ConversationPanel:
    """Places the box to ask in, and connects it and the buttons in the transcript to the assistant.

    `saving` keeps each answer; `today` is the day to which the ages of sources are counted.
    """
    welcome, earlier, now = transcript
    banner = gr.HTML("", elem_id="editing", apply_default_css=False)
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
        stop = gr.Button("Stop", variant="secondary", scale=0, min_width=72, elem_id="stop")  # or "Ask": see page.css
    bridge = gr.HTML(
        "",
        js_on_load="window.briefing.connect('conversation', {trigger}); // 'ask' 'edit' 'unedit'",
        elem_classes="bridge",
        apply_default_css=False,
    )
    conversation = gr.State(None, time_to_live=12 * 3600)
    progress = gr.State(None, time_to_live=12 * 3600)
    left = gr.State((), time_to_live=12 * 3600)
    edit = gr.State(None, time_to_live=12 * 3600)
    standing = gr.State(AS_SHOWN, time_to_live=12 * 3600)
    outputs = [box, welcome, earlier, now, conversation, progress, left, edit, banner, standing]
    unchanged: list[object] = [gr.skip()] * len(outputs)  # a generator that gives nothing would empty the box

    def reply(request: gr.Request, wish: Wish, values: Sequence[object]) -> Iterator[list[object]]:
        held = wish.held
        stands = wish.standing.stopped_again(held.turns if held else (), " ".join(wish.question.split()))

        def save(conversation: str, turn: Turn, *, finished: bool = True) -> str:
            if saving is None:
                return ""
            return saving.save(request.username, conversation, turn, finished=finished, gone=stands.gone)

        def tools(conversation: str, turn: Turn) -> str:
            return tools_of(saving, request.username, conversation, turn)

        yield from answered(
            assistant,
            wish.question,
            held,
            values,
            left=wish.left,
            standing=stands,
            today=today(),
            save=save,
            leave=lambda conversation, turn: save(conversation, turn, finished=False),
            tools=tools,
            within=wish.within,
            use_time=wish.use_time,
            use_as_of=wish.use_as_of,
            clear=wish.clear,
            as_it_is=wish.as_it_is,
        )
        # Gradio shows what came last once more when a generator ends. By then the next question may be asked.
        yield unchanged

    def ask(
        request: gr.Request,
        text: str,
        editing: Edit | None,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        stands: Standing,
        *values: object,
    ) -> Iterator[list[object]]:
        if under_way(running):  # the question stays in the box until this answer is there
            yield unchanged
            return
        yield from reply(request, typed(text, editing, held, branches, stands), values)

    def ask_of(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        stands: Standing,
        *values: object,
    ) -> Iterator[list[object]]:
        wish = None if under_way(running) else pressed(event, held, branches, stands)
        if wish is None:
            yield unchanged
            return
        yield from reply(request, wish, values)

    def begin_edit(event: gr.EventData) -> list[object]:
        text, is_query = str(event.question), bool(event.is_query)
        return [text, Edit(int(event.turn), text, is_query), render.editing(is_query=is_query)]

    def greeting() -> str:
        return greeting_of(assistant)

    def stop_now(
        request: gr.Request, running: render.Progress | None, held: Conversation | None, stands: Standing
    ) -> list[object]:
        if running is None or halt(running):  # it was finished the moment that Stop was pressed, and is shown
            return [gr.skip()] * 3
        turn = partial(running)
        if turn and held:
            if saving:
                saving.save(request.username, held.id, turn, finished=False, gone=stands.gone)
            stands = stands.after_stop(len(held.turns), turn)
        return [*stopped(running, today=today()), stands]

    # "multiple": else a question that comes while the last event is being closed would be dropped without a word.
    limits = {"concurrency_limit": AT_ONCE, "concurrency_id": "answer", "trigger_mode": "multiple"}
    private = {"api_visibility": "private", "show_progress": "hidden"}
    values = [conversation, progress, left, standing, *filters.values]
    typing = gr.on([box.submit, go.click], ask, [box, edit, *values], outputs, **limits, **private)
    typing.then(None, js="() => window.briefing.asked()", trigger_mode="multiple", **private)
    asking = [
        typing,
        bridge.ask(ask_of, values, outputs, **limits, **private),
    ]
    each = {"queue": False, "trigger_mode": "multiple"}
    bridge.edit(begin_edit, None, [box, edit, banner], **each, **private)
    bridge.unedit(lambda: ["", None, ""], None, [box, edit, banner], **each, **private)
    stopping = stop.click(
        stop_now,
        [progress, conversation, standing],
        [now, progress, standing],
        **private,
    )
    panel = ConversationPanel(outputs, conversation, progress, asking, [*asking, stopping], greeting)

    def begin_anew(running: render.Progress | None) -> list[object]:
        halt(running, left=True)
        return panel.empty()

    anew = fresh.click(begin_anew, progress, outputs, cancels=asking, **private)
    return replace(panel, changing=[*panel.changing, anew])


def greeting_of(assistant: Assistant) -> str:
    """What stands on the empty page now."""
    state = assistant.state()
    indexed = sum(entry.status == "indexed" for entry in assistant.documents())
    return render.welcome(state.examples, indexed, ready=state.phase == "ready")
