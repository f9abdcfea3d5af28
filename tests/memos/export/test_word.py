from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from lxml import etree

from assistant.memos.export.word import word
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes
from assistant.memos.tag import read_footnote
from tests.memos.made import reference

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def content(memo: Memo) -> bytes:
    return word(memo)


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(f"word/{name}.xml"))


def footnotes(content: bytes) -> dict[str, str]:
    found = part(content, "footnotes").iter(f"{W}footnote")
    return {
        each.get(f"{W}id", ""): "".join(text.text or "" for text in each.iter(f"{W}t"))
        for each in found
        if each.get(f"{W}type") is None
    }


def test_there_are_as_many_word_footnotes_as_citations_each_with_its_quote_and_tag(memo: Memo, content: bytes) -> None:
    texts = footnotes(content)
    placed = [each.get(f"{W}id", "") for each in part(content, "document").iter(f"{W}footnoteReference")]
    assert len(placed) == len(texts) == len(notes(memo)) == 11
    for number, (key, cited) in enumerate(zip(placed, notes(memo), strict=True), start=1):
        found = read_footnote(texts[key])
        assert found.quote == cited.quote, number
        assert found.tag is not None
        assert (found.tag.path, found.tag.span) == (cited.source.path, cited.span)


def test_each_footnote_stands_behind_the_sentence_that_it_backs(memo: Memo, content: bytes) -> None:
    texts = footnotes(content)
    seen = 0
    for paragraph in part(content, "document").iter(f"{W}p"):
        said = ""
        for node in paragraph.iter(f"{W}t", f"{W}footnoteReference"):
            if node.tag == f"{W}t":
                said += node.text or ""
            else:
                assert said.endswith(read_footnote(texts[node.get(f"{W}id", "")]).quote or "?")
                seen += 1
    assert seen == len(notes(memo))


def test_a_footnote_that_is_used_again_is_a_cross_reference_with_its_number(memo: Memo, content: bytes) -> None:
    document = part(content, "document")
    fields = [
        "".join(each.text or "" for each in link.iter(f"{W}instrText")) for link in document.iter(f"{W}hyperlink")
    ]
    assert [field.split() for field in fields] == [["NOTEREF", "cite-1", "\\f", "\\h"]]
    bookmarks = [each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")]
    assert "cite-1" in bookmarks
    assert memo.sections[0].tokens == memo.sections[2].tokens


def test_word_s_own_reader_finds_title_headings_sources_and_bibliography(memo: Memo, content: bytes) -> None:
    opened = docx.Document(io.BytesIO(content))
    styles = {paragraph.text: paragraph.style.name for paragraph in opened.paragraphs if paragraph.style}
    assert styles[memo.title] == "Title"
    assert all(styles[section.heading].startswith("Heading") for section in memo.sections)
    (table,) = opened.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Notes", "Title", "Publisher", "Date", "File"]
    assert rows[1] == ["1, 2, 3", 'Red Sea: "seized" & <held>', "Port *Watch* | weekly", "2024-01-06", "red_sea.md"]
    assert len(rows) == 5
    assert any(re.match(r"The grain deal\. 2023-09-01\. grain\.md\.", each) for each in styles)


def test_html_and_raw_parts_in_the_person_s_own_markdown_are_text() -> None:
    own = (
        'A <b>b</b> `<w:p/>`{=openxml} [x](javascript:alert(1)) ![pic](http://x/y.png) "--".[^c1]\n\n<script>z</script>'
    )
    content = word(Memo("T", "t", "x", (Section("H", "?", own, (reference(),)),)))
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert 'A <b>b</b> <w:p/>{=openxml} x pic "--".' in texts
    assert "<script>z</script>" in texts
    outside = zipfile.ZipFile(io.BytesIO(content)).read("word/_rels/document.xml.rels")
    assert b"javascript" not in outside
    assert b"http://x" not in outside
