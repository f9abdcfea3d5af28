"""A document, its head, and places in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of a text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same span, `by` characters further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its physical index (from 1), the label printed on it ("iv", "12"), and its characters.

    Pages without text have no span and are not listed, so indexes may skip numbers.
    """

    index: int
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: its level (1 is the highest) and its characters."""

    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader of a citation needs to know about a document: the bibliographic head, without the text."""

    document_id: str
    path: str
    title: str
    media_type: str
    content_hash: str
    date: date | None = None
    publisher: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing: one canonical text with its bibliographic head and its structure.

    `path` is relative to the corpus folder, with `/`; an attachment has the path of its mail, a `/` and its own
    name. `id` is derived from the path, `content_hash` is the sha256 of the canonical text. `file` is the path of
    the file it was read from (its own path, or the mail's).
    """

    source: Source
    text: str
    file: str
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The stable id of this document (see `Source.document_id`)."""
        return self.source.document_id


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a reader finds what stands in a document from the character `start` on, up to the next locator.

    `headings` are the texts of the headings above it, outermost first; `page_index` and `page_label` are its page.
    """

    start: int
    headings: tuple[str, ...] = ()
    page_index: int | None = None
    page_label: str | None = None


PAGES_TO = "–"
"""What stands between the labels of the first and the last of several pages."""


def labels_of(first: str | None, last: str | None) -> str | None:
    """How the pages are called from one to another: "3", "3–4"; None without pages."""
    return f"{first}{PAGES_TO}{last}" if first and last and first != last else first
