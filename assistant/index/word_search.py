"""Searches over the words of chunks: SQLite's FTS5, stemmed by Porter's algorithm without diacritics."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable

from assistant.errors import InputError

Weights = tuple[float, float, float]
"""Of title, headings and text."""


def best(
    connection: sqlite3.Connection, expression: str, k: int, documents: Collection[str] | None, weights: Weights
) -> list[tuple[str, float]]:
    """The k chunks that match an FTS5 expression best, as (chunk id, BM25), larger is better.

    Of these documents only, or of all where they are None. Raises InputError where the expression is not valid.
    """
    limit = "" if documents is None else "AND c.document_id IN (SELECT value FROM json_each(?))"
    query = (
        "SELECT c.id, -bm25(words, ?, ?, ?) AS score FROM words JOIN chunks c ON c.rowid = words.rowid "  # noqa: S608
        f"WHERE words MATCH ? {limit} ORDER BY score DESC, c.rowid LIMIT ?"
    )
    extra = () if documents is None else (json.dumps(sorted(documents)),)
    try:
        found = connection.execute(query, (*weights, expression, *extra, k)).fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise InputError(f"{expression!r} cannot be searched ({error}): put each word in double quotes") from error
    return [(str(chunk_id), float(score)) for chunk_id, score in found]


def count(connection: sqlite3.Connection, term: str) -> int:
    """In how many chunks a word or phrase occurs, in any column."""
    row = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (quoted(term),)).fetchone()
    return int(row[0])


def documents_with(connection: sqlite3.Connection, terms: Iterable[str]) -> frozenset[str]:
    """The ids of the documents that have any of these words or phrases; titles and headings count."""
    expression = " OR ".join(quoted(term) for term in terms if term.strip())
    if not expression:
        return frozenset()
    query = "SELECT DISTINCT c.document_id FROM words JOIN chunks c ON c.rowid = words.rowid WHERE words MATCH ?"
    return frozenset(str(row[0]) for row in connection.execute(query, (expression,)))


def quoted(term: str) -> str:
    """A word or phrase of FTS5, whatever characters it has."""
    return '"' + term.replace("\0", " ").replace('"', '""') + '"'
