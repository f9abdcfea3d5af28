"""What a PDF file says about itself: the labels of its pages, title, author and day of creation."""

from __future__ import annotations

import datetime as dt
import re

from pypdf import PdfReader

from assistant.corpus.canonical import cleaned


def page_labels(reader: PdfReader, count: int) -> list[str]:
    """The labels printed on the pages; their numbers where the file has none, or broken ones."""
    try:
        labels = [cleaned(label) for label in reader.page_labels]
    except Exception:  # broken label trees raise KeyError, TypeError, RecursionError...; the pages are still there
        labels = []
    return labels if len(labels) == count else [str(number) for number in range(1, count + 1)]


def metadata(reader: PdfReader) -> tuple[str | None, str | None, dt.date | None]:
    """Title, author and day of creation, where they are no leavings of the program that wrote the file."""
    try:
        said = reader.metadata
        if said is None:
            return None, None, None
        title, author = cleaned(said.title or ""), cleaned(said.author or "")
    except Exception:  # metadata can be any object
        return None, None, None
    try:
        created = said.creation_date.date() if said.creation_date else None
    except ValueError:
        created = None
    plain = "" if title.lower() in ("untitled", "anonymous", "(anonymous)", "(untitled)") else title
    # Word leaves "Microsoft Word - final_v2.docx" there: a file name, not a title.
    is_file = re.search(r"\.\w{2,4}$", plain) or plain.startswith("Microsoft ")
    person = "" if author.lower() in ("anonymous", "(anonymous)", "unknown") else author
    return (None if is_file else plain or None), person or None, created
