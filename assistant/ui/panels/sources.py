"""The source pane: the document of a citation, the cited words marked and in view."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.chat import Assistant
from assistant.errors import AssistantError, InputError
from assistant.types import Document, Span
from assistant.ui import render_memo, source_view
from assistant.ui.panels.quoting import quoter
from assistant.ui.wording import byline, page_of

_SKELETON = """
<aside id="source" data-state="empty" aria-label="Source of the citation">
  <div class="bar">
    <h2>Source</h2>
    <div class="step" role="group" aria-label="Citations of this answer" hidden>
      <button type="button" class="quiet" data-do="previous" aria-keyshortcuts="k"
        aria-label="Previous citation">↑</button>
      <span class="at"></span>
      <button type="button" class="quiet" data-do="next" aria-keyshortcuts="j" aria-label="Next citation">↓</button>
    </div>
    <button type="button" class="quiet close" data-do="close" aria-label="Close the source">×</button>
  </div>
  <p class="hint">Choose a citation number, or a passage, to read its words here in their document.</p>
  <div class="head"></div>
  <div class="body" tabindex="0" role="region" aria-label="Text of the document"></div>
</aside>
<div id="announce" class="unseen" aria-live="polite"></div>
"""
_GONE = "This document is no longer in the library: it was removed or renamed since the answer was given."


class Place(BaseModel):
    """What the page's script asks for: a document, where the quote stands in it, and which part of it to show.

    Without `before` or `after`, which are positions in the text, that is the part around the quote.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str = Field(max_length=200)
    hash: str | None = Field(None, max_length=100)
    start: int | None = Field(None, ge=0)
    end: int | None = Field(None, ge=0)
    also: tuple[str, ...] = Field((), max_length=100)
    quote: str | None = Field(None, max_length=100_000)
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One document, or a part of one, as HTML; `spoken` is said by a screen reader."""

    head: str = ""
    body: str = ""
    text: str = ""
    before: str = ""
    after: str = ""
    spoken: str = ""
    problem: str = ""


def build_sources(assistant: Assistant) -> None:
    """Places the pane; its script asks `read_source` for what it shows, and `quote_source` for what is copied."""
    gr.HTML(
        html_template=_SKELETON,
        js_on_load="window.briefing.connect('sources', {server, trigger})",
        server_functions=[source_reader(assistant), quoter(assistant)],
        apply_default_css=False,
        elem_id="sources",
    )


def source_reader(assistant: Assistant) -> Callable[[str], str]:
    """The function that the page's script calls with a `Place` as JSON; it returns a `Shown` as JSON."""

    def read_source(asked: str) -> str:
        try:
            shown = read(assistant, Place.model_validate_json(asked))
        except ValidationError:
            shown = Shown(problem="That is not a place in a document. Load the page again.")
        except AssistantError as error:
            shown = Shown(problem=f"This document cannot be shown: {error}")
        return json.dumps({name: getattr(shown, name) for name in Shown.__slots__}, ensure_ascii=False)

    return read_source


def read(assistant: Assistant, place: Place) -> Shown:
    """The document around a place, or that there is none any more, which an old answer may cite."""
    try:
        document = assistant.document(place.document)
    except InputError:
        return Shown(problem=_GONE)
    mark, note = _marked_span(document, place)
    if place.before is not None:
        part = source_view.before(document.text, place.before)
    elif place.after is not None:
        part = source_view.after(document.text, place.after)
    else:
        part = source_view.window(document.text, mark)
    if part is None:
        return Shown(problem="This document has no text there.")
    text = source_view.body(document, part, mark)
    before = _more(place, before=part.start) if part.start > 0 else ""
    after = _more(place, after=part.end) if part.end < len(document.text) else ""
    page = source_view.page_at(document, mark.start) if mark else None
    also = _titles(assistant, place.also, besides=document.id)
    spoken = ", ".join(part for part in (document.source.title, page_of(page) if page else "") if part)
    return Shown(
        head=_head(document, mark, note)
        + source_view.also_in(also, mark.of(document.text) if mark else None)
        + render_memo.tools(document, mark),
        body=f"{before}{text}{after}",
        text=text,
        before=before,
        after=after,
        spoken=f"Source: {spoken}",
    )


def _marked_span(document: Document, place: Place) -> tuple[Span | None, str]:
    """Where the quote stands in the document as it is now, and a note where that is not where it stood."""
    if place.quote and place.start is None:
        found = document.text.find(place.quote)
        if found >= 0:
            return Span(found, found + len(place.quote)), ""
        return None, "The same is said here in other words."
    if place.start is None or place.end is None:
        return None, ""
    if place.hash is not None and place.hash != document.source.content_hash:
        return None, "This document has changed since the answer was given, so nothing is marked. Ask again."
    if not place.start < place.end <= len(document.text):
        return None, "The place of this citation is not in the document. Ask again."
    return Span(place.start, place.end), ""


def _more(place: Place, *, before: int | None = None, after: int | None = None) -> str:
    """The button that shows what comes before or after a position."""
    wanted = place.model_copy(update={"before": before, "after": after})
    where, label = ("after", "Show what comes after") if before is None else ("before", "Show what comes before")
    return (
        f'<button type="button" class="more" data-do="more" data-where="{where}" '
        f'data-place="{escape(wanted.model_dump_json())}">{label}</button>'
    )


def _head(document: Document, mark: Span | None, note: str) -> str:
    source = document.source
    position = mark.start if mark else None
    page = source_view.page_at(document, position) if position is not None else None
    path = source_view.heading_path(document, position) if position is not None else ()
    crumbs = [heading for heading in path if heading.casefold() != source.title.casefold()]
    said = [byline(source), page_of(page) if page else ""]
    parts = [f"<h3>{escape(source.title)}</h3>", f'<p class="byline">{escape(" · ".join(filter(None, said)))}</p>']
    if crumbs:
        items = "".join(f"<li>{escape(crumb)}</li>" for crumb in crumbs)
        parts.append(f'<ol class="crumbs" aria-label="Section">{items}</ol>')
    parts.append(f'<p class="path">{escape(source.path)}</p>')
    parts += [f'<p class="note">{escape(text)}</p>' for text in (note, *document.warnings) if text]
    return "".join(parts)


def _titles(assistant: Assistant, ids: tuple[str, ...], *, besides: str) -> list[tuple[str, str]]:
    wanted = [key for key in dict.fromkeys(ids) if key != besides]
    if not wanted:
        return []
    known = {entry.document_id: entry.title for entry in assistant.documents() if entry.document_id}
    return [(key, known[key]) for key in wanted if key in known]
