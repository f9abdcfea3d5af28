"""The abbreviations that documents define, found by the words of SQLite's FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from assistant.index.word_search import quoted
from assistant.language.abbreviations import Definition, definitions


def definitions_of(connection: sqlite3.Connection, shorts: Sequence[str]) -> list[tuple[str, Definition]]:
    """All definitions of these abbreviations with the ids of the documents that have them, each once."""
    found: dict[tuple[str, Definition], None] = {}
    query = (
        "SELECT c.document_id, w.title, w.headings, w.text FROM words w JOIN chunks c ON c.rowid = w.rowid "
        "WHERE words MATCH ?1 AND (instr(w.text, ?2) OR instr(w.text, ?3) OR instr(w.title, ?2) OR instr(w.title, ?3) "
        "OR instr(w.headings, ?2) OR instr(w.headings, ?3)) ORDER BY c.rowid"
    )
    for short in shorts:
        rows = connection.execute(query, (quoted(short), f"({short}", f"{short} ("))
        for document_id, *parts in rows:
            defined = (each for part in parts for each in definitions(str(part)) if each.short == short)
            found.update({(str(document_id), each): None for each in defined})
    return list(found)
