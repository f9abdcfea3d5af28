"""`assistant show` and `assistant list`: what is in the index."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from assistant.commands.options import AsJson, Corpus, Index
from assistant.settings import Settings


def show(
    document: Annotated[str, typer.Argument(help="Path (as `assistant list` prints it) or id of a document.")],
    as_json: AsJson = False,
    index: Index = None,
) -> None:
    """Print the canonical text of a document: what every citation's start and end refer to."""
    from assistant.wiring import build_embedder, build_library

    settings = Settings.read(index=index)
    library = build_library(settings, build_embedder(settings), command="assistant show")
    with library.index:
        found = library.document(document)
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


def list_command(index: Index = None, corpus: Corpus = None, as_json: AsJson = False) -> None:
    """List the documents of the index with status, date and title."""
    from assistant.wiring import build_embedder, build_library

    settings = Settings.read(corpus=corpus, index=index)
    library = build_library(settings, build_embedder(settings), command="assistant list")
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
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("date", "path", "title", "status"):
        table.add_column(column, overflow="fold")
    for entry in entries:
        status = entry.status if entry.reason is None else f"{entry.status}: {entry.reason}"
        table.add_row(entry.date.isoformat() if entry.date else "", entry.path, entry.title, status)
    Console(markup=False, highlight=False).print(table)
