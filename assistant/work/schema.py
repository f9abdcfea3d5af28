"""The tables of work.sqlite, and how a file says which program wrote it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from assistant.errors import WorkDamaged

APPLICATION = 0x62726677
"""SQLite's `application_id` of the file: tells it from any other database."""

# Deleting a conversation sets `deleted`, so that it can be undone; a turn that another one took the place of has
# `replaced`. `number` is the row of a conversation in `titles`; `words` has a row for each turn.
_CONVERSATIONS = """
CREATE TABLE conversations(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, title TEXT NOT NULL,
    created TEXT NOT NULL, changed TEXT NOT NULL, deleted TEXT
);
CREATE INDEX conversations_user ON conversations(user, changed);
CREATE TABLE turns(
    id INTEGER PRIMARY KEY AUTOINCREMENT, conversation INTEGER NOT NULL REFERENCES conversations(number),
    turn TEXT NOT NULL, saved_at TEXT NOT NULL, finished INTEGER NOT NULL, replaced TEXT
);
CREATE INDEX turns_conversation ON turns(conversation, id);
CREATE TABLE feedback(
    turn INTEGER PRIMARY KEY REFERENCES turns(id), thumb TEXT NOT NULL CHECK (thumb IN ('up', 'down')),
    reason TEXT NOT NULL, given TEXT NOT NULL
);
CREATE VIRTUAL TABLE titles USING fts5(title, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE words USING fts5(question, answer, tokenize = 'porter unicode61 remove_diacritics 2');
"""
# What was thought of one sentence of an answer; `start` and `stop` are its characters in the answer's text.
_REVIEWS = """
CREATE TABLE reviews(
    turn INTEGER NOT NULL REFERENCES turns(id), start INTEGER NOT NULL, stop INTEGER NOT NULL,
    decision TEXT CHECK (decision IN ('accepted', 'rejected')), note TEXT NOT NULL, given TEXT NOT NULL,
    PRIMARY KEY (turn, start, stop)
);
"""
# `memos` has the latest state of each, `memo_versions` earlier ones; `revision` counts the saves. `memo` and `content`
# are JSON that only the room of memos reads. `number` is the row of a memo in `memo_words`.
_MEMOS = """
CREATE TABLE memos(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, title TEXT NOT NULL,
    sections INTEGER NOT NULL, memo TEXT NOT NULL, revision INTEGER NOT NULL, unfinished INTEGER NOT NULL,
    created TEXT NOT NULL, changed TEXT NOT NULL, deleted TEXT
);
CREATE INDEX memos_user ON memos(user, changed);
CREATE TABLE memo_versions(
    memo INTEGER NOT NULL REFERENCES memos(number), revision INTEGER NOT NULL, title TEXT NOT NULL,
    sections INTEGER NOT NULL, content TEXT NOT NULL, saved TEXT NOT NULL, kept TEXT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (memo, revision)
);
CREATE VIRTUAL TABLE memo_words USING fts5(title, content, tokenize = 'porter unicode61 remove_diacritics 2');
"""
_STEPS = (_CONVERSATIONS, _REVIEWS, _MEMOS)
"""What makes a file of version n one of version n + 1; an empty file has version 0. Steps are added, never changed."""

SCHEMA_VERSION = len(_STEPS)


class NewerWork(WorkDamaged):
    """The file was written by a newer program; it is intact and must not be set aside."""


def stored_version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of the file; 0 for an empty one.

    Raises `NewerWork` where a newer program wrote it, `WorkDamaged` where it is another kind of database.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not tables and not version:
        return 0
    if application != APPLICATION:
        raise WorkDamaged(f"{path} holds no conversations of this program: name the file that `assistant backup` wrote")
    if version > SCHEMA_VERSION:
        raise NewerWork(
            f"{path} was written by a newer version of this program (schema {version}, this one knows "
            f"{SCHEMA_VERSION}): update the program; the conversations in it are intact"
        )
    return version


def bring_up_to_date(connection: sqlite3.Connection, version: int) -> None:
    """Makes a file of this version one of `SCHEMA_VERSION`, all or nothing; does nothing where it is one."""
    if version == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in _STEPS[version:]:
            for statement in step.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
