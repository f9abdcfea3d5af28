"""Shares a saved conversation as a file: one web page with its sources inside, Markdown, or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Literal

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.chat import Assistant
from assistant.errors import AssistantError
from assistant.ui.login import user_of
from assistant.ui.saving import Saving
from assistant.ui.shared import EXPORTS, Shared, file_name
from assistant.work.conversations import utc_now

_DIALOG = """
<dialog id="sharing" class="dialog" aria-labelledby="sharing-title">
  <form method="dialog">
    <h2 id="sharing-title">Share “<span class="name"></span>”</h2>
    <p>One file with the questions, the answers and the words that they rest on. It shows them as they are now, and
      needs neither this page nor the briefings. Who has it can read it.</p>
    <p class="told" role="status"></p>
    <div class="buttons">
      <button value=".html" class="strong">Web page</button>
      <button value=".md">Markdown</button>
      <button value=".json">JSON</button>
      <button value="">Cancel</button>
    </div>
  </form>
</dialog>
"""
_TYPES = {".html": "text/html", ".md": "text/markdown", ".json": "application/json"}


class Asked(BaseModel):
    """Which conversation is shared, and in which format."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(max_length=200)
    form: Literal[".html", ".md", ".json"]


def build_sharing(assistant: Assistant, saving: Saving) -> None:
    """Places the dialog; the button that opens it stands beside each conversation of the list."""
    gr.HTML(
        html_template=_DIALOG,
        js_on_load="window.briefing.connect('sharing', {server})",
        server_functions=[sharing_server(assistant, saving)],
        elem_classes="bridge",
        apply_default_css=False,
    )


def sharing_server(assistant: Assistant, saving: Saving) -> Callable[[str, gr.Request], str]:
    """The function that the page's script calls with an `Asked` as JSON.

    It returns `name`, `type` and `text` of a file as JSON, or a `problem`.
    """

    def share(asked: str, request: gr.Request) -> str:
        try:
            wanted = Asked.model_validate_json(asked)
            saved = saving.conversations(user_of(request)).open(wanted.id)
            text = EXPORTS[wanted.form](Shared(saved, assistant.library.index, utc_now()))
        except ValidationError:
            return json.dumps({"problem": "That could not be understood. Load the page again."})
        except AssistantError as error:
            return json.dumps({"problem": f"That did not work: {error}."}, ensure_ascii=False)
        name = file_name(saved.summary.title, wanted.form)
        return json.dumps({"name": name, "type": _TYPES[wanted.form], "text": text}, ensure_ascii=False)

    return share
