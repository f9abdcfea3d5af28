"""The Memo tab: the place where its script draws, and the function by which that script reaches the memos."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date

import gradio as gr
from pydantic import ValidationError

from assistant.chat import Assistant
from assistant.errors import AssistantError
from assistant.ui.login import user_of
from assistant.ui.memo_desk import Desk
from assistant.ui.memo_requests import REQUEST, Reply
from assistant.ui.saving import Saving

_log = logging.getLogger(__name__)

_DESK = '<section id="memo-desk" aria-label="Memo"></section>'
_NOTICE = '<div id="memo-notice"></div>'
_FAULT = "something went wrong inside the assistant, its log says what"


def build_memos() -> None:
    """Places the tab's content, which its script fills."""
    gr.HTML(_DESK, elem_id="memo-tab", apply_default_css=False)


def build_memo_bridge(assistant: Assistant, saving: Saving, *, today: Callable[[], date] = date.today) -> None:
    """Connects the script, and places the line that says what was collected; both are there on every tab."""
    gr.HTML(
        html_template=_NOTICE,
        js_on_load="window.briefing.connect('memos', {server, trigger})",
        server_functions=[memo_keeper(assistant, saving, today=today)],
        apply_default_css=False,
        elem_id="memo-bridge",
    )


def memo_keeper(
    assistant: Assistant, saving: Saving, *, today: Callable[[], date] = date.today
) -> Callable[[str, gr.Request], str]:
    """The function that the page's script calls with a request of `memo_requests` as JSON.

    It returns what `Desk.reply` gives, or a `problem`, as JSON.
    """

    def memo(asked: str, request: gr.Request) -> str:
        return json.dumps(kept(asked, user_of(request)), ensure_ascii=False)

    def kept(asked: str, user: str | None) -> Reply:
        shelf, conversations = saving.shelf(user), saving.of(user)
        if shelf is None or conversations is None:
            return {"problem": "; ".join(saving.warnings) or "memos cannot be saved here"}
        try:
            return Desk(assistant, shelf, conversations, today).reply(REQUEST.validate_json(asked))
        except ValidationError:
            return {"problem": "this cannot be done: load the page again"}
        except AssistantError as error:
            return {"problem": str(error)}
        except Exception:  # a fault of ours must not leave the page waiting
            _log.exception("a request about memos failed")
            return {"problem": _FAULT}

    return memo
