from __future__ import annotations

import io
from dataclasses import replace

from pypdf import PdfReader

from assistant.memos.export.pdf import pdf
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes
from tests.memos.made import reference


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_pdf_has_title_sections_and_every_quote_once_as_a_footnote(memo: Memo) -> None:
    text = text_of(pdf(memo))
    assert memo.title in text
    for section in memo.sections:
        assert section.heading in text
    for cited in notes(memo):
        assert text.replace("\u00ad", "").count(f"“{cited.quote}”") == 1
    assert text.count("Galaxy Leader was seized") == 3  # in two sections and in its one footnote


def test_typst_s_own_marks_are_text() -> None:
    bad = '#read("/etc/hosts") $x$ @label <cite-1> // no comment'
    cited = reference(quote=bad)
    text = text_of(pdf(Memo(bad, "t", "x", (Section("H", "?", "Said.[^c1] Again.[^c1]", (cited,)),))))
    assert text.count("/etc/hosts") == 2


def test_long_names_in_the_table_of_sources_break_into_lines_and_can_still_be_found() -> None:
    cited = reference(path="reports/2023_05_30_china_declines_the_meeting_final_version_2.docx")
    cited = replace(cited, source=replace(cited.source, title="Ministry_of_Defence_Quarterly_Situation_Report_2023_Q2"))
    (page,) = PdfReader(io.BytesIO(pdf(Memo("T", "t", "x", (Section("H", "?", "Said.[^c1]", (cited,)),))))).pages
    table = page.extract_text().split("File")[1].split("Bibliography")[0]
    lines = [line.strip() for line in table.splitlines() if line.strip()]
    assert max(map(len, lines)) < len("2023-05-02 reports/2023_05_30_china_")
    for name in (cited.source.title, cited.source.path):
        assert name in "".join("".join(lines).split())
