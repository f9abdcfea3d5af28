"""Searches over the words of chunks: SQLite's FTS5, stemmed by Porter's algorithm without diacritics."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from assistant.errors import InputError
from assistant.language.spellings import spellings_of
from assistant.language.written_names import stands_as_name

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
    """In how many chunks a word or phrase occurs, in any column, in British or American spelling."""
    row = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (any_spelling(term),)).fetchone()
    return int(row[0])


def documents_with(connection: sqlite3.Connection, terms: Iterable[str], names: Sequence[str] = ()) -> frozenset[str]:
    """The ids of the documents that have any of these words or phrases in any spelling; titles and headings count.

    With `names` only where one of them stands as a name (`stands_as_name`) in what has the words.
    """
    expression = " OR ".join(any_spelling(term) for term in terms if term.strip())
    if not expression:
        return frozenset()
    if not names:
        query = "SELECT DISTINCT c.document_id FROM words JOIN chunks c ON c.rowid = words.rowid WHERE words MATCH ?"
        return frozenset(str(row[0]) for row in connection.execute(query, (expression,)))
    query = (
        "SELECT c.document_id, w.title, w.headings, w.text FROM words w JOIN chunks c ON c.rowid = w.rowid "
        "WHERE words MATCH ?"
    )
    found: set[str] = set()
    for document_id, *parts in connection.execute(query, (expression,)):
        if document_id not in found and _names_one_of(names, "\n".join(map(str, parts))):
            found.add(str(document_id))
    return frozenset(found)


def _names_one_of(names: Sequence[str], text: str) -> bool:
    return any(stands_as_name(name, text) for name in names)


def any_spelling(term: str) -> str:
    """A word or phrase of FTS5, or what it is in the other spelling, British or American."""
    return f"({' OR '.join(map(quoted, spellings_of(term)))})"


def quoted(term: str) -> str:
    """A word or phrase of FTS5, whatever characters it has."""
    return '"' + term.replace("\0", " ").replace('"', '""') + '"'
