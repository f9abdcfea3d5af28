"""What is written into index.sqlite about a file and its documents, inside a transaction of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from assistant.index import rows
from assistant.index.rows import FileRow
from assistant.types import Chunk, Document


def put_file(connection: sqlite3.Connection, file: FileRow) -> None:
    """Writes what is known about a file, over what was known before."""
    # not INSERT OR REPLACE: replacing a row deletes it first, and its documents with it
    connection.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(path) DO UPDATE SET size = excluded.size, "
        "mtime_ns = excluded.mtime_ns, file_hash = excluded.file_hash, status = excluded.status, "
        "reason = excluded.reason, warnings = excluded.warnings, checked_ns = excluded.checked_ns",
        rows.file_values(file),
    )


def delete_documents(connection: sqlite3.Connection, files: Sequence[str]) -> None:
    """Takes out the documents of these files with their chunks and words."""
    for path in files:
        connection.execute(
            "DELETE FROM words WHERE rowid IN (SELECT c.rowid FROM chunks c "
            "JOIN documents d ON d.id = c.document_id WHERE d.file = ?)",
            (path,),
        )
        connection.execute("DELETE FROM documents WHERE file = ?", (path,))


def count_change_of_vectors(connection: sqlite3.Connection) -> None:
    """Counts that vectors were added or removed: by this number the copy in Chroma knows that it is behind."""
    connection.execute(
        "INSERT INTO meta VALUES ('vectors_changed', '1') "
        "ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def insert_document(connection: sqlite3.Connection, document: Document, chunks: Sequence[tuple[Chunk, str]]) -> None:
    """Writes a document that is not there yet; each chunk comes with the key of its vector."""
    connection.execute(
        "INSERT INTO documents(id, file, path, title, text, media_type, content_hash, date, publisher, author, "
        "headings, pages, warnings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows.document_values(document),
    )
    for chunk, key in chunks:
        inserted = connection.execute(
            'INSERT INTO chunks(id, document_id, ordinal, start, "end", text, headings, page_index, page_label, '
            "sentences, locators, vector_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows.chunk_values(chunk, key),
        )
        connection.execute(
            "INSERT INTO words(rowid, title, headings, text) VALUES (?, ?, ?, ?)",
            (inserted.lastrowid, document.source.title, "\n".join(chunk.headings), chunk.text),
        )
