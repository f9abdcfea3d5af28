"""Writes a Word document."""

from __future__ import annotations

import io

from briefing import Briefing, Items, shown

from writers.office import set_core, steady_zip


def write_docx(briefing: Briefing) -> bytes:
    """Real heading styles, tables with a repeated header row, core properties."""
    from docx import Document
    from docx.oxml import OxmlElement

    document = Document()
    set_core(document.core_properties, briefing)
    document.add_heading(briefing.title, level=0)
    document.add_paragraph(briefing.byline, style="Subtitle")
    for section in briefing.sections:
        if section.page_break:
            document.add_page_break()
        document.add_heading(section.heading, level=section.level)
        for block in section.body:
            if isinstance(block, str):
                document.add_paragraph(block)
            elif isinstance(block, Items):
                for item in block.items:
                    document.add_paragraph(item, style="List Bullet")
            else:
                if block.caption:
                    document.add_paragraph(block.caption, style="Caption")
                table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
                for row in block.rows:
                    for cell, value in zip(table.add_row().cells, row, strict=True):
                        cell.text = shown(value)
                table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
                for cell in table.rows[0].cells:
                    for run in cell.paragraphs[0].runs:
                        run.bold = True
    if briefing.sources:
        document.add_heading("Sources", level=1)
        for source in briefing.sources:
            document.add_paragraph(source, style="List Number")
    out = io.BytesIO()
    document.save(out)
    return steady_zip(out.getvalue(), briefing.date)
