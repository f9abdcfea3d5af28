"""`assistant show` and `assistant list`: what is in the index."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.counting import many
from assistant.commands.folders import with_remembered_corpus
from assistant.commands.options import AsJson, Corpus, Index
from assistant.errors import InputError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index.entries import LibraryEntry
    from assistant.index.snapshot import Snapshot
    from assistant.types import Document


def show(
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT", help="Path of a document (as `assistant list` prints it, or to its file), or its id."
        ),
    ],
    as_json: AsJson = False,
    index: Index = None,
) -> None:
    """Print the canonical text of a document: what every citation's start and end refer to."""
    settings = with_remembered_corpus(Settings.read(index=index))
    found = _document(_open(settings), settings.corpus, document)
    if not as_json:
        typer.echo(found.text)
        return
    source = found.source
    typer.echo(
        json.dumps(
            {
                "document_id": source.document_id,
                "path": source.path,
                "title": source.title,
                "publisher": source.publisher,
                "author": source.author,
                "date": source.date.isoformat() if source.date else None,
                "media_type": source.media_type,
                "content_hash": source.content_hash,
                "pages": [
                    {"index": page.index, "label": page.label, "start": page.span.start, "end": page.span.end}
                    for page in found.pages
                ],
                "headings": [
                    {"level": heading.level, "start": heading.span.start, "end": heading.span.end}
                    for heading in found.headings
                ],
                "text": found.text,
            },
            ensure_ascii=False,
            indent=2,
        )
    )


def _document(index: Snapshot, folder: Path, asked: str) -> Document:
    """The document with this path in the corpus or id, or with this path from where the command is run.

    Raises `InputError` where there is none; it offers a document whose path is the end of the one that was asked for,
    and says why a file could not be read.
    """
    from assistant.index.entries import no_document

    found = index.document(asked)
    if found is not None:
        return found
    path = Path(
        os.path.normpath(Path(asked).absolute())
    )  # not resolved: the folder may hold links, and the file may be gone
    corpus = Path(os.path.normpath(folder.absolute()))
    if path.is_relative_to(corpus):
        asked = path.relative_to(corpus).as_posix()
        found = index.document(asked)
        if found is not None:
            return found
    else:
        parts = path.parts
        for start in range(1, len(parts)):
            end = "/".join(parts[start:])
            if index.document(end) is not None:
                raise InputError(f"no document {asked!r}: did you mean {end!r}?")
    for entry in index.entries(folder):
        if entry.path == asked and entry.status == "failed":
            raise InputError(f"{asked!r} could not be read: {entry.reason}")
    raise no_document(asked)


def list_command(index: Index = None, corpus: Corpus = None, as_json: AsJson = False) -> None:
    """List the documents of the index with status, date and title."""
    settings = with_remembered_corpus(Settings.read(corpus=corpus, index=index))
    entries = _open(settings).entries(settings.corpus)
    if as_json:
        rows = [
            {
                "path": entry.path,
                "status": entry.status,
                "reason": entry.reason,
                "title": entry.title,
                "date": entry.date.isoformat() if entry.date else None,
                "warnings": list(entry.warnings),
                "chunks": entry.chunks,
                "document_id": entry.document_id,
            }
            for entry in entries
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for entry in entries:
        _print_entry(entry)
    _print_count(entries)


def _print_entry(entry: LibraryEntry) -> None:
    """A document on two lines, its path alone on the second, so that it can be copied; any other file on one."""
    if entry.status == "indexed":
        typer.echo(f"{entry.date.isoformat() if entry.date else 'undated':<10}  {entry.title}")
        typer.secho(f"{'':<10}  {entry.path}", dim=True)
    else:
        colour = typer.colors.RED if entry.status == "failed" else None
        typer.secho(f"{entry.status:<10}  {entry.path}{f': {entry.reason}' if entry.reason else ''}", fg=colour)


def _print_count(entries: Sequence[LibraryEntry]) -> None:
    indexed = [entry for entry in entries if entry.status == "indexed"]
    failed = sum(entry.status == "failed" for entry in entries)
    said = f"{many(len(indexed), 'document', 'documents')}, "
    said += many(sum(entry.chunks for entry in indexed), "passage", "passages")
    typer.secho(f"{said}; {many(failed, 'file', 'files')} could not be read" if failed else said, bold=True)


def _open(settings: Settings) -> Snapshot:
    """The index as the last sync left it, whoever has it open. Raises `InputError` where there is none yet."""
    from assistant.index.snapshot import Snapshot

    index = Snapshot(settings.index)
    if not index.exists:
        raise InputError(
            f"there is no index in {str(settings.index)!r} yet: `assistant index` makes it, "
            "or name the folder of another one with --index"
        )
    return index
