from __future__ import annotations

import re

from bs4 import BeautifulSoup

from assistant.memos.export.html import html
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes, numbers
from tests.memos.made import reference


def test_each_number_leads_to_a_note_that_shows_the_quote_in_its_paragraph(memo: Memo) -> None:
    page = BeautifulSoup(html(memo), "lxml")
    links = page.select("a[role=doc-noteref]")
    used = [numbers(memo)[token] for section in memo.sections for token in section.tokens]
    assert [int(link.text) for link in links] == used
    for link in links:
        (note,) = page.select(str(link["href"]))
        cited = notes(memo)[int(link.text) - 1]
        mark = note.select_one(".context mark")
        assert mark is not None
        assert mark.text == cited.quote
        assert note.select_one(".context p").text == cited.before + cited.quote + cited.after  # type: ignore[union-attr]
        assert cited.quote in note.summary.text  # type: ignore[union-attr]


def test_nothing_of_a_briefing_or_a_person_becomes_markup_and_nothing_is_fetched() -> None:
    bad = '<img src="http://x/y" onerror="z()"><script>alert(1)</script>'
    own = f"{bad} [x](javascript:z) ![p](http://x/q.png) [ok](https://example.org)[^c1]\n\n<iframe src='http://x'></iframe>"
    cited = reference(quote=bad, path=f"{bad}.md")
    page = BeautifulSoup(html(Memo(bad, "t", "x", (Section(bad, "?", own, (cited,)),))), "lxml")
    assert not page.select("script, img, iframe, link, object, embed, form, base")
    assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on") or name == "src"]
    assert {str(link["href"]) for link in page.select("a")} == {"#note-1", "https://example.org"}
    assert page.title is not None
    assert page.title.text == bad
    assert not re.search(r"url\(|@import", str(page.style))


def test_a_memo_without_citations_has_no_notes() -> None:
    page = html(Memo("T", "t", "x", (Section("H", "?", "No briefing says: why?"),))).decode()
    assert "doc-endnotes" not in page
    assert "Bibliography" not in page
