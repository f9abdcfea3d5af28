"""The review of an answer, sentence by sentence: what was decided is kept, and leaves as a sheet."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Literal

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import AssistantError, InputError
from assistant.types import Span
from assistant.ui.login import user_of
from assistant.ui.saving import Saving
from assistant.ui.shared import file_name
from assistant.ui.shared.review_sheet import SHEETS
from assistant.work.records import Review

_BAR = """
<template id="review-bar">
  <section class="reviewing" aria-label="Review of this answer" aria-live="off">
    <p class="at"></p>
    <div class="buttons">
      <button type="button" class="quiet" data-do="review-back" aria-label="Previous sentence" aria-keyshortcuts="k"
        >↑</button>
      <button type="button" class="quiet" data-do="review-on" aria-label="Next sentence" aria-keyshortcuts="j"
        >↓</button>
      <button type="button" class="quiet decide" data-do="review-decide" data-decision="accepted" aria-pressed="false"
        aria-keyshortcuts="a"><span aria-hidden="true">✓</span> Accept</button>
      <button type="button" class="quiet decide" data-do="review-decide" data-decision="rejected" aria-pressed="false"
        aria-keyshortcuts="x"><span aria-hidden="true">✕</span> Reject</button>
      <input type="text" class="remark" maxlength="2000" aria-label="Note on this sentence" placeholder="Note …"
        aria-keyshortcuts="n" autocomplete="off">
    </div>
    <div class="buttons">
      <button type="button" class="quiet" data-do="review-sheet" data-form=".md">Sheet as Markdown</button>
      <button type="button" class="quiet" data-do="review-sheet" data-form=".csv">Sheet as CSV</button>
      <button type="button" class="quiet" data-do="review-end" aria-keyshortcuts="Escape">End the review</button>
    </div>
    <p class="told" role="status"></p>
  </section>
</template>
"""
_TYPES = {".md": "text/markdown", ".csv": "text/csv"}


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Decide(_Asked):
    """What was decided about a sentence of the answer with this id."""

    do: Literal["decide"]
    turn: int
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    decision: Literal["accepted", "rejected"] | None
    note: str = Field("", max_length=2000)


class Sheet(_Asked):
    """The review of the answer with this id, as a file."""

    do: Literal["sheet"]
    turn: int
    form: Literal[".md", ".csv"]


_ASKED: TypeAdapter[Decide | Sheet] = TypeAdapter(Annotated[Decide | Sheet, Field(discriminator="do")])


def build_reviewing(saving: Saving) -> None:
    """Places what the page's script asks; the review itself happens below the answer."""
    gr.HTML(
        html_template=_BAR,
        js_on_load="window.briefing.connect('reviewing', {server})",
        server_functions=[reviewing_server(saving)],
        elem_classes="bridge",
        apply_default_css=False,
    )


def reviewing_server(saving: Saving) -> Callable[[str, gr.Request], str]:
    """The function that the page's script calls with a `Decide` or a `Sheet` as JSON; it returns JSON.

    The reply holds `name`, `type` and `text` of a sheet, or a `problem`.
    """

    def review(asked: str, request: gr.Request) -> str:
        try:
            wanted = _ASKED.validate_json(asked)
            user = user_of(request)
            reply = decided(saving, user, wanted) if isinstance(wanted, Decide) else sheet(saving, user, wanted)
        except ValidationError:
            reply = {"problem": "That could not be understood. Load the page again."}
        except AssistantError as error:
            reply = {"problem": f"That did not work: {error}."}
        return json.dumps(reply, ensure_ascii=False)

    return review


def decided(saving: Saving, user: str | None, wanted: Decide) -> dict[str, str]:
    """Keeps a decision with the answer."""
    if wanted.start >= wanted.end:
        raise InputError("there is no such sentence: load the page again")
    review = Review(Span(wanted.start, wanted.end), wanted.decision, wanted.note.strip())
    saving.conversations(user).review(wanted.turn, review)
    return {}


def sheet(saving: Saving, user: str | None, wanted: Sheet) -> dict[str, str]:
    """The sheet of a review as a file."""
    conversation = saving.conversations(user).open_with(wanted.turn)
    saved = next(each for each in (*conversation.turns, *conversation.earlier) if each.id == wanted.turn)
    name = file_name(f"review {saved.turn.question}", wanted.form)
    return {"name": name, "type": _TYPES[wanted.form], "text": SHEETS[wanted.form](saved)}
