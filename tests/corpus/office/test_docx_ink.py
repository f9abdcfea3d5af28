"""White print in Word is left out where nothing can lie behind it, and only there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.run import Run

from assistant.corpus.office.docx import read

WHITE = RGBColor(255, 255, 255)


def shade(parent: object, fill: str) -> None:
    mark = OxmlElement("w:shd")
    mark.set(qn("w:val"), "clear")
    mark.set(qn("w:fill"), fill)
    parent.append(mark)  # type: ignore[attr-defined]


def white(document: Document) -> Run:
    run = document.add_paragraph("Seen. ").add_run("Secret.")
    run.font.color.rgb = WHITE
    return run


def plain_white(document: Document) -> None:
    white(document)


def white_on_white(document: Document) -> None:
    shade(white(document)._r.get_or_add_rPr(), "FFFFFF")


def tiny(document: Document) -> None:
    document.add_paragraph("Seen. ").add_run("Secret.").font.size = Pt(1)


def shaded_run(document: Document) -> None:
    shade(white(document)._r.get_or_add_rPr(), "1F3864")


def highlighted(document: Document) -> None:
    white(document).font.highlight_color = WD_COLOR_INDEX.DARK_BLUE


def shaded_paragraph(document: Document) -> None:
    shade(white(document)._parent._p.get_or_add_pPr(), "1F3864")


def shaded_style(document: Document) -> None:
    shade(document.styles["Quote"].element.get_or_add_pPr(), "1F3864")
    run = document.add_paragraph(style="Intense Quote").add_run("Secret.")
    run.font.color.rgb = WHITE
    document.styles["Intense Quote"].base_style = document.styles["Quote"]


def dark_cell(document: Document) -> None:
    cell = document.add_table(1, 2).cell(0, 0)
    shade(cell._tc.get_or_add_tcPr(), "1F3864")
    cell.paragraphs[0].add_run("Secret.").font.color.rgb = WHITE


def styled_table(document: Document) -> None:
    table = document.add_table(1, 2, style="Light Grid Accent 1")
    table.cell(0, 0).paragraphs[0].add_run("Secret.").font.color.rgb = WHITE


def dark_page(document: Document) -> None:
    white(document)
    ground = OxmlElement("w:background")
    ground.set(qn("w:color"), "000000")
    document.element.insert(0, ground)


def made(folder: Path, build: Callable[[Document], None]) -> Path:
    document = docx.Document()
    document.add_paragraph("The first paragraph.")
    build(document)
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


@pytest.mark.parametrize("build", [plain_white, white_on_white, tiny])
def test_print_that_nobody_sees_is_left_out_and_counted(tmp_path: Path, build: Callable[[Document], None]) -> None:
    extract = read(made(tmp_path, build))
    assert extract.text == "The first paragraph.\n\nSeen."
    assert extract.warnings == ("1 hidden element was left out",)


@pytest.mark.parametrize(
    "build",
    [shaded_run, highlighted, shaded_paragraph, shaded_style, dark_cell, styled_table, dark_page],
)
def test_white_print_on_something_dark_is_read(tmp_path: Path, build: Callable[[Document], None]) -> None:
    extract = read(made(tmp_path, build))
    assert "Secret." in extract.text
    assert extract.warnings == ()
