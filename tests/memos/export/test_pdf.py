from __future__ import annotations

import io

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
