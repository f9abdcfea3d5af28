"""Pieces of type are put together by where they begin and end, and small figures of a font are told from its usual."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
import typst
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from assistant.corpus.pdf.reader import read


def printed(path: Path, steps: str, base: str = "/Helvetica") -> str:
    """The text of a page whose content are these steps, with the font `base` as /F1."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": base}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = StreamObject()
    content.set_data(f"BT {steps} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(path / "a.pdf")
    return read(path / "a.pdf").text


STEPS = {
    "by another matrix": "11 0 0 11 72 700 Tm /F1 1 Tf (It rose to 250.) Tj 6 0 0 6 139.3 704 Tm (1) Tj "
    "11 0 0 11 142.6 700 Tm ( Next it was 10) Tj 6 0 0 6 214.7 704 Tm (6) Tj 11 0 0 11 218.1 700 Tm (, too.) Tj",
    "by its rise": "1 0 0 1 72 700 Tm /F1 11 Tf (It rose to 250.) Tj 4 Ts (1) Tj 0 Ts ( Next it was 10) Tj 4 Ts (6) Tj "
    "0 Ts (, too.) Tj",
    "by a move": "/F1 11 Tf 72 700 Td (It rose to 250.) Tj /F1 6 Tf 67.3 4 Td (1) Tj /F1 11 Tf 3.3 -4 Td "
    "( Next it was 10) Tj /F1 6 Tf 72.1 4 Td (6) Tj /F1 11 Tf 3.3 -4 Td (, too.) Tj",
    "with spaces that are moves": "/F1 11 Tf 72 700 Td [(It) -278 (rose) -278 (to) -278 (250.)] TJ /F1 6 Tf 4 Ts (1) "
    "Tj /F1 11 Tf 0 Ts [-278 (Next) -278 (it) -278 (was) -278 (10)] TJ /F1 6 Tf 4 Ts (6) Tj /F1 11 Tf 0 Ts (, too.) Tj",
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_what_is_raised_is_told_from_the_text_however_it_is_printed(tmp_path: Path, steps: str) -> None:
    """As cairo, an editor of one size of type, and TeX write it."""
    assert printed(tmp_path, steps) == "It rose to 250. Next it was 10^6, too."


def test_what_is_raised_is_told_from_the_text_without_the_widths_of_its_font(tmp_path: Path) -> None:
    steps = STEPS["by its rise"]
    assert printed(tmp_path, steps, base="/Unheard-Of") == "It rose to 250. Next it was 10^6, too."


def test_words_that_move_to_the_next_line_as_they_are_shown_are_read(tmp_path: Path) -> None:
    steps = "/F1 11 Tf 13 TL 72 700 Td (It rose to 250 and) Tj (then it fell to 240) ' 0 0 (in the year of 2019.) \""
    assert printed(tmp_path, steps) == "It rose to 250 and then it fell to 240 in the year of 2019."


@pytest.mark.parametrize(
    "pieces",
    [["In 20", "19 it fell", ", he said."], ["WIDE CAPITALS", "-", "AND A HYPHEN"], ["“", "Quoted", "”, he said"]],
)
def test_pieces_that_touch_are_one_word(tmp_path: Path, pieces: list[str]) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    x = 72.0
    for piece in pieces:
        canvas.drawString(x, 700, piece)
        x += stringWidth(piece, "Helvetica", 12)
    canvas.save()
    assert read(tmp_path / "a.pdf").text == "".join(pieces)


def test_pieces_apart_are_words(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    x = 72.0
    for piece in ("the", "lili", "?LAST", ":", "WIDE", "word"):
        canvas.drawString(x, 700, piece)
        x += stringWidth(f"{piece} ", "Helvetica", 12)
    canvas.save()
    assert read(tmp_path / "a.pdf").text == "the lili ?LAST : WIDE word"


def test_figures_that_a_font_has_in_a_small_form_are_marks_of_notes_and_powers(tmp_path: Path) -> None:
    """Typst neither raises them nor sets them in smaller type."""
    (tmp_path / "a.typ").write_text(
        "It rose to 250.#footnote[Data of 2019.] It was 240#footnote[Also 1, 2, 3 and 4.] in the "
        "semi-annual report, with 10#super[6] tonnes of CO#sub[2]."
    )
    typst.compile(tmp_path / "a.typ", output=tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf").text == (
        "It rose to 250. It was 240 in the semi-annual report, with 10^6 tonnes of CO2.\n\n"
        "1. Data of 2019.\n\n2. Also 1, 2, 3 and 4."
    )
