"""What a reader of a file format returns, and what it must look like."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.types import Heading, Page


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file (a mail's attachment): its cleaned name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader found in one file.

    `text` is canonical: Unicode NFC, `\\n` ends, no control characters, one block (paragraph, heading, list item,
    table row) a line, blocks parted by `\\n` (items and rows of one list or table) or `\\n\\n`. Every line is a hard
    sentence boundary. Headings and pages are spans of it. `title` None lets the loader fall back to the file name.
    `date` is what the document says of itself; `created`, when its file was made, counts only if nothing else dates it.
    """

    text: str
    media_type: str
    title: str | None = None
    date: dt.date | None = None
    created: dt.date | None = None
    publisher: str | None = None
    author: str | None = None
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A text in a file that is a document of its own (a mail that another one quotes): its name and what it holds."""

    name: str
    extract: Extract


class Reader(Protocol):
    """Turns one file into an Extract; raises `UnreadableFile` with a reason a person understands."""

    def __call__(self, path: Path) -> Extract:
        """What the file at `path` holds."""
