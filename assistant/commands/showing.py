"""`assistant show` and `assistant list`: what is in the index."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.counting import many
from assistant.commands.options import AsJson, Corpus, Index
from assistant.errors import InputError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index.library import Library, LibraryEntry
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
    library = _open(Settings.read(index=index), "assistant show")
    with library.index:
        found = _document(library, document)
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


def _document(library: Library, asked: str) -> Document:
    """The document with this path in the corpus or id, or with this path from where the command is run.

    Raises `InputError` where there is none; it offers a document whose path is the end of the one that was asked for.
    """
    found = library.index.document(asked)
    if found is not None:
        return found
    path = Path(
        os.path.normpath(Path(asked).absolute())
    )  # not resolved: the folder may hold links, and the file may be gone
    corpus = Path(os.path.normpath(library.corpus.absolute()))
    if path.is_relative_to(corpus):
        return library.document(path.relative_to(corpus).as_posix())
    parts = path.parts
    for start in range(1, len(parts)):
        end = "/".join(parts[start:])
        if library.index.document(end) is not None:
            raise InputError(f"no document {asked!r}: did you mean {end!r}?")
    return library.document(asked)


def list_command(index: Index = None, corpus: Corpus = None, as_json: AsJson = False) -> None:
    """List the documents of the index with status, date and title."""
    library = _open(Settings.read(corpus=corpus, index=index), "assistant list")
    with library.index:
        entries = library.entries()
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


def _open(settings: Settings, command: str) -> Library:
    """The library as the last sync left it. Raises `InputError` where there is none yet."""
    from assistant.index.opening import DATABASE
    from assistant.wiring import build_embedder, build_library

    if not (settings.index / DATABASE).is_file():
        raise InputError(
            f"there is no index in {str(settings.index)!r} yet: `assistant index` makes it, "
            "or name the folder of another one with --index"
        )
    return build_library(settings, build_embedder(settings), command=command)
