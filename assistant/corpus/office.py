"""What Word, PowerPoint and Excel files say of themselves (their core properties)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from assistant.corpus.canonical import cleaned

# Libraries copy these from the templates they ship with into every file that they make.
_TEMPLATE_TITLES = frozenset({"Word Document", "PowerPoint Presentation"})
_TEMPLATE_AUTHORS = frozenset({"python-docx", "Steve Canny", "openpyxl"})
_TEMPLATE_DAYS = frozenset({dt.date(2013, 12, 23), dt.date(2013, 1, 27)})


class CoreProperties(Protocol):
    """The properties as python-docx and python-pptx give them."""

    title: str
    author: str
    created: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Properties:
    """Title, author and day of making, each None where the file does not say."""

    title: str | None = None
    author: str | None = None
    created: dt.date | None = None


def properties(title: object, author: object, created: object) -> Properties:
    """Checked properties; what a template left behind is not the document's own."""
    name = cleaned(title) if isinstance(title, str) else ""
    person = cleaned(author) if isinstance(author, str) else ""
    day = created.date() if isinstance(created, dt.datetime) else None
    return Properties(
        title=name if name and name not in _TEMPLATE_TITLES else None,
        author=person if person and person not in _TEMPLATE_AUTHORS else None,
        created=day if day not in _TEMPLATE_DAYS else None,
    )


def core(file: object) -> Properties:
    """The core properties of a python-docx document or a python-pptx presentation; broken ones count as none."""
    try:
        found: CoreProperties = file.core_properties  # type: ignore[attr-defined]
        return properties(found.title, found.author, found.created)
    except Exception:  # a broken properties part must not cost the text; the libraries raise anything from lxml's
        return Properties()
