"""What the readers of Office files share: core properties and raised characters."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from assistant.corpus.canonical import cleaned
from assistant.corpus.superscripts import raised

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

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


def plain(pieces: Iterable[tuple[str, bool]]) -> str:
    """The text of runs, of which each says whether it is raised; raised runs that touch are one superscript."""
    said = ""
    for is_raised, group in itertools.groupby((piece for piece in pieces if piece[0]), key=lambda piece: piece[1]):
        text = "".join(piece for piece, _ in group)
        said += raised(text, after=said) if is_raised else text
    return said
