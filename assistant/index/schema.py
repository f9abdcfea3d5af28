"""The tables of index.sqlite and how an older file becomes a newer one."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from assistant.errors import IndexDamaged

SCHEMA_VERSION = 2

# `documents.text` is the truth for offsets; `words` holds its own copy of the text because FTS5 tables without
# content can delete rows only from SQLite 3.43 on, which Debian 12 does not have.
TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files(
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, file_hash TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('indexed', 'failed', 'removed')),
    reason TEXT, warnings TEXT NOT NULL, checked_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE documents(
    id TEXT PRIMARY KEY, file TEXT NOT NULL REFERENCES files(path) ON DELETE CASCADE, path TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, text TEXT NOT NULL, media_type TEXT NOT NULL, content_hash TEXT NOT NULL,
    date TEXT, publisher TEXT, author TEXT, headings TEXT NOT NULL, pages TEXT NOT NULL, warnings TEXT NOT NULL
);
CREATE INDEX documents_file ON documents(file);
CREATE TABLE vectors(key TEXT PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE chunks(
    rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    headings TEXT NOT NULL, page_index INTEGER, page_label TEXT, sentences TEXT NOT NULL,
    vector_key TEXT NOT NULL REFERENCES vectors(key), locators TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX chunks_document ON chunks(document_id, ordinal);
CREATE INDEX chunks_vector ON chunks(vector_key);
CREATE VIRTUAL TABLE words USING fts5(title, headings, text, tokenize = 'porter unicode61 remove_diacritics 2');
"""


class NewerSchema(IndexDamaged):
    """The file was written by a newer program; it is intact and must not be set aside."""


Migration = str
"""SQL statements that turn the tables of one version into those of the next."""

MIGRATIONS: Mapping[int, Migration] = {
    1: "ALTER TABLE chunks ADD COLUMN locators TEXT NOT NULL DEFAULT '[]'",  # filled as the files are read anew
}
"""From each earlier version to the next one."""


def stored_version(connection: sqlite3.Connection) -> int:
    """The schema version of the file; 0 where it holds no tables yet."""
    found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
    if not found:
        return 0
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    if row is None or not str(row[0]).isdigit():
        raise IndexDamaged("the index database names no schema version: run `assistant index --rebuild`")
    return int(row[0])


def prepare(
    connection: sqlite3.Connection,
    path: Path,
    *,
    version: int = SCHEMA_VERSION,
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> None:
    """Creates the tables in a new file, brings an older one up to `version`, refuses a newer one.

    Each migration runs in one transaction, after a copy of the file was made beside it (`<name>.v<old version>`).
    """
    found = stored_version(connection)
    if found > version:
        raise NewerSchema(
            f"{path} was written by a newer version of this program (schema {found}, this one knows {version}): "
            "update the program, or move the index folder away and index the briefings again"
        )
    if found == 0:
        _run(connection, TABLES, version)
    elif found < version:
        with closing(sqlite3.connect(path.with_name(f"{path.name}.v{found}"))) as copy:
            connection.backup(copy)
        for step in range(found, version):
            _run(connection, migrations[step], step + 1)


def _run(connection: sqlite3.Connection, statements: str, version: int) -> None:
    """Runs the statements and notes the version, all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)", (str(version),))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
