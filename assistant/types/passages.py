"""What is searched and found: chunks of documents, and which of them a search may use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.types.documents import Locator, Source, Span, labels_of


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is stored and found: a run of whole sentences of one document.

    `text` is exactly `span` of the document's text. `sentences` are spans in the document, in order, inside `span`.
    `headings`, `page_index` and `page_label` are those where it starts (see `Locator`); `locators` are where others
    begin inside it, in order.
    """

    id: str
    document_id: str
    ordinal: int
    span: Span
    text: str
    sentences: tuple[Span, ...]
    headings: tuple[str, ...] = ()
    page_index: int | None = None
    page_label: str | None = None
    locators: tuple[Locator, ...] = ()

    def locator(self, span: Span) -> Locator:
        """The headings and the page where a span of the document that lies inside the chunk starts."""
        first = Locator(self.span.start, self.headings, self.page_index, self.page_label)
        return next((one for one in reversed(self.locators) if one.start <= span.start), first)

    def page_labels(self, span: Span) -> str | None:
        """The label of the page that such a span stands on, or those of the first and the last: "3–4"."""
        first, last = self.locator(span), self.locator(Span(span.end - 1, span.end))
        return labels_of(first.page_label, last.page_label)

    def quote(self, span: Span) -> str:
        """The characters of a span of the document that lies inside the chunk."""
        return span.shifted(-self.span.start).of(self.text)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `start` to `end`, both included; None leaves that side open."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents a search may use. Empty fields allow everything; a document must pass all that are given."""

    dates: DateRange | None = None
    publishers: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()

    def allows(self, source: Source) -> bool:
        """Whether a document with this head passes. A document without a date passes no date filter."""
        return (
            (self.dates is None or source.date in self.dates)
            and (not self.publishers or source.publisher in self.publishers)
            and (not self.media_types or source.media_type in self.media_types)
            and (not self.documents or source.document_id in self.documents)
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """What a retriever returns: a chunk with the head of its document, its rank (from 1) and its score.

    Scores of two retrievers are never compared, ranks are. `also_in` are the documents of near-duplicate passages
    that were folded into this one.
    """

    chunk: Chunk
    source: Source
    rank: int
    score: float
    retriever: str
    also_in: tuple[Source, ...] = ()
