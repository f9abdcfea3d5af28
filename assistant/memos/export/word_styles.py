"""How an exported Word document looks: pandoc's own reference document with styles for a memo on A4."""

from __future__ import annotations

import io
from functools import cache

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from assistant.memos.pandoc import default_file

TAG_STYLE = "Briefing Tag"
"""The character style of the tag at the end of a footnote: small and grey, and not checked for spelling."""

_INK, _ACCENT, _GREY = RGBColor(0x1F, 0x1E, 0x1B), RGBColor(0x1D, 0x4F, 0x73), RGBColor(0x8A, 0x86, 0x7E)
_BODY, _HEADS = "Georgia", "Calibri"


@cache
def word_styles() -> bytes:
    """A reference document for pandoc, made once in a process."""
    document = docx.Document(io.BytesIO(default_file("reference.docx")))
    _page(document)
    _defaults(document, _BODY, 11)
    for name in ("Body Text", "First Paragraph"):
        _spaced(document, name, before=0, after=8, line=1.25)
    _spaced(document, "Compact", before=1, after=1, line=1.1)
    _font(document, "Title", _HEADS, 20, _INK, bold=True)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _spaced(document, "Title", before=0, after=14, line=1.1)
    for number, size in ((1, 15), (2, 13), (3, 11.5)):
        _font(document, f"Heading {number}", _HEADS, size, _ACCENT, bold=True)
        _spaced(document, f"Heading {number}", before=16, after=5, line=1.1)
    _font(document, "Footnote Text", _BODY, 8.5, _INK)
    _spaced(document, "Footnote Text", before=0, after=3, line=1.05)
    tag = document.styles.add_style(TAG_STYLE, 2)
    tag.font.size, tag.font.color.rgb, tag.font.no_proof = Pt(6), _GREY, True
    _table(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Document) -> None:
    """A4 with the number of the page at its foot."""
    section = document.sections[0]
    for numbering in section._sectPr.findall(qn("w:footnotePr")):
        # LibreOffice takes numbers that begin anew in each section to begin anew below each heading.
        section._sectPr.remove(numbering)
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple", attrs={qn("w:instr"): "PAGE"})
    foot._p.append(field)
    number = foot.add_run("1")
    number.font.size, number.font.color.rgb = Pt(9), _GREY
    field.append(number._r)


def _defaults(document: Document, name: str, size: float) -> None:
    """What holds where no style says otherwise; as a style of its own it would win over that of a table."""
    fonts = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for tag in ("w:rFonts", "w:sz", "w:szCs"):
        for old in fonts.findall(qn(tag)):
            fonts.remove(old)
    half_points = {qn("w:val"): str(int(2 * size))}
    names = {qn(f"w:{kind}"): name for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    fonts.insert(0, OxmlElement("w:rFonts", attrs=names))
    language = fonts.find(qn("w:lang"))
    for tag in ("w:sz", "w:szCs"):
        made = OxmlElement(tag, attrs=half_points)
        if language is not None:
            language.addprevious(made)
        else:
            fonts.append(made)


def _font(document: Document, style: str, name: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    font = document.styles[style].font
    font.name, font.size, font.color.rgb, font.bold, font.italic = name, Pt(size), colour, bold, False
    fonts = font.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they would win over the name
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), name)


def _spaced(document: Document, style: str, *, before: float, after: float, line: float) -> None:
    spacing = document.styles[style].paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), line


def _table(document: Document) -> None:
    """Smaller letters, a line below each row, and no row on two pages."""
    style = document.styles["Table"]
    style.font.name, style.font.size = _HEADS, Pt(9)
    properties = style.element.find(qn("w:tblPr"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = {"val": "single", "sz": "4", "space": "0", "color": "C9C4B8"}
        borders.append(OxmlElement(f"w:{side}", attrs={qn(f"w:{name}"): value for name, value in line.items()}))
    margins = properties.find(qn("w:tblCellMar"))
    if margins is not None:
        margins.addprevious(borders)
    else:
        properties.append(borders)
    rows = OxmlElement("w:trPr")
    rows.append(OxmlElement("w:cantSplit"))
    properties.addnext(rows)
