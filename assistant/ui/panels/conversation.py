"""The conversation: questions, answers as they grow, the box to ask in. Each browser session has its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import gradio as gr

from assistant.chat import Assistant
from assistant.language.askable import MAX_QUESTION
from assistant.types import Conversation, Turn
from assistant.ui import render
from assistant.ui.branches import Branches
from assistant.ui.panels.answering import Within, answered, asked_within, before_edit, others_of, stopped, without_last
from assistant.ui.panels.feedback import tools_of
from assistant.ui.panels.filters import FilterPanel
from assistant.ui.panels.held import ConversationPanel, halt, under_way
from assistant.ui.panels.standing import AS_SHOWN, Standing
from assistant.ui.saving import Saving, partial

AT_ONCE = 4
"""Answers that are made at the same time; the others wait in line."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is being edited in the box: the question of the turn at `position`, or the query that was made of it.

    `text` is how it stood: a stopped answer and the turn behind it have the same position.
    """

    position: int
    text: str
    is_query: bool = False


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
        stop = gr.Button("Stop", variant="secondary", scale=0, min_width=72, visible=False, elem_id="stop")
    bridge = gr.HTML(
        "",
        js_on_load="window.briefing.connect('conversation', {trigger}); "
        "// 'ask' 'again' 'regenerate' 'within' 'edit' 'unedit'",
        elem_classes="bridge",
        apply_default_css=False,
    )
    conversation = gr.State(None, time_to_live=12 * 3600)
    progress = gr.State(None, time_to_live=12 * 3600)
    left = gr.State((), time_to_live=12 * 3600)
    edit = gr.State(None, time_to_live=12 * 3600)
    standing = gr.State(AS_SHOWN, time_to_live=12 * 3600)
    outputs = [box, welcome, earlier, now, conversation, progress, go, stop, left, edit, banner, standing]

    def reply(
        request: gr.Request,
        question: str,
        held: Conversation | None,
        branches: Branches,
        stands: Standing,
        values: Sequence[object],
        *,
        within: Within | None = None,
        **how: bool,
    ) -> Iterator[list[object]]:
        """The answer to a question in the conversation `held`; what it takes the place of is no longer in there."""
        asked = " ".join(question.split())
        stands = stands.stopped_again(held.turns if held else (), asked)

        def save(conversation: str, turn: Turn, *, finished: bool = True) -> str:
            if saving is None:
                return ""
            return saving.save(request.username, conversation, turn, finished=finished, gone=stands.gone)

        def tools(conversation: str, turn: Turn) -> str:
            return tools_of(saving, request.username, conversation, turn)

        yield from answered(
            assistant,
            question,
            held,
            values,
            left=branches,
            standing=stands,
            today=today(),
            save=save,
            leave=lambda conversation, turn: save(conversation, turn, finished=False),
            tools=tools,
            within=within,
            **how,
        )
        # Gradio shows what came last once more when a generator ends. By then the next question may be asked, and its
        # Stop button would be gone.
        yield [gr.skip()] * len(outputs)

    def typed(
        request: gr.Request,
        question: str,
        editing: Edit | None,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        stands: Standing,
        *values: object,
    ) -> Iterator[list[object]]:
        if under_way(running):  # the question stays in the box until this answer is there
            return
        if editing is not None:
            halted = stands.at(editing.position, editing.text, is_query=editing.is_query)
            stands = stands.cut(held.turns if held else (), editing.position, halted)
            held, branches = before_edit(held, branches, editing.position)
        as_it_is = editing is not None and editing.is_query
        yield from reply(request, question, held, branches, stands, values, clear=True, as_it_is=as_it_is)

    def chosen(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        stands: Standing,
        *values: object,
    ) -> Iterator[list[object]]:
        if not under_way(running):
            yield from reply(request, str(event.question), held, branches, stands, values)

    def again(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        stands: Standing,
        *values: object,
    ) -> Iterator[list[object]]:
        question = str(event.question)
        if not under_way(running):
            rest = without_last(held, question)
            if held and rest:
                stands = stands.cut(held.turns, len(rest.turns))
            keep = {"use_time": event.keep == "time", "use_as_of": event.keep == "as-of"}
            yield from reply(request, question, rest, branches, stands, values, **keep)

    def regenerate(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        stands: Standing,
        *values: object,
    ) -> Iterator[list[object]]:
        question = str(event.question)
        if not under_way(running):
            rest = without_last(held, question, position=int(event.turn))
            only = asked_within(held) if held and rest is not held else None
            if held and rest:
                stands = stands.cut(held.turns, len(rest.turns))
            yield from reply(request, question, rest, branches, stands, values, within=only)

    def ask_others(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        stands: Standing,
        *values: object,
    ) -> Iterator[list[object]]:
        position = int(event.turn)
        if held and not under_way(running) and 0 <= position < len(held.turns):
            answer = held.turns[position].answer
            within = Within(answer, others_of(answer))
            yield from reply(request, answer.question, held, branches, stands, values, within=within)

    def begin_edit(event: gr.EventData) -> list[object]:
        text, is_query = str(event.question), bool(event.is_query)
        return [text, Edit(int(event.turn), text, is_query), render.editing(is_query=is_query)]

    def greeting() -> str:
        return render.welcome(assistant.state().examples, _count(assistant))

    def stop_now(
        request: gr.Request, running: render.Progress | None, held: Conversation | None, stands: Standing
    ) -> list[object]:
        halt(running)
        turn = partial(running) if running else None
        if turn and held:
            if saving:
                saving.save(request.username, held.id, turn, finished=False, gone=stands.gone)
            stands = stands.after_stop(len(held.turns), turn)
        return [*stopped(running, today=today()), stands]

    # "multiple": else a question that comes while the last event is being closed would be dropped without a word.
    limits = {"concurrency_limit": AT_ONCE, "concurrency_id": "answer", "trigger_mode": "multiple"}
    private = {"api_visibility": "private", "show_progress": "hidden"}
    values = [conversation, progress, left, standing, *filters.values]
    asking = [
        gr.on([box.submit, go.click], typed, [box, edit, *values], outputs, **limits, **private),
        bridge.ask(chosen, values, outputs, **limits, **private),
        bridge.again(again, values, outputs, **limits, **private),
        bridge.regenerate(regenerate, values, outputs, **limits, **private),
        bridge.within(ask_others, values, outputs, **limits, **private),
    ]
    bridge.edit(begin_edit, None, [box, edit, banner], queue=False, **private)
    bridge.unedit(lambda: ["", None, ""], None, [box, edit, banner], queue=False, **private)
    stopping = stop.click(
        stop_now,
        [progress, conversation, standing],
        [now, progress, go, stop, standing],
        cancels=asking,
        queue=False,
        **private,
    )
    panel = ConversationPanel(outputs, conversation, progress, asking, [*asking, stopping], greeting)

    def begin_anew(running: render.Progress | None) -> list[object]:
        halt(running)
        return panel.empty()

    anew = fresh.click(begin_anew, progress, outputs, cancels=asking, queue=False, **private)
    return replace(panel, changing=[*panel.changing, anew])


def _count(assistant: Assistant) -> int:
    return sum(entry.status == "indexed" for entry in assistant.documents())
