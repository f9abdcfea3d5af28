from __future__ import annotations

from pathlib import Path

import pptx
from pptx.util import Inches

from assistant.corpus.pptx import read


def test_each_slide_is_a_page_with_its_title_list_table_and_notes(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Talks declined"
    frame = slide.placeholders[1].text_frame
    frame.text = "First point"
    inner = frame.add_paragraph()
    inner.text, inner.level = "Inner point", 1
    slide.notes_slide.notes_text_frame.text = "Say this aloud."
    deck.slides.add_slide(deck.slide_layouts[6])
    secret = deck.slides.add_slide(deck.slide_layouts[5])
    secret.shapes.title.text = "Not shown"
    secret.element.set("show", "0")
    last = deck.slides.add_slide(deck.slide_layouts[5])
    last.shapes.title.text = "Hosts"
    table = last.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(5), Inches(1)).table
    for row, values in enumerate((("Year", "Host"), ("2019", "Singapore"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    box = last.shapes.add_textbox(Inches(1), Inches(4), Inches(4), Inches(1))
    box.text_frame.text = "A box."
    deck.save(str(tmp_path / "a.pptx"))

    extract = read(tmp_path / "a.pptx")
    assert extract.text == (
        "Talks declined\n\n- First point\n  - Inner point\n\nNotes\n\nSay this aloud.\n\n"
        "Hosts\n\nYear: 2019 | Host: Singapore\n\nA box."
    )
    assert [(p.index, p.label, p.span.of(extract.text)[:14]) for p in extract.pages] == [
        (1, "1", "Talks declined"),
        (4, "4", "Hosts\n\nYear: 2"),
    ]
    assert [(h.level, h.span.of(extract.text)) for h in extract.headings] == [
        (1, "Talks declined"),
        (2, "Notes"),
        (1, "Hosts"),
    ]
    assert extract.title == "Talks declined"
    assert extract.author is None
    assert extract.warnings == ("1 of its slides are hidden and were left out",)


def test_shapes_beside_the_slide_are_left_out_and_counted(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Hosts"
    places = {"left": (-9, 1), "right": (11, 1), "above": (1, -4), "edge": (-1, 1), "turned": (-5, 1)}
    for text, (left, top) in places.items():
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(5), Inches(1))
        box.text_frame.text = f"Stands {text}."
        box.rotation = 90 if text == "turned" else 0
    slide.shapes.add_textbox(Inches(-9), Inches(1), Inches(5), Inches(1))  # empty
    deck.save(str(tmp_path / "a.pptx"))
    extract = read(tmp_path / "a.pptx")
    assert extract.text == "Hosts\n\nStands edge.\n\nStands turned."
    assert extract.warnings == ("3 of its shapes stand beside a slide, hidden when it is shown, and were left out",)
