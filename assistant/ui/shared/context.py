"""What is shared of a saved conversation, and the quotes of its answers in their paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from assistant.types import Document, Passage, Source, Span
from assistant.work.records import SavedConversation

_AROUND = 400  # characters on each side of what was stored

State = Literal["same", "changed", "gone", "unknown"]
"""What became of a cited document since the answer was given; unknown where there is no index to look into."""


class Briefings(Protocol):
    """The documents as they are today."""

    def sources(self) -> Iterable[Source]:
        """The heads of all documents."""
        ...

    def document(self, id_or_path: str) -> Document | None:
        """The document with this id or path, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Shared:
    """A saved conversation at the moment when it is shared; `briefings` are None where there are none to look into."""

    saved: SavedConversation
    briefings: Briefings | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Context:
    """A quote with the words around it.

    `before` and `after` were stored with the answer. `earlier` and `later` stand around these in the document as it is
    today; they are empty where that is not the one that was cited.
    """

    quote: str
    before: str = ""
    after: str = ""
    earlier: str = ""
    later: str = ""
    state: State = "unknown"


def context_of(
    source: Source, span: Span, quote: str, passages: Sequence[Passage], briefings: Briefings | None
) -> Context:
    """The quote, which is `span` of the document that was cited, in the passage that was stored and in the document."""
    before, after, whole = "", "", span
    for passage in passages:
        chunk = passage.chunk
        same = (passage.source.document_id, passage.source.content_hash) == (source.document_id, source.content_hash)
        if same and chunk.span.contains(span) and chunk.quote(span) == quote:
            inside = span.shifted(-chunk.span.start)
            before, after, whole = chunk.text[: inside.start], chunk.text[inside.end :], chunk.span
            break
    found = Context(quote, before, after)
    if briefings is None:
        return found
    document = briefings.document(source.document_id)
    if document is None:
        return Context(quote, before, after, state="gone")
    text = document.text
    if document.source.content_hash != source.content_hash or span.of(text) != quote:
        return Context(quote, before, after, state="changed")
    start = _line_start(text, max(whole.start - _AROUND, 0), whole.start)
    end = _line_end(text, whole.end, min(whole.end + _AROUND, len(text)))
    return Context(quote, before, after, text[start : whole.start], text[whole.end : end], "same")


def _line_start(text: str, earliest: int, latest: int) -> int:
    """The first start of a line from `earliest` on; `earliest` itself where there is none before `latest`."""
    if earliest == 0:
        return 0
    found = text.find("\n", earliest - 1, latest)
    return found + 1 if found >= 0 else earliest


def _line_end(text: str, earliest: int, latest: int) -> int:
    """The last end of a line up to `latest`; `latest` itself where there is none behind `earliest`."""
    if latest == len(text):
        return latest
    found = text.rfind("\n", earliest, latest)
    return found if found >= 0 else latest
