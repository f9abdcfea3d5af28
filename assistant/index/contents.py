"""What index.sqlite holds, read without a change: for its owner and for whoever only looks into it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from assistant.embedding.base import Vectors
from assistant.index import rows
from assistant.index.rows import FileRow
from assistant.types import Chunk, Document, Source


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


def chunks(connection: sqlite3.Connection, ids: Sequence[str]) -> list[tuple[Chunk, Source]]:
    """The chunks in the order of `ids`, each with the head of its document; unknown ids are left out."""
    query = (
        f"SELECT {rows.CHUNK_COLUMNS}, {rows.SOURCE_COLUMNS} FROM chunks c "  # noqa: S608
        "JOIN documents d ON d.id = c.document_id WHERE c.id IN (SELECT value FROM json_each(?))"
    )
    found: dict[str, tuple[Chunk, Source]] = {}
    for row in connection.execute(query, (json.dumps(list(ids)),)):
        chunk = rows.chunk(row)
        found[chunk.id] = (chunk, rows.source(row[11:]))
    return [found[chunk_id] for chunk_id in ids if chunk_id in found]


def chunks_of(connection: sqlite3.Connection, document_id: str, ordinals: range | None = None) -> list[Chunk]:
    """The chunks of one document, in order, of `ordinals` (steps of one) only those; empty for an unknown document."""
    query = f"SELECT {rows.CHUNK_COLUMNS} FROM chunks c WHERE c.document_id = ?"  # noqa: S608
    values: list[str | int] = [document_id]
    if ordinals is not None:
        query += " AND c.ordinal >= ? AND c.ordinal < ?"
        values += [ordinals.start, ordinals.stop]
    return [rows.chunk(row) for row in connection.execute(f"{query} ORDER BY c.ordinal", values)]


def vectors(connection: sqlite3.Connection, keys: Iterable[str], dimensions: int) -> dict[str, Vectors]:
    """The vectors (shape (dimensions,)) kept under these keys; unknown keys are left out."""
    query = "SELECT key, vector FROM vectors WHERE key IN (SELECT value FROM json_each(?))"
    found = connection.execute(query, (json.dumps(list(keys)),)).fetchall()
    return {str(key): rows.vectors_from([blob], dimensions)[0] for key, blob in found}


def chunk_vectors(connection: sqlite3.Connection, ids: Sequence[str], dimensions: int) -> dict[str, Vectors]:
    """The vectors (shape (dimensions,)) of these chunks; unknown ids are left out."""
    query = (
        "SELECT c.id, v.vector FROM chunks c JOIN vectors v ON v.key = c.vector_key "
        "WHERE c.id IN (SELECT value FROM json_each(?))"
    )
    found = connection.execute(query, (json.dumps(list(ids)),)).fetchall()
    return {str(chunk_id): rows.vectors_from([blob], dimensions)[0] for chunk_id, blob in found}


def chunk_ids_of(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, list[str]]:
    """For each vector key the ids of the chunks that it stands for, in the order of the index."""
    query = "SELECT vector_key, id FROM chunks c WHERE vector_key IN (SELECT value FROM json_each(?)) ORDER BY c.rowid"
    found: dict[str, list[str]] = {}
    for key, chunk_id in connection.execute(query, (json.dumps(list(keys)),)):
        found.setdefault(str(key), []).append(str(chunk_id))
    return found
