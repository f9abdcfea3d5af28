"""The list of saved conversations: open, rename, search, delete with undo; the one that was open comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import gradio as gr

from assistant.chat import Assistant
from assistant.errors import AssistantError
from assistant.types import Conversation
from assistant.ui import render, render_feedback, render_library, render_saved
from assistant.ui.panels.held import ConversationPanel, halt, marks_of
from assistant.ui.saving import Saving
from assistant.work.records import SavedConversation, SavedTurn

_DIALOG = """
<dialog id="renaming" aria-labelledby="renaming-title">
  <form method="dialog">
    <h2 id="renaming-title">Rename this conversation</h2>
    <input type="text" name="title" maxlength="80" required aria-labelledby="renaming-title" autocomplete="off">
    <div class="buttons">
      <button value="rename" class="strong">Rename</button>
      <button value="" formnovalidate>Cancel</button>
    </div>
  </form>
</dialog>
"""
_REMEMBERED = "() => [window.briefing.held(), null, null]"  # the states are not the browser's


def build_history(
    page: gr.Blocks,
    assistant: Assistant,
    saving: Saving,
    panel: ConversationPanel,
    *,
    today: Callable[[], date] = date.today,
) -> None:
    """Places the list and connects it to the conversation; `today` is the day to which ages of sources are counted."""
    words = gr.Textbox(
        label="Search the conversations",
        show_label=False,
        placeholder="Search the conversations …",
        container=False,
        max_length=200,
        elem_id="past-search",
    )
    notice = gr.HTML("", elem_id="past-notice", apply_default_css=False)
    listed = gr.HTML("", elem_id="past-list", apply_default_css=False)
    bridge = gr.HTML(
        html_template=_DIALOG,
        js_on_load="window.briefing.connect('history', {trigger}); // 'open' 'rename' 'discard' 'undiscard'",
        apply_default_css=False,
        elem_id="history-bridge",
    )

    def rows(request: gr.Request, text: str, held: str | None) -> str:
        saved = saving.of(request.username)
        if saved is None:
            return ""  # the notice above says why
        try:
            return render_saved.listed(saved.list(text), held, text)
        except AssistantError as error:
            return _told(str(error))

    def show(request: gr.Request, text: str, held: Conversation | None) -> str:
        return rows(request, text, held.id if held else None)

    def opened(request: gr.Request, key: str) -> tuple[SavedConversation | None, str]:
        saved = saving.of(request.username)
        if saved is None or not key:
            return None, ""
        try:
            return saved.open(key), ""
        except AssistantError as error:
            return None, _told(str(error))

    def tools(turn: SavedTurn) -> str:
        return render_feedback.tools(turn, cases=saving.cases is not None)

    def put(found: SavedConversation) -> list[object]:
        earlier, now = render_saved.transcript(found, marks_of(assistant), tools, today=today())
        return panel.holding(found, earlier, now)

    def begin(
        remembered: str, held: Conversation | None, running: render.Progress | None, request: gr.Request
    ) -> list[object]:
        if held is not None or running is not None:  # whoever was faster has asked
            return [*panel.as_it_is(), gr.skip(), show(request, "", held)]
        found, _ = opened(request, remembered)  # that it was deleted meanwhile is no news
        said = "".join(_told(warning) for warning in saving.warnings)
        _, *shown = panel.empty() if found is None else put(found)
        typed = gr.skip()  # by whoever was faster than this answer
        return [typed, *shown, said, rows(request, "", found.summary.id if found else None)]

    def reopen(
        event: gr.EventData,
        request: gr.Request,
        text: str,
        held: Conversation | None,
        running: render.Progress | None,
    ) -> list[object]:
        halt(running, left=True)
        found, problem = opened(request, str(event.id))
        if found is None:
            return [*panel.as_it_is(), problem, show(request, text, held)]
        return [*put(found), "", rows(request, text, found.summary.id)]

    def rename(event: gr.EventData, request: gr.Request, text: str, held: Conversation | None) -> list[object]:
        saved, said = saving.of(request.username), ""
        try:
            if saved is not None:
                saved.rename(str(event.id), str(event.title))
        except AssistantError as error:
            said = _told(str(error))
        return [said, show(request, text, held)]

    def discard(
        event: gr.EventData,
        request: gr.Request,
        text: str,
        held: Conversation | None,
        running: render.Progress | None,
    ) -> list[object]:
        saved, key, said = saving.of(request.username), str(event.id), ""
        shown = panel.as_it_is()
        try:
            if saved is not None:
                title = saved.open(key).summary.title
                if held is not None and held.id == key:
                    halt(running, left=True)
                    shown, held = panel.empty(), None
                saved.delete(key)
                said = render_saved.deleted(title, key)
        except AssistantError as error:
            said = _told(str(error))
        return [*shown, said, show(request, text, held)]

    def undiscard(event: gr.EventData, request: gr.Request, text: str, held: Conversation | None) -> list[object]:
        saved, said = saving.of(request.username), ""
        try:
            if saved is not None:
                saved.undelete(str(event.id))
        except AssistantError as error:
            said = _told(str(error))
        return [said, show(request, text, held)]

    queued = {"api_visibility": "private", "show_progress": "hidden"}
    private = {**queued, "queue": False}
    inputs = [words, panel.conversation]
    all_ = [*panel.outputs, notice, listed]
    page.load(begin, [bridge, panel.conversation, panel.progress], all_, js=_REMEMBERED, **private)
    words.change(show, inputs, listed, trigger_mode="always_last", **private)
    each = {"trigger_mode": "multiple"}  # one that comes while the last is under way is not dropped
    bridge.open(reopen, [*inputs, panel.progress], all_, cancels=panel.asking, **each, **queued)
    bridge.rename(rename, inputs, [notice, listed], **each, **private)
    bridge.discard(discard, [*inputs, panel.progress], all_, **each, **queued)
    bridge.undiscard(undiscard, inputs, [notice, listed], **each, **private)
    for event in panel.changing:
        event.then(show, inputs, listed, **private)


def _told(problem: str) -> str:
    return render_library.notice(problem, problem=True)
