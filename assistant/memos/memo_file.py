"""A memo as one JSON document: written and read without loss."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InputError, StorageError
from assistant.files import write_atomically
from assistant.memos.memo import Memo, Reference, Section
from assistant.types import Source, Span


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ReferenceEntry(_Entry):
    token: Annotated[str, Field(pattern=r"^c[1-9][0-9]*$")]
    document_id: str
    path: str
    title: str
    media_type: str
    content_hash: str
    date: datetime.date | None = None
    publisher: str | None = None
    author: str | None = None
    start: Annotated[int, Field(ge=0)]
    end: int
    quote: str
    page: str | None = None
    before: str = ""
    after: str = ""


class _SectionEntry(_Entry):
    heading: str
    question: str
    text: str
    references: list[_ReferenceEntry] = []
    given: str | None = None


class _MemoEntry(_Entry):
    version: Literal[1] = 1
    title: str
    topic: str
    template: str
    sections: list[_SectionEntry]


def memo_as_json(memo: Memo) -> str:
    """The memo as JSON text; a citation has the keys that it has in `assistant ask --json`."""
    entry = _MemoEntry(
        title=memo.title,
        topic=memo.topic,
        template=memo.template,
        sections=[
            _SectionEntry(
                heading=section.heading,
                question=section.question,
                text=section.text,
                references=[_reference_entry(each) for each in section.references],
                given=section.given,
            )
            for section in memo.sections
        ],
    )
    return f"{entry.model_dump_json(indent=2)}\n"


def reference_as_json(reference: Reference) -> str:
    """A reference as JSON text, with the keys that it has in a memo."""
    return _reference_entry(reference).model_dump_json(indent=2)


def memo_from_json(text: str) -> Memo:
    """The memo that `memo_as_json` wrote. Raises `InputError` where the text is no memo, with what is wrong in it."""
    try:
        entry = _MemoEntry.model_validate_json(text)
        sections = tuple(_section(each) for each in entry.sections)
        return Memo(entry.title, entry.topic, entry.template, sections)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"it is no memo: {where + ': ' if where else ''}{first['msg']}") from error
    except ValueError as error:
        raise InputError(f"it is no memo: {error}") from error


def read_memo(path: Path) -> Memo:
    """The memo in a file. Raises `InputError` where it cannot be read or is no memo."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the memo {str(path)!r} cannot be read: {error}") from error
    try:
        return memo_from_json(text)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def write_memo(memo: Memo, path: Path) -> None:
    """Writes the memo to a file, from which `read_memo` reads it; a crash leaves the old file or the new one, whole.

    Raises `StorageError` where it cannot be written.
    """
    try:
        write_atomically(path, memo_as_json(memo))
    except OSError as error:
        raise StorageError(f"the memo could not be written to {str(path)!r}: {error.strerror}") from error


def _reference_entry(reference: Reference) -> _ReferenceEntry:
    source = reference.source
    return _ReferenceEntry(
        token=reference.token,
        document_id=source.document_id,
        path=source.path,
        title=source.title,
        media_type=source.media_type,
        content_hash=source.content_hash,
        date=source.date,
        publisher=source.publisher,
        author=source.author,
        start=reference.span.start,
        end=reference.span.end,
        quote=reference.quote,
        page=reference.page_label,
        before=reference.before,
        after=reference.after,
    )


def _section(entry: _SectionEntry) -> Section:
    references = tuple(_reference(each) for each in entry.references)
    return Section(entry.heading, entry.question, entry.text, references, entry.given)


def _reference(entry: _ReferenceEntry) -> Reference:
    source = Source(
        document_id=entry.document_id,
        path=entry.path,
        title=entry.title,
        media_type=entry.media_type,
        content_hash=entry.content_hash,
        date=entry.date,
        publisher=entry.publisher,
        author=entry.author,
    )
    return Reference(
        token=entry.token,
        source=source,
        span=Span(entry.start, entry.end),
        quote=entry.quote,
        page_label=entry.page,
        before=entry.before,
        after=entry.after,
    )
