"""Copies words of a document with their reference, as the source pane asks for them."""

from __future__ import annotations

import json
from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.chat import Assistant
from assistant.errors import AssistantError
from assistant.memos.evidence import Picked, reference_to
from assistant.memos.quoting import QuoteForm, quote_with_reference
from assistant.types import Span


class Asked(BaseModel):
    """Which words, of a document whose text had this hash when they were seen, and what goes with them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str = Field(max_length=200)
    hash: str = Field(max_length=100)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    form: QuoteForm


def quoter(assistant: Assistant) -> Callable[[str], str]:
    """The function that the page's script calls with an `Asked` as JSON; it returns `text`, or a `problem`, as JSON."""

    def quote_source(asked: str) -> str:
        try:
            wanted = Asked.model_validate_json(asked)
            if wanted.start >= wanted.end:
                return json.dumps({"problem": "No words are marked: choose a citation, or mark some words."})
            picked = Picked(wanted.document, wanted.hash, Span(wanted.start, wanted.end))
            text = quote_with_reference(reference_to(picked, assistant), wanted.form)
        except ValidationError:
            return json.dumps({"problem": "These words cannot be copied. Load the page again."})
        except AssistantError as error:
            return json.dumps({"problem": f"These words cannot be copied: {error}."}, ensure_ascii=False)
        return json.dumps({"text": text}, ensure_ascii=False)

    return quote_source
