"""What index.sqlite holds, read without a change: for its owner and for whoever only looks into it."""

from __future__ import annotations

import sqlite3

from assistant.index import rows
from assistant.index.rows import FileRow
from assistant.types import Document, Source


def files(connection: sqlite3.Connection) -> list[FileRow]:
    """Every file that was looked at, ordered by path."""
    return [rows.file_row(row) for row in connection.execute("SELECT * FROM files ORDER BY path")]


def sources(connection: sqlite3.Connection) -> tuple[Source, ...]:
    """The heads of all documents, ordered by path."""
    found = connection.execute(f"SELECT {rows.SOURCE_COLUMNS} FROM documents d ORDER BY d.path")  # noqa: S608
    return tuple(rows.source(row) for row in found)


def holdings(connection: sqlite3.Connection) -> list[tuple[str, Source, int]]:
    """For every document, ordered by path: the file it was read from, its head, and its number of chunks."""
    query = (
        f"SELECT {rows.SOURCE_COLUMNS}, d.file, count(c.id) FROM documents d "  # noqa: S608
        "LEFT JOIN chunks c ON c.document_id = d.id GROUP BY d.id ORDER BY d.path"
    )
    return [(str(row[8]), rows.source(row), int(row[9])) for row in connection.execute(query)]


def document(connection: sqlite3.Connection, id_or_path: str) -> Document | None:
    """The document with this id or path, or None."""
    query = f"SELECT {rows.DOCUMENT_COLUMNS} FROM documents d WHERE d.id = ? OR d.path = ? LIMIT 1"  # noqa: S608
    row = connection.execute(query, (id_or_path, id_or_path)).fetchone()
    return None if row is None else rows.document(row)
