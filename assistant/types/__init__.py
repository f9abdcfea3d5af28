"""The nouns that every room shares: frozen, slotted dataclasses; standard library only, no I/O.

Offsets are always half-open character offsets into `Document.text`, the canonical text of a document:
`document.text[span.start:span.end] == quote` holds for every chunk, passage and citation.
"""

from __future__ import annotations

from assistant.types.answers import (
    Answer,
    Before,
    Citation,
    Coverage,
    Disagreement,
    Failure,
    Outcome,
    Respelt,
    Side,
    Statement,
    Status,
    Verdict,
)
from assistant.types.conversations import Conversation, Turn
from assistant.types.documents import PAGES_TO, Document, Heading, Locator, Page, Source, Span, labels_of
from assistant.types.events import AnswerEvent, Done, Found, Quoted, Said, Searching
from assistant.types.passages import Chunk, DateRange, Filters, Passage

__all__ = [
    "PAGES_TO",
    "Answer",
    "AnswerEvent",
    "Before",
    "Chunk",
    "Citation",
    "Conversation",
    "Coverage",
    "DateRange",
    "Disagreement",
    "Document",
    "Done",
    "Failure",
    "Filters",
    "Found",
    "Heading",
    "Locator",
    "Outcome",
    "Page",
    "Passage",
    "Quoted",
    "Respelt",
    "Said",
    "Searching",
    "Side",
    "Source",
    "Span",
    "Statement",
    "Status",
    "Turn",
    "Verdict",
    "labels_of",
]
