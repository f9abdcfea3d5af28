"""The conversation: questions, answers as they grow, the box to ask in. Each browser session has its own."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape

import gradio as gr

from assistant.chat import MAX_QUESTION, Assistant
from assistant.errors import AssistantError
from assistant.types import Answer, Conversation, Done, Found, Quoted, Said, Searching, Turn
from assistant.ui import render
from assistant.ui.branches import Branches, branch_at, forked, without_first
from assistant.ui.panels.feedback import tools_of
from assistant.ui.panels.filters import FilterPanel, filters_of
from assistant.ui.panels.held import ConversationPanel, Save, Tools, halt, marks_of, toolless, under_way, unsaved
from assistant.ui.saving import Saving, partial

_log = logging.getLogger(__name__)

AT_ONCE = 4
"""Answers that are made at the same time; the others wait in line."""

_KEPT_TURNS = 50


@dataclass(frozen=True, slots=True)
class Edit:
    """What is being edited in the box: the question of the turn at `position`, or the query that was made of it."""

    position: int
    is_query: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """A question that is asked again, as it was understood for `answer`, in some `documents` alone."""

    answer: Answer
    documents: tuple[str, ...]


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
    outputs = [box, welcome, earlier, now, conversation, progress, go, stop, left, edit, banner]

    def reply(
        request: gr.Request,
        question: str,
        before: Conversation | None,
        held: Conversation | None,
        branches: Branches,
        values: Sequence[object],
        *,
        within: Within | None = None,
        **how: bool,
    ) -> Iterator[list[object]]:
        """The answer to a question in the conversation `held`, which was `before` until the question was asked."""
        gone = gives_way(before, held, branches)

        def save(conversation: str, turn: Turn) -> str:
            return saving.save(request.username, conversation, turn, instead_of=gone) if saving else ""

        def tools(conversation: str, turn: Turn) -> str:
            return tools_of(saving, request.username, conversation, turn)

        return answered(
            assistant,
            question,
            held,
            values,
            left=branches,
            today=today(),
            save=save,
            tools=tools,
            within=within,
            **how,
        )

    def typed(
        request: gr.Request,
        question: str,
        editing: Edit | None,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        *values: object,
    ) -> Iterator[list[object]]:
        if under_way(running):  # the question stays in the box until this answer is there
            return
        before = held
        if editing is not None:
            held, branches = before_edit(held, branches, editing.position)
        as_it_is = editing is not None and editing.is_query
        yield from reply(request, question, before, held, branches, values, clear=True, as_it_is=as_it_is)

    def chosen(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        *values: object,
    ) -> Iterator[list[object]]:
        if not under_way(running):
            yield from reply(request, str(event.question), held, held, branches, values)

    def again(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        *values: object,
    ) -> Iterator[list[object]]:
        question = str(event.question)
        if not under_way(running):
            rest = without_last(held, question)
            yield from reply(request, question, held, rest, branches, values, use_time=False)

    def regenerate(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        *values: object,
    ) -> Iterator[list[object]]:
        question = str(event.question)
        if not under_way(running):
            rest = without_last(held, question, position=int(event.turn))
            gone = held.turns[-1].answer if held and rest is not held else None
            only = Within(gone, gone.filters.documents) if gone and gone.filters.documents else None
            yield from reply(request, question, held, rest, branches, values, within=only)

    def ask_others(
        event: gr.EventData,
        request: gr.Request,
        held: Conversation | None,
        running: render.Progress | None,
        branches: Branches,
        *values: object,
    ) -> Iterator[list[object]]:
        position = int(event.turn)
        if held and not under_way(running) and 0 <= position < len(held.turns):
            answer = held.turns[position].answer
            others = tuple(source.document_id for source in answer.coverage.others) if answer.coverage else ()
            yield from reply(request, answer.question, held, held, branches, values, within=Within(answer, others))

    def begin_edit(event: gr.EventData) -> list[object]:
        is_query = bool(event.is_query)
        return [str(event.question), Edit(int(event.turn), is_query), render.editing(is_query=is_query)]

    def greeting() -> str:
        return render.welcome(assistant.state().examples, _count(assistant))

    def stop_now(
        request: gr.Request, running: render.Progress | None, held: Conversation | None, branches: Branches
    ) -> list[object]:
        halt(running)
        turn = partial(running) if running else None
        if saving and turn and held:
            gone = gives_way(held, held, branches)
            saving.save(request.username, held.id, turn, finished=False, instead_of=gone)
        return stopped(running, today=today())

    # "multiple": else a question that comes while the last event is being closed would be dropped without a word.
    limits = {"concurrency_limit": AT_ONCE, "concurrency_id": "answer", "trigger_mode": "multiple"}
    private = {"api_visibility": "private", "show_progress": "hidden"}
    values = [conversation, progress, left, *filters.values]
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
        stop_now, [progress, conversation, left], [now, progress, go, stop], cancels=asking, queue=False, **private
    )
    panel = ConversationPanel(outputs, conversation, progress, asking, [*asking, stopping], greeting)

    def begin_anew(running: render.Progress | None) -> list[object]:
        halt(running)
        return panel.empty()

    anew = fresh.click(begin_anew, progress, outputs, cancels=asking, queue=False, **private)
    return replace(panel, changing=[*panel.changing, anew])


def answered(
    assistant: Assistant,
    question: str,
    held: Conversation | None,
    values: Sequence[object],
    *,
    left: Branches = (),
    use_time: bool = True,
    clear: bool = False,
    as_it_is: bool = False,
    today: date | None = None,
    save: Save = unsaved,
    tools: Tools = toolless,
    within: Within | None = None,
) -> Iterator[list[object]]:
    """What the page shows while a question is answered: one list of outputs for each step.

    The conversation that comes out is new; the one that goes in is this session's own and stays as it was. With
    `as_it_is` the question is searched for without what was asked before; it still joins the conversation. `save` is
    called once the answer is there, before it is shown as finished; `tools` then offers what can be done with it.
    `within` asks for what some documents say.
    """
    unchanged: list[object] = [gr.skip()] * 11
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
    settled: list[object] = [gr.skip(), gr.skip(), gr.skip()]
    idle: list[object] = [None, gr.Button(visible=True), gr.Button(visible=False)]
    yield [
        "" if clear else gr.skip(),
        "",
        render.held(conversation.id)
        + render.turns(
            conversation.turns,
            left,
            today=today,
            marks=marks_of(assistant),
            tools=lambda turn: tools(conversation.id, turn),
        ),
        render.progress(now, today=today),
        conversation,
        now,
        gr.Button(visible=False),
        gr.Button(visible=True),
        left,
        None,
        "",
    ]
    try:
        events = (
            assistant.stream_within(within.answer, within.documents, conversation=conversation)
            if within
            else assistant.stream(
                question,
                conversation=replace(conversation, turns=()) if as_it_is else conversation,
                filters=filters_of(*values),
                use_time=use_time,
            )
        )
        for event in events:
            if now.halted.is_set():
                yield unchanged  # Gradio shows what came last once more when a generator ends
                return
            if isinstance(event, Done):
                turn = Turn(question, event.answer)
                grown, left, position = _kept(conversation.with_turn(turn), left)
                problem = save(conversation.id, turn)
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
                yield [*kept, shown, grown, *idle, left, gr.skip(), gr.skip()]
                return
            now = _further(now, event)
            yield [*kept, render.progress(now, today=today), gr.skip(), now, gr.skip(), gr.skip(), *settled]
    except AssistantError as error:
        yield [*kept, render.failed(question, str(error), position=position), gr.skip(), *idle, *settled]
    except Exception:  # a fault of ours must not leave the page waiting
        _log.exception("the question %r could not be answered", question)
        reason = "something went wrong inside the assistant, its log says what: ask again"
        yield [*kept, render.failed(question, reason, position=position), gr.skip(), *idle, *settled]


def stopped(now: render.Progress | None, *, today: date | None = None) -> list[object]:
    """What the page shows after Stop: what had been said, marked as not complete."""
    said = render.stopped(now, today=today) if now else gr.skip()
    return [said, None, gr.Button(visible=True), gr.Button(visible=False)]


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


def gives_way(before: Conversation | None, after: Conversation | None, left: Branches) -> Turn | None:
    """The saved turn whose place the next one takes: the first that was cut off `before`, or by an edit that failed."""
    position = len(after.turns) if after else 0
    if before and position < len(before.turns):
        return before.turns[position]
    cut = branch_at(left, position)
    return cut.turns[0] if cut else None


def _further(now: render.Progress, event: Searching | Found | Quoted | Said) -> render.Progress:
    """The progress after one more event."""
    if isinstance(event, Searching):
        return replace(now, query=event.query, time=event.time, waiting_for=None)
    if isinstance(event, Found):
        return replace(now, found=event.passages)
    if isinstance(event, Quoted):  # what was said until now were the quotes
        return replace(now, quoted=event.answer, text="", citations=(), statements=())
    return replace(now, text=event.text, citations=event.citations, statements=event.statements)


def _kept(conversation: Conversation, left: Branches) -> tuple[Conversation, Branches, int]:
    """The turns that are kept, with their branches, and the position of the last one."""
    dropped = max(len(conversation.turns) - _KEPT_TURNS, 0)
    turns = conversation.turns[dropped:]
    return replace(conversation, turns=turns), without_first(left, dropped), len(turns) - 1


def _count(assistant: Assistant) -> int:
    return sum(entry.status == "indexed" for entry in assistant.documents())
