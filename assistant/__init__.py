"""Briefing Assistant: questions to a folder of briefings, answers in which every sentence points at its source."""

from assistant.errors import AssistantError
from assistant.types import Answer, Chunk, Citation, Conversation, DateRange, Document, Filters, Passage, Span

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "AssistantError",
    "Chunk",
    "Citation",
    "Conversation",
    "DateRange",
    "Document",
    "Filters",
    "Passage",
    "Span",
    "__version__",
]
