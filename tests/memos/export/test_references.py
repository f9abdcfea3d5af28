from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from assistant.memos.export.bibtex import bibtex
from assistant.memos.export.csl import csl_json
from assistant.memos.memo import Memo, Section
from assistant.memos.pandoc import as_list, as_tree, read_text, text_of
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


def test_a_bibtex_entry_is_a_report_of_an_institution_with_all_of_its_head() -> None:
    assert bibtex(memo("b/Red Sea.md")).decode() == (
        "@techreport{red-sea,\n  author = {{Ann}},\n  title = {{About b/Red Sea.md}},\n  institution = {{Port}},\n"
        f"  year = {{2023}},\n  month = may,\n  note = {{b/Red Sea.md, sha256 {'0123456789abcdef' * 4}}}\n}}\n"
    )


def titled(title: str) -> str:
    """The BibTeX of a memo that cites one document, which has this title and no publisher."""
    cited = reference()
    cited = replace(cited, source=replace(cited.source, title=title, publisher=None))
    return bibtex(Memo("T", "t", "x", (Section("H", "?", "Said.[^c1]", (cited,)),))).decode()


@pytest.mark.parametrize(
    "title", ["The grain deal of iPhones", 'A <b>x</b> & 50% of "$5_#1" `q`', r"a -- b ^~ \emph 'c'"]
)
def test_a_title_in_bibtex_stays_as_the_document_has_it(title: str) -> None:
    written = titled(title)
    assert written.startswith("@misc{a,")
    (read,) = as_list(as_tree(as_tree(read_text(written, "bibtex")["meta"])["references"])["c"])
    assert text_of(as_tree(as_tree(read)["c"])["title"]).translate(_STRAIGHT) == title


_STRAIGHT = str.maketrans("“”‘’", '""`\'')  # a reader of LaTeX has curly ones


def test_braces_in_a_title_leave_the_entry_whole() -> None:
    assert "title = {{A {\\textbraceright} and {\\textbraceleft}}}," in titled("A } and {")


def test_a_memo_without_citations_has_no_items() -> None:
    assert json.loads(csl_json(memo())) == []
    assert bibtex(memo()) == b""
