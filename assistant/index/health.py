"""Whether index.sqlite holds what it should, down to the last offset."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import numpy as np

from assistant.errors import IndexDamaged


def verify(connection: sqlite3.Connection, path: Path) -> None:
    """Checks structure, references, text hashes, offsets, words and vectors; raises IndexDamaged at the first fault.

    `connection` is in a transaction that may write, though nothing is changed.

    `PRAGMA integrity_check` alone does not notice a byte changed inside a text or a vector.
    """
    try:
        fault = _fault(connection)
    except (sqlite3.DatabaseError, ValueError, UnicodeDecodeError) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise  # a full disk or a locked file says nothing about the content
        fault = str(error)
    if fault is not None:
        raise IndexDamaged(f"{path} is damaged ({fault}): run `assistant index`, which rebuilds it from the files")


def _fault(connection: sqlite3.Connection) -> str | None:
    answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if answer != "ok":
        return str(answer)
    for query, fault in _FAULTS.items():
        if connection.execute(query).fetchone() is not None:
            return fault
    connection.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 0)")
    texts: dict[str, str] = {}
    for document_id, text, content_hash in connection.execute("SELECT id, text, content_hash FROM documents"):
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != content_hash:
            return f"the text of document {document_id} has changed"
        texts[document_id] = text
    for document_id, start, end, text in connection.execute('SELECT document_id, start, "end", text FROM chunks'):
        if texts[document_id][start:end] != text:
            return f"a passage of document {document_id} is not the text it points at"
    noted = connection.execute("SELECT value FROM meta WHERE key = 'dimensions'").fetchone()
    for key, blob in connection.execute("SELECT key, vector FROM vectors"):
        vector = np.frombuffer(blob, dtype="<f4")
        # numbers near 1e38 overflow when squared, which is a fault like any other
        with np.errstate(over="ignore", invalid="ignore"):
            if (noted and len(vector) != int(noted[0])) or not abs(float(vector @ vector) - 1.0) < 1e-3:
                return f"vector {key} does not have length 1"
    return None


_FAULTS = {
    "PRAGMA foreign_key_check": "rows point at rows that are not there",
    "SELECT 1 FROM chunks c LEFT JOIN words w ON w.rowid = c.rowid WHERE w.text IS NOT c.text LIMIT 1": (
        "the words of a passage are missing"
    ),
    "SELECT 1 FROM words WHERE rowid NOT IN (SELECT rowid FROM chunks) LIMIT 1": "words of no passage were left behind",
}
"""A query that finds something where there is a fault, and the fault."""
