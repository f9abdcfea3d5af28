"""Which documents may be searched: by date, publisher, format and document, shown as chips that can be removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import gradio as gr

from assistant.chat import Assistant
from assistant.types import DateRange, Filters
from assistant.ui import render
from assistant.ui.wording import format_name

Choices = list[tuple[str, str]]
"""What a list offers: pairs of what is shown and what is meant."""


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """The components whose values are the filters, in the order in which `filters_of` takes them."""

    since: gr.Textbox
    until: gr.Textbox
    publishers: gr.Dropdown
    formats: gr.Dropdown
    documents: gr.Dropdown
    chips: gr.HTML

    @property
    def values(self) -> list[gr.components.Component]:
        """The inputs of an event that asks."""
        return [self.since, self.until, self.publishers, self.formats, self.documents]


def build_filters(assistant: Assistant) -> FilterPanel:
    """Places the filters under a fold, and the chips of those in force above it."""
    chips = gr.HTML("", elem_id="filter-chips", apply_default_css=False)
    with gr.Accordion("Filters", open=False, elem_id="filters") as fold:
        with gr.Row():
            since = gr.Textbox(label="From", placeholder="2023-01-31", max_length=10, min_width=110, scale=1)
            until = gr.Textbox(label="To", placeholder="2023-12-31", max_length=10, min_width=110, scale=1)
            formats = gr.Dropdown(label="Format", choices=[], multiselect=True, min_width=160, scale=2)
        with gr.Row():
            publishers = gr.Dropdown(label="Publisher", choices=[], multiselect=True, min_width=200)
            documents = gr.Dropdown(label="Document", choices=[], multiselect=True, min_width=200)
    bridge = gr.HTML(
        "",
        js_on_load="window.briefing.connect('filters', {trigger}); // 'unfilter'",
        elem_classes="bridge",
        apply_default_css=False,
    )
    panel = FilterPanel(since, until, publishers, formats, documents, chips)

    def show(*values: object) -> str:
        return _chips(assistant, *values)

    def offer(*values: object) -> list[object]:
        offered = choices_of(assistant)
        since, until, *lists = values
        kept = [still_there(chosen, choices) for chosen, choices in zip(lists, offered, strict=True)]
        if kept == [list(_chosen(chosen)) for chosen in lists]:  # and what is chosen meanwhile stays, too
            return [*(gr.Dropdown(choices=choices) for choices in offered), gr.skip()]
        renewed = [gr.Dropdown(choices=choices, value=some) for choices, some in zip(offered, kept, strict=True)]
        return [*renewed, _chips(assistant, since, until, *kept)]

    def remove(event: gr.EventData, *values: object) -> list[object]:
        kept = without(str(event.kind), str(event.value), values)
        return [gr.skip() if one == (was or type(one)()) else one for one, was in zip(kept, values, strict=True)]

    private = {"api_visibility": "private", "show_progress": "hidden"}
    fold.expand(offer, panel.values, [publishers, formats, documents, chips], queue=False, **private)
    gr.on(
        [since.blur, since.submit, until.blur, until.submit, publishers.input, formats.input, documents.input],
        show,
        panel.values,
        chips,
        queue=False,
        trigger_mode="always_last",  # who fills in From and then To does not wait for the chips in between
        **private,
    )
    bridge.unfilter(remove, panel.values, panel.values, queue=False, trigger_mode="multiple", **private).then(
        show, panel.values, chips, queue=False, trigger_mode="always_last", **private
    )
    return panel


def filters_of(
    since: object = "", until: object = "", publishers: object = (), formats: object = (), documents: object = ()
) -> Filters:
    """The filters that the values of the components stand for.

    A date that cannot be read does not filter, nor do two of which the first is the later one: nothing lies between.
    """
    start, end = read_day(since), read_day(until)
    return Filters(
        dates=DateRange(start, end) if (start or end) and not backwards(since, until) else None,
        publishers=_chosen(publishers),
        media_types=_chosen(formats),
        documents=_chosen(documents),
    )


def read_day(value: object) -> date | None:
    """A day written as 2023-05-31, or None."""
    try:
        return date.fromisoformat(str(value or "").strip())
    except ValueError:
        return None


def backwards(since: object, until: object) -> bool:
    """Whether the day from which is searched is after the one until which is searched."""
    start, end = read_day(since), read_day(until)
    return start is not None and end is not None and start > end


def without(kind: str, value: str, values: Sequence[object]) -> list[object]:
    """The values of the components after one filter was taken away."""
    since, until, *lists = values
    if kind == "dates":
        since = until = ""
    kept: list[object] = []
    for name, chosen in zip(("publisher", "format", "document"), lists, strict=True):
        kept.append([one for one in _chosen(chosen) if not (name == kind and one == value)])
    return [since, until, *kept]


def still_there(chosen: object, choices: Choices) -> list[str]:
    """What is chosen, without what is no longer offered: a list that held it would refuse whatever is asked next."""
    offered = {value for _, value in choices}
    return [one for one in _chosen(chosen) if one in offered]


def choices_of(assistant: Assistant) -> tuple[Choices, Choices, Choices]:
    """The publishers, formats and documents of the library."""
    entries = [entry for entry in assistant.documents() if entry.status == "indexed" and entry.document_id]
    publishers = sorted({entry.publisher for entry in entries if entry.publisher})
    formats = sorted({entry.media_type for entry in entries if entry.media_type})
    return (
        [(name, name) for name in publishers],
        [(format_name(kind), kind) for kind in formats],
        [(entry.title, entry.document_id or "") for entry in sorted(entries, key=lambda one: one.title)],
    )


def _chips(assistant: Assistant, *values: object) -> str:
    filters = filters_of(*values)
    titles = [(key, title) for title, key in choices_of(assistant)[2]] if filters.documents else []
    unread = [str(value) for value in values[:2] if str(value or "").strip() and not read_day(value)]
    return render.filter_chips(filters, titles, unread, backwards=backwards(*values[:2]))


def _chosen(values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values) if isinstance(values, list | tuple) else ()
