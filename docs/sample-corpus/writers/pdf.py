"""Writes a PDF."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from briefing import Block, Briefing, Items, shown


def write_pdf(briefing: Briefing) -> bytes:
    """Pages with a footer; printed labels are also set as PDF page labels."""
    from reportlab.lib import colors
    from reportlab.lib.enums import TA_LEFT
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import ListFlowable, ListItem, PageBreak, Paragraph, SimpleDocTemplate, Spacer
    from reportlab.platypus import Table as PdfTable

    for font, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(font, file))
    base = ParagraphStyle("base", fontName="Vera", fontSize=9.5, leading=14, spaceAfter=6, alignment=TA_LEFT)
    small = ParagraphStyle("small", base, fontSize=8, leading=11, spaceAfter=4)
    title = ParagraphStyle("title", base, fontName="VeraBd", fontSize=16, leading=21, spaceAfter=8)
    heads = [
        ParagraphStyle(f"h{n}", base, fontName="VeraBd", fontSize=size, leading=size + 4, spaceBefore=8, keepWithNext=1)
        for n, size in enumerate((12.5, 11, 10), start=1)
    ]

    def flow(block: Block) -> list[Any]:
        if isinstance(block, str):
            return [Paragraph(escape(block), base)]
        if isinstance(block, Items):
            items = [ListItem(Paragraph(escape(item), base)) for item in block.items]
            return [ListFlowable(items, bulletType="bullet", start="•", bulletFontName="Vera", leftIndent=12)]
        cells = [[Paragraph(escape(shown(cell)), small) for cell in row] for row in block.rows]
        grid = [
            ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ]
        caption = [Paragraph(escape(block.caption), small)] if block.caption else []
        return [*caption, PdfTable(cells, repeatRows=1, style=grid, hAlign="LEFT"), Spacer(1, 6)]

    story: list[Any] = [Paragraph(escape(briefing.title), title), Paragraph(escape(briefing.byline), small)]
    for section in briefing.sections:
        story += [PageBreak()] if section.page_break else []
        story += [Paragraph(escape(section.heading), heads[min(section.level, 3) - 1])]
        story += [piece for block in section.body for piece in flow(block)]
    if briefing.sources:
        story += [Paragraph("Sources", heads[0]), *(Paragraph(escape(source), small) for source in briefing.sources)]

    labels = briefing.page_labels

    def furnish(canvas: Any, _: Any) -> None:
        canvas.setDateFormatter(lambda *_: f"D:{briefing.date:%Y%m%d}090000Z")
        number = canvas.getPageNumber()
        if labels and number > len(labels):
            raise ValueError(f"{briefing.file}: more pages than the {len(labels)} page labels")
        label = labels[number - 1] if labels else str(number)
        canvas.setFont("Vera", 7.5)
        canvas.drawString(22 * mm, 12 * mm, briefing.publisher)
        if label:
            canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, label)
        if labels:
            canvas.addPageLabel(number - 1, prefix=label or " ")

    out = io.BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm, bottomMargin=22 * mm,
        title=briefing.title, author=briefing.author, subject=briefing.publisher,
        creator="docs/sample-corpus/build.py", lang="en-GB", invariant=1,
    )  # fmt: skip
    template.build(story, onFirstPage=furnish, onLaterPages=furnish)
    if labels and template.page != len(labels):
        raise ValueError(f"{briefing.file}: {template.page} pages but {len(labels)} page labels")
    return out.getvalue()
