from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from assistant.errors import InputError
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


def test_a_quote_keeps_its_marks() -> None:
    said = """'We' wait ... and "see" -- or....not --- -5 -?x 5-10 1. # ~ /* // <b> ….…"""
    text = text_of(pdf(Memo("Wait ...", "t", "x", (Section("And ...", "?", "Said.[^c1]", (reference(quote=said),)),))))
    assert f"“{said}”" in text
    assert "Wait ..." in text
    assert "And ..." in text


@pytest.mark.parametrize("place", ["quote", "text", "title"])
def test_letters_without_a_font_are_an_error_that_says_what_to_do(place: str) -> None:
    letters = "𒀀𒀁𒀂"  # cuneiform, for which no font of a usual machine has letters
    cited = reference(quote=f"He said {letters}." if place == "quote" else "He said.")
    text = f"Said {letters if place == 'text' else ''}.[^c1]"
    with pytest.raises(
        InputError, match=r"no font for letters such as 𒀀 𒀁 𒀂; export it as \.docx or \.html, or install"
    ):
        pdf(Memo(letters if place == "title" else "T", "t", "x", (Section("H", "?", text, (cited,)),)))


def test_letters_with_a_font_are_no_error() -> None:
    quote = "Ελληνικά, Агентство, émigré ﬁ, Việt Nam, العربية, שלום, 🚢 ½ №"
    assert pdf(Memo("T", "t", "x", (Section("H", "?", "Said.[^c1]", (reference(quote=quote),)),)))


def test_long_names_in_the_table_of_sources_break_into_lines_and_can_still_be_found() -> None:
    cited = reference(path="reports/2023_05_30_china_declines_the_meeting_final_version_2.docx")
    cited = replace(cited, source=replace(cited.source, title="Ministry_of_Defence_Quarterly_Situation_Report_2023_Q2"))
    (page,) = PdfReader(io.BytesIO(pdf(Memo("T", "t", "x", (Section("H", "?", "Said.[^c1]", (cited,)),))))).pages
    table = page.extract_text().split("File")[1].split("Bibliography")[0]
    lines = [line.strip() for line in table.splitlines() if line.strip()]
    assert max(map(len, lines)) < len("2023-05-02 reports/2023_05_30_china_")
    for name in (cited.source.title, cited.source.path):
        assert name in "".join("".join(lines).split())
