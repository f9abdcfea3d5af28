"""Writes a PowerPoint deck."""

from __future__ import annotations

import io

from briefing import Briefing, Items, Section, Table, shown

from writers.office import set_core, steady_zip


def write_pptx(briefing: Briefing) -> bytes:
    """A title slide, then one slide a section, then the sources."""
    from pptx import Presentation
    from pptx.util import Inches, Pt

    deck = Presentation()
    set_core(deck.core_properties, briefing)
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = briefing.title, briefing.byline
    sources = Section("Sources", 1, False, (Items(briefing.sources),), "")
    for section in (*briefing.sections, *((sources,) if briefing.sources else ())):
        tables = [block for block in section.body if isinstance(block, Table)]
        texts = [block for block in section.body if not isinstance(block, Table)]
        slide = deck.slides.add_slide(deck.slide_layouts[1 if texts else 5])
        slide.shapes.title.text = section.heading
        if texts:
            frame = slide.placeholders[1].text_frame
            lines = [line for block in texts for line in (block.items if isinstance(block, Items) else (block,))]
            for number, line in enumerate(lines):
                paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
                paragraph.text, paragraph.font.size = line, Pt(12 if section is sources else 18)
        for block in tables:
            top = Inches(4.4 if texts else 1.6)
            shape = slide.shapes.add_table(len(block.rows), len(block.rows[0]), Inches(0.5), top, Inches(9), Inches(1))
            for y, row in enumerate(block.rows):
                for x, value in enumerate(row):
                    shape.table.cell(y, x).text = shown(value)
                    shape.table.cell(y, x).text_frame.paragraphs[0].font.size = Pt(12)
        if section.notes:
            slide.notes_slide.notes_text_frame.text = section.notes
    out = io.BytesIO()
    deck.save(out)
    return steady_zip(out.getvalue(), briefing.date)
