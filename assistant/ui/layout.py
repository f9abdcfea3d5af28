"""Places the panels of the page, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import gradio as gr

from assistant.chat import Assistant
from assistant.reading.base import Verifier
from assistant.ui import render_library
from assistant.ui.panels.conversation import build_conversation, build_transcript, greeting_of
from assistant.ui.panels.feedback import build_feedback
from assistant.ui.panels.filters import build_filters
from assistant.ui.panels.history import build_history
from assistant.ui.panels.keys import BUTTON, build_keys
from assistant.ui.panels.library import build_library
from assistant.ui.panels.memos import build_memo_bridge, build_memos
from assistant.ui.panels.reviewing import build_reviewing
from assistant.ui.panels.sharing import build_sharing
from assistant.ui.panels.sources import build_sources
from assistant.ui.panels.verifying import build_verifying
from assistant.ui.saving import Saving

TITLE = "Briefing Assistant"
_POLL_SECONDS = 1.0

_SKIP = '<a class="skip" href="#question" data-do="skip">Skip to the question</a>'  # before all that Tab stops at
_BRAND = f'<p class="brand">{TITLE}</p>'
_PAST = """
<button type="button" class="quiet" data-do="past" aria-expanded="false" aria-controls="past">
  <span aria-hidden="true">☰</span> <span class="name">Conversations</span>
</button>
"""
_ASKED = '<h1 class="unseen">Conversation</h1>'  # the welcome has a heading of its own
_DARK = """
<button type="button" id="dark" class="quiet" data-do="dark" aria-pressed="false" aria-label="Dark colours">◐</button>
"""


def build_page(
    assistant: Assistant,
    *,
    saving: Saving | None = None,
    verifier: Verifier | None = None,
    today: Callable[[], date] = date.today,
) -> gr.Blocks:
    """The page over one assistant. The conversation at hand lives in each browser session's own state.

    With `saving` it is kept, and a list of those that were is there, too. With `verifier` edited memos can be
    checked. `today` is the day to which the ages of sources are counted.
    """
    with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False, delete_cache=(3600, 3600)) as page:
        with gr.Row(elem_id="top"):
            if saving is not None:
                gr.HTML(f"{_SKIP}{_PAST}", elem_id="past-button", apply_default_css=False)
            gr.HTML(_BRAND if saving is not None else f"{_SKIP}{_BRAND}", elem_id="brand", apply_default_css=False)
            state = gr.HTML("", elem_id="state", apply_default_css=False)
            fresh = gr.Button("New conversation", size="sm", scale=0, min_width=150, elem_id="fresh")
            gr.HTML(BUTTON, elem_id="keys-button", apply_default_css=False)
            gr.HTML(_DARK, elem_id="colours", apply_default_css=False)
        with gr.Row(elem_id="bench"):
            past = gr.Column(elem_id="past", scale=0, min_width=0) if saving is not None else None
            with gr.Column(elem_id="main", scale=1), gr.Tabs(elem_id="tabs"):
                with gr.Tab("Ask", elem_id="tab-ask") as asking:
                    with gr.Column(elem_id="transcript", scale=1):
                        gr.HTML(_ASKED, elem_id="asked", apply_default_css=False)
                        transcript = build_transcript()
                    with gr.Column(elem_id="composer", scale=0):
                        filters = build_filters(assistant)
                        panel = build_conversation(assistant, transcript, filters, fresh, saving=saving, today=today)
                with gr.Tab("Library", elem_id="tab-library") as library:
                    build_library(assistant, library)
                if saving is not None:
                    with gr.Tab("Memo", elem_id="tab-memo"):
                        build_memos()
                if verifier is not None:
                    with gr.Tab("Verify", elem_id="tab-verify"):
                        build_verifying(assistant, verifier)
            with gr.Column(elem_id="side", scale=0):
                build_sources(assistant)
            if saving is not None:
                build_memo_bridge(assistant, saving, today=today)
            if saving is not None and past is not None:
                with past:
                    build_history(page, assistant, saving, panel, today=today)
        build_keys(reviewing=saving is not None)
        if saving is not None:
            build_feedback(assistant, saving)
            build_sharing(assistant, saving)
            build_reviewing(saving)
        clock = gr.Timer(_POLL_SECONDS)

        def look(greeting: str) -> list[object]:
            now = assistant.state()
            looking_on = now.phase != "ready"  # a sync may mend a start that failed
            return [render_library.state_line(now), gr.Timer(active=looking_on), greet_again(greeting)]

        def greet_again(greeting: str) -> object:
            """The greeting as the library is by now; none where a conversation has taken its place."""
            return greeting_of(assistant) if greeting else gr.skip()

        quiet = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        welcome = transcript[0]
        clock.tick(look, welcome, [state, clock, welcome], **quiet)
        if saving is None:
            page.load(lambda: greeting_of(assistant), None, welcome, **quiet)
        page.load(look, welcome, [state, clock, welcome], **quiet)
        asking.select(greet_again, welcome, welcome, **quiet)
    return page
