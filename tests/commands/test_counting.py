from __future__ import annotations

from assistant.commands.counting import held, many


def test_attachments_are_counted_where_there_are_some() -> None:
    assert held(41, 44, 1278) == "41 files (44 documents with attachments), 1,278 passages"
    assert held(1, 1, 1) == "1 file, 1 passage"
    assert held(0, 0, 0) == "0 files, 0 passages"


def test_a_number_has_its_noun() -> None:
    assert (many(1, "query", "queries"), many(1000, "query", "queries")) == ("1 query", "1,000 queries")
