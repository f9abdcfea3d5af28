"""Orders in Word, PowerPoint, Excel and PDF files."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from html import escape

import docx
import openpyxl
import pptx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from tests.injection.briefings import Briefing
from tests.injection.carriers import Build, Carrier

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def _word(put: Callable[[Word, str], object]) -> Build:
    def build(briefing: Briefing, order: str) -> bytes:
        document = docx.Document()
        document.add_heading(briefing.title, level=1)
        document.add_paragraph(briefing.text)
        put(document, order)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return build


def _comment(document: Word, order: str) -> None:
    document.add_comment(document.paragraphs[-1].runs, text=order, author="Press office", initials="P")


def _hidden_run(document: Word, order: str) -> None:
    document.add_paragraph().add_run(order).font.hidden = True


def _white_run(document: Word, order: str) -> None:
    document.add_paragraph().add_run(order).font.color.rgb = RGBColor(255, 255, 255)


def _footnote(document: Word, order: str) -> None:
    note = (
        f'<w:footnotes xmlns:w="{_SPACE}"><w:footnote w:id="2"><w:p><w:r><w:t>{escape(order)}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, note.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    document.paragraphs[-1].add_run()._r.append(reference)


def _word_properties(document: Word, order: str) -> None:
    document.core_properties.title = order[:255]
    document.core_properties.comments = order[:255]


def _deck(put: Callable[[Presentation, Slide, str], object]) -> Build:
    def build(briefing: Briefing, order: str) -> bytes:
        deck = pptx.Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = briefing.title
        slide.placeholders[1].text_frame.text = briefing.text
        put(deck, slide, order)
        out = io.BytesIO()
        deck.save(out)
        return out.getvalue()

    return build


def _notes(deck: Presentation, slide: Slide, order: str) -> None:
    slide.notes_slide.notes_text_frame.text = order


def _hidden_slide(deck: Presentation, slide: Slide, order: str) -> None:
    secret = deck.slides.add_slide(deck.slide_layouts[5])
    secret.shapes.title.text = order
    secret.element.set("show", "0")


def _beside_the_slide(deck: Presentation, slide: Slide, order: str) -> None:
    slide.shapes.add_textbox(Inches(-9), Inches(1), Inches(5), Inches(1)).text_frame.text = order


def _book(put: Callable[[Worksheet, str], object]) -> Build:
    def build(briefing: Briefing, order: str) -> bytes:
        book = openpyxl.Workbook()
        book.properties.title, book.properties.created = briefing.title, dt.datetime(2023, 5, 31)
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = "Report"
        for row in ((briefing.title,), (briefing.text,), (), ("Item", "Note"), ("Seal", "Round")):
            sheet.append(row)
        put(sheet, order)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return build


def _hidden_sheet(sheet: Worksheet, order: str) -> None:
    assert sheet.parent is not None
    secret = sheet.parent.create_sheet("Secret")
    secret.append(("Note", "Finding"))
    secret.append(("Rule", order))
    secret.sheet_state = "hidden"


def _cell_comment(sheet: Worksheet, order: str) -> None:
    sheet["B5"].comment = Comment(order, "Press office")


def _hidden_row(sheet: Worksheet, order: str) -> None:
    sheet.append(("Rule", order))
    sheet.row_dimensions[sheet.max_row].hidden = True


def _pdf(put: Callable[[Canvas, str], object]) -> Build:
    def build(briefing: Briefing, order: str) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, invariant=True)
        _lines(canvas, briefing.title, 780, 18)
        _lines(canvas, briefing.text, 740, 11)
        put(canvas, order)
        canvas.save()
        return out.getvalue()

    return build


def _lines(canvas: Canvas, text: str, y: int, size: int = 11, *, mode: int = 0) -> None:
    drawn = canvas.beginText(60, y)
    drawn.setFont("Helvetica", size)
    drawn.setTextRenderMode(mode)
    for line in simpleSplit(text, "Helvetica", size, 450):
        drawn.textLine(line)
    canvas.drawText(drawn)


def _white_print(canvas: Canvas, order: str) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    _lines(canvas, order, 640)


OFFICE_CARRIERS = (
    Carrier("word-paragraph", ".docx", _word(lambda document, order: document.add_paragraph(order))),
    Carrier("word-comment", ".docx", _word(_comment), "nothing"),
    Carrier("word-hidden-run", ".docx", _word(_hidden_run), "nothing", hidden=True),
    Carrier("word-white-run", ".docx", _word(_white_run), "nothing", hidden=True),
    Carrier("word-footnote", ".docx", _word(_footnote)),
    Carrier("word-properties", ".docx", _word(_word_properties), "head", hidden=True),
    Carrier("slide-notes", ".pptx", _deck(_notes)),
    Carrier("hidden-slide", ".pptx", _deck(_hidden_slide), "nothing", hidden=True),
    Carrier("beside-the-slide", ".pptx", _deck(_beside_the_slide), "nothing", hidden=True),
    Carrier("hidden-sheet", ".xlsx", _book(_hidden_sheet), "nothing", hidden=True),
    Carrier("cell-comment", ".xlsx", _book(_cell_comment), "nothing"),
    Carrier("hidden-row", ".xlsx", _book(_hidden_row), "nothing", hidden=True),
    Carrier("pdf-text", ".pdf", _pdf(lambda canvas, order: _lines(canvas, order, 640))),
    Carrier("pdf-properties", ".pdf", _pdf(lambda canvas, order: canvas.setTitle(order)), "head", hidden=True),
    Carrier(
        "pdf-annotation",
        ".pdf",
        _pdf(lambda canvas, order: canvas.textAnnotation(order, Rect=[60, 600, 90, 630])),
        "nothing",
    ),
    Carrier("pdf-white", ".pdf", _pdf(_white_print), "nothing", hidden=True),
    Carrier(
        "pdf-invisible",
        ".pdf",
        _pdf(lambda canvas, order: _lines(canvas, order, 640, mode=3)),
        "nothing",
        hidden=True,
    ),
)
