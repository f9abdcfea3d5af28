"""Thumbs with a reason, and the test case that a bad answer becomes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Literal

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.chat import Assistant
from assistant.errors import AssistantError, InputError
from assistant.language.sentences import sentence_spans
from assistant.types import Document, Span, Turn
from assistant.ui import render_feedback
from assistant.ui.login import user_of
from assistant.ui.saving import Saving
from assistant.work.case_file import Expected
from assistant.work.records import Feedback

_BAR = """
<template id="picking-bar">
  <section class="picking" aria-label="Test case">
    <p>Which words answer <q class="question"></q> Open their document, and select them or press their sentence.</p>
    <p class="picked" aria-live="polite"></p>
    <div class="buttons">
      <button type="button" class="quiet strong" data-do="pick-this" disabled>This is the answer</button>
      <button type="button" class="quiet" data-do="pick-none">The briefings don’t say</button>
      <button type="button" class="quiet" data-do="pick-end">Cancel</button>
    </div>
  </section>
</template>
"""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rate(_Asked):
    """What was thought of the answer with this id; without a thumb it is taken back."""

    do: Literal["rate"]
    turn: int
    thumb: Literal["up", "down"] | None
    reason: str = Field("", max_length=500)


class Sentence(_Asked):
    """The sentence of a document at a position, or with `by` the one before or behind it."""

    do: Literal["sentence"]
    document: str = Field(max_length=200)
    at: int = Field(ge=0)
    by: Literal[-1, 0, 1] = 0


class Picked(_Asked):
    """Words that were picked in a document: the characters from `start` to `end`, which were `quote` when seen."""

    document: str = Field(max_length=200)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str = Field(min_length=1, max_length=20_000)


class Case(_Asked):
    """The answer with this id becomes a test case; without `picked`, the briefings do not say."""

    do: Literal["case"]
    turn: int
    picked: Picked | None


_ASKED: TypeAdapter[Rate | Sentence | Case] = TypeAdapter(Annotated[Rate | Sentence | Case, Field(discriminator="do")])
Reply = dict[str, str | int]


def build_feedback(assistant: Assistant, saving: Saving) -> None:
    """Places what the page's script asks; the buttons themselves stand below each answer."""
    gr.HTML(
        html_template=_BAR,
        js_on_load="window.briefing.connect('feedback', {server})",
        server_functions=[feedback_server(assistant, saving)],
        elem_classes="bridge",
        apply_default_css=False,
    )


def feedback_server(assistant: Assistant, saving: Saving) -> Callable[[str, gr.Request], str]:
    """The function that the page's script calls with a `Rate`, `Sentence` or `Case` as JSON; it returns JSON.

    The reply holds a `problem` in words where there is one.
    """

    def feedback(asked: str, request: gr.Request) -> str:
        try:
            wanted = _ASKED.validate_json(asked)
            if isinstance(wanted, Sentence):
                reply = sentence(assistant.document(wanted.document), wanted)
            elif isinstance(wanted, Case):
                reply = made_case(assistant, saving, user_of(request), wanted)
            else:
                reply = rated(saving, user_of(request), wanted)
        except ValidationError:
            reply = {"problem": "That could not be understood. Load the page again."}
        except AssistantError as error:
            reply = {"problem": f"That did not work: {error}."}
        return json.dumps(reply, ensure_ascii=False)

    return feedback


def tools_of(saving: Saving | None, user: str | None, conversation: str, turn: Turn) -> str:
    """What can be done with a turn of the conversation with this id; nothing where it is not kept."""
    saved = saving.of(user) if saving else None
    if saving is None or saved is None:
        return ""
    try:
        found = saved.find(conversation, turn)
    except AssistantError:  # what saves says so
        return ""
    return render_feedback.tools(found, cases=saving.cases is not None) if found else ""


def rated(saving: Saving, user: str | None, wanted: Rate) -> Reply:
    """Notes what was thought of an answer."""
    saved = saving.conversations(user)
    saved.rate(wanted.turn, Feedback(wanted.thumb, wanted.reason.strip()) if wanted.thumb else None)
    return {}


def sentence(document: Document, wanted: Sentence) -> Reply:
    """Where the sentence stands; nothing where there is none."""
    spans = sentence_spans(document.text)
    if wanted.by > 0:
        found = next((one for one in spans if one.start >= wanted.at), None)
    elif wanted.by < 0:
        found = next((one for one in reversed(spans) if one.end <= wanted.at), None)
    else:
        found = next((one for one in spans if one.start <= wanted.at < one.end), None)
    return {"start": found.start, "end": found.end} if found else {}


def made_case(assistant: Assistant, saving: Saving, user: str | None, wanted: Case) -> Reply:
    """Writes the test case of an answer and says where it stands."""
    if saving.cases is None:
        raise InputError("this page writes no test cases")
    conversation = saving.conversations(user).open_with(wanted.turn)
    turns = (*conversation.earlier, *conversation.turns)
    turn = next(each for each in turns if each.id == wanted.turn)
    before = [each for each in conversation.turns if each.id < wanted.turn]
    expected = [expected_words(assistant.document(wanted.picked.document), wanted.picked)] if wanted.picked else []
    written = saving.cases.add(turn, before, expected)
    said = "The test case of this question is now another one" if written.instead else "This is a test case now"
    words = f"“{expected[0].quote}”" if expected else "the briefings don’t say"
    return {"told": f"{said}: {words}. It is in {saving.cases.path}, line {written.line}."}


def expected_words(document: Document, picked: Picked) -> Expected:
    """The picked words, whole words at both ends. Raises `InputError` where the document does not have them there."""
    text = document.text
    if picked.end > len(text) or text[picked.start : picked.end] != picked.quote or not picked.quote.strip():
        raise InputError(f"{document.source.title!r} has no such words any more: open it again and pick them")
    start = picked.start + len(picked.quote) - len(picked.quote.lstrip())
    end = picked.end - (len(picked.quote) - len(picked.quote.rstrip()))
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Expected(document.source.path, Span(start, end).of(text))
