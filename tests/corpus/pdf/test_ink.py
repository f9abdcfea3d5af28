"""Print that a page makes invisible, or white on white, is left out; what something dark may lie behind is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistant.corpus.pdf.reader import read

Draw = Callable[[Canvas], None]


def secret(canvas: Canvas) -> None:
    canvas.drawString(60, 600, "Secret words.")


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    secret(canvas)


def white_ink(canvas: Canvas) -> None:
    canvas.setFillColorCMYK(0, 0, 0, 0)
    secret(canvas)


def invisible(canvas: Canvas) -> None:
    drawn = canvas.beginText(60, 600)
    drawn.setTextRenderMode(3)
    drawn.textLine("Secret words.")
    canvas.drawText(drawn)


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    secret(canvas)


def dark(canvas: Canvas, y: int) -> None:
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(50, y, 300, 30, fill=1, stroke=0)


def dark_elsewhere(canvas: Canvas) -> None:
    dark(canvas, 490)
    white(canvas)


def dark_behind(canvas: Canvas) -> None:
    dark(canvas, 590)
    white(canvas)


def dark_behind_moved(canvas: Canvas) -> None:
    canvas.translate(0, 100)
    dark(canvas, 490)
    canvas.translate(0, -100)
    white(canvas)


def broad_line(canvas: Canvas) -> None:
    canvas.setLineWidth(40)
    canvas.line(50, 605, 400, 605)
    white(canvas)


def image_behind(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (5, 5))), 40, 580, 300, 60)
    white(canvas)


def image_inline(canvas: Canvas) -> None:
    canvas.drawInlineImage(Image.new("RGB", (5, 5)), 40, 580, 300, 60)
    white(canvas)


def form_behind(canvas: Canvas) -> None:
    canvas.beginForm("ground")
    dark(canvas, 590)
    canvas.endForm()
    canvas.doForm("ground")
    white(canvas)


def recognised(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (5, 5))), 0, 0, 500, 800)
    invisible(canvas)


def white_before(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.restoreState()
    secret(canvas)


def quotation(canvas: Canvas) -> None:
    white(canvas)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(60, 550, "“Secret words.” – said Ina Holt")


def made(folder: Path, draw: Draw) -> Path:
    canvas = Canvas(str(folder / "a.pdf"), invariant=True)
    canvas.drawString(60, 780, "The first line of the page.")
    canvas.saveState()
    draw(canvas)
    canvas.restoreState()
    canvas.drawString(60, 500, "The last line of the page.")
    canvas.save()
    return folder / "a.pdf"


@pytest.mark.parametrize("draw", [white, white_ink, invisible, transparent, dark_elsewhere])
def test_print_that_nobody_sees_is_left_out_and_said(tmp_path: Path, draw: Draw) -> None:
    extract = read(made(tmp_path, draw))
    assert "Secret" not in extract.text
    assert "The first line of the page." in extract.text
    assert "The last line of the page." in extract.text
    assert extract.warnings == ("text that is hidden on its pages (invisible, or white on white) was left out",)


@pytest.mark.parametrize(
    "draw",
    [
        secret,
        dark_behind,
        dark_behind_moved,
        broad_line,
        image_behind,
        image_inline,
        form_behind,
        recognised,
        white_before,
    ],
)
def test_print_that_may_be_seen_is_read(tmp_path: Path, draw: Draw) -> None:
    extract = read(made(tmp_path, draw))
    assert "Secret words." in extract.text
    assert extract.warnings == ()


def test_what_stays_is_read_in_its_own_characters(tmp_path: Path) -> None:
    assert "\n“Secret words.” – said Ina Holt" in read(made(tmp_path, quotation)).text
