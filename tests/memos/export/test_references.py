from __future__ import annotations

import json
import re

from assistant.memos.export.bibtex import bibtex
from assistant.memos.export.csl import csl_json
from assistant.memos.memo import Memo, Section
from tests.memos.made import reference


def memo(*paths: str) -> Memo:
    references = tuple(reference(f"c{number}", path=path) for number, path in enumerate(paths, start=1))
    text = " ".join(f"Said.[^{each.token}]" for each in references)
    return Memo("T", "t", "x", (Section("H", "?", text, references),))


def test_each_document_is_one_item_with_its_head() -> None:
    items = json.loads(csl_json(memo("b/Red Sea.md", "a.md", "a.md")))
    assert [item["id"] for item in items] == ["red-sea", "a"]
    assert items[0] == {
        "id": "red-sea",
        "type": "report",
        "title": "About b/Red Sea.md",
        "author": [{"literal": "Ann"}],
        "publisher": "Port",
        "issued": {"date-parts": [[2023, 5, 2]]},
        "note": f"b/Red Sea.md, sha256 {'0123456789abcdef' * 4}",
    }


def test_documents_of_one_name_have_keys_of_their_own_in_both_formats() -> None:
    made = memo("x/note.md", "y/note.md", "z/note.md", "説明.md", "1.md")
    keys = [item["id"] for item in json.loads(csl_json(made))]
    assert keys == ["note", "note-2", "note-3", "briefing", "1"]
    assert re.findall(r"^@techreport\{(.*),$", bibtex(made).decode(), flags=re.MULTILINE) == keys


def test_a_memo_without_citations_has_no_items() -> None:
    assert json.loads(csl_json(memo())) == []
    assert bibtex(memo()) == b""
