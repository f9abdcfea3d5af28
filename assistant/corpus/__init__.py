"""A file -> `Document`s: one reader a format, read in a child process with limits.

`READERS` names the format of each suffix; a reader's module is imported when it is first used. A new format is one
module with a `read(path)` that satisfies `assistant.corpus.base.Reader`, and one line here; what has more than one
file has a room of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from assistant.corpus.base import Reader


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name for people, its media type, and the module whose `read` reads it."""

    name: str
    media_type: str
    module: str

    def reader(self) -> Reader:
        """The reader, imported now."""
        return cast(Reader, import_module(f"assistant.corpus.{self.module}").read)


_OFFICE = "application/vnd.openxmlformats-officedocument"
READERS: dict[str, Format] = {
    ".md": Format("Markdown", "text/markdown", "markdown.reader"),
    ".markdown": Format("Markdown", "text/markdown", "markdown.reader"),
    ".txt": Format("plain text", "text/plain", "text"),
    ".text": Format("plain text", "text/plain", "text"),
    ".html": Format("web page", "text/html", "html.reader"),
    ".htm": Format("web page", "text/html", "html.reader"),
    ".pdf": Format("PDF", "application/pdf", "pdf.reader"),
    ".docx": Format("Word document", f"{_OFFICE}.wordprocessingml.document", "office.docx"),
    ".pptx": Format("PowerPoint presentation", f"{_OFFICE}.presentationml.presentation", "office.pptx"),
    ".xlsx": Format("Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", "office.spreadsheet"),
    ".csv": Format("table of values", "text/csv", "office.spreadsheet"),
    ".tsv": Format("table of values", "text/tab-separated-values", "office.spreadsheet"),
    ".eml": Format("mail", "message/rfc822", "mail.reader"),
}
SUPPORTED: tuple[str, ...] = tuple(READERS)
READ_AS = "6"
"""What is made of a file. Raised where the same file gives another text, date or chunks: an index then reads anew."""
