"""Tables of PDF files: what stands in a column is read under its header, and what follows a table is not in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.colors import grey
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from assistant.corpus.pdf.reader import read

BODY = getSampleStyleSheet()["BodyText"]
BEFORE = "The hosts of the years are shown in the table below, as the ministry said."
AFTER = "After the table there is another sentence of text."
HOSTS = [
    ["Year", "Host", "Visitors", "Cost (€m)"],
    ["2019", "Singapore", "1,250", "7.5"],
    ["2022", "Oslo", "980", "6.1"],
    ["2023", "Rome", "1,400", "8.0"],
]
READ = (
    "Year: 2019 | Host: Singapore | Visitors: 1,250 | Cost (€m): 7.5\n"
    "Year: 2022 | Host: Oslo | Visitors: 980 | Cost (€m): 6.1\n"
    "Year: 2023 | Host: Rome | Visitors: 1,400 | Cost (€m): 8.0"
)


def read_table(path: Path, rows: list[list[Any]], style: list[tuple[Any, ...]], **layout: Any) -> str:
    """What is read of a table between two paragraphs."""
    table = Table(rows, style=style, **layout)
    SimpleDocTemplate(str(path / "a.pdf")).build([Paragraph(BEFORE, BODY), table, Paragraph(AFTER, BODY)])
    text = read(path / "a.pdf").text
    assert text.startswith(f"{BEFORE}\n\n")
    assert text.endswith(f"\n\n{AFTER}")
    return text.removeprefix(BEFORE).removesuffix(AFTER).strip()


LAYOUTS: dict[str, tuple[list[tuple[Any, ...]], int | None]] = {
    "narrow": ([], None),
    "a bold head": ([("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")], None),
    "a larger head": ([("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"), ("FONTSIZE", (0, 0), (-1, 0), 12)], None),
    "a centred head over numbers on the right": (
        [("ALIGN", (0, 0), (-1, 0), "CENTER"), ("ALIGN", (1, 1), (-1, -1), "RIGHT")],
        80,
    ),
    "all centred": ([("ALIGN", (0, 0), (-1, -1), "CENTER")], 90),
}


@pytest.mark.parametrize(("style", "width"), LAYOUTS.values(), ids=LAYOUTS)
def test_columns_keep_their_names_however_they_are_aligned(
    tmp_path: Path, style: list[tuple[Any, ...]], width: int | None
) -> None:
    assert read_table(tmp_path, HOSTS, style, colWidths=width) == READ


CELLS: dict[str, tuple[list[list[str]], str]] = {
    "an empty corner": (
        [["", "2022", "2023"], ["Norway", "400", "350"], ["Iceland", "1,100", "12"]],
        "Norway | 2022: 400 | 2023: 350\nIceland | 2022: 1,100 | 2023: 12",
    ),
    "empty cells": (
        [["Year", "Host", "Note"], ["2019", "Singapore", ""], ["2022", "", "cancelled"], ["2023", "Rome", "held"]],
        "Year: 2019 | Host: Singapore\nYear: 2022 | Note: cancelled\nYear: 2023 | Host: Rome | Note: held",
    ),
    "numbers first": (
        [["No", "Host", "City"], ["1", "Norway", "Oslo"], ["2", "Italy", "Rome"]],
        "No: 1 | Host: Norway | City: Oslo\nNo: 2 | Host: Italy | City: Rome",
    ),
    "two narrow columns": (
        [["Item", "No"], ["Ships", "12"], ["Trucks", "7"]],
        "Item: Ships | No: 12\nItem: Trucks | No: 7",
    ),
    "long names beside short ones": (
        [["Organisation", "Full name", "Seat"], ["ITU", "International Telecommunication Union", "Geneva"]],
        "Organisation: ITU | Full name: International Telecommunication Union | Seat: Geneva",
    ),
    "a first cell for two rows": (
        [["Country", "Year", "Quota"], ["Norway", "2022", "400"], ["", "2023", "350"]],
        "Country: Norway | Year: 2022 | Quota: 400\nYear: 2023 | Quota: 350",
    ),
}


@pytest.mark.parametrize(("rows", "text"), CELLS.values(), ids=CELLS)
def test_a_cell_stays_in_its_column(tmp_path: Path, rows: list[list[str]], text: str) -> None:
    assert read_table(tmp_path, rows, []) == text


def test_cells_of_several_lines_are_read_whole(tmp_path: Path) -> None:
    """As they are printed, cell by cell: a line of the second cell comes after the last one of the first."""
    rows = [
        ["Measure", "Who decides", "When"],
        ["Import duty on grain from the third countries of the East", "The Council of ministers", "2024"],
        ["Quota", "The Commission", "2025"],
    ]
    cells = [[Paragraph(cell, BODY) for cell in row] for row in rows]
    assert read_table(tmp_path, cells, [("VALIGN", (0, 0), (-1, -1), "TOP")], colWidths=[120, 120, 60]) == (
        "Measure: Import duty on grain from the third countries of the East | Who decides: The Council of ministers | "
        "When: 2024\nMeasure: Quota | Who decides: The Commission | When: 2025"
    )


GRID = ("GRID", (0, 0), (-1, -1), 0.5, grey)
RULED: dict[str, tuple[list[list[Any]], list[tuple[Any, ...]], str]] = {
    "narrow cells": (HOSTS, [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)], READ),
    "a wrapped head": (
        [["Country", "Quota for the\nyear 2022", "Quota for the\nyear 2023"], ["Norway", "400", "350"],
         ["Malta", "9", "8"]],
        [],
        "Country: Norway | Quota for the year 2022: 400 | Quota for the year 2023: 350\n"
        "Country: Malta | Quota for the year 2022: 9 | Quota for the year 2023: 8",
    ),
    "cells in the middle": (
        [["Body", "What it does"], ["Council", "Decides on duties\nand on quotas\nfor grain."],
         ["Court", "Hears cases."]],
        [("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
        "Body: Council | What it does: Decides on duties and on quotas for grain.\n"
        "Body: Court | What it does: Hears cases.",
    ),
    "a title over all columns": (
        [["Hosts of the dialogue", "", ""], ["Year", "Host", "City"], ["2019", "Singapore", "Singapore"],
         ["2022", "Italy", "Rome"]],
        [("SPAN", (0, 0), (-1, 0))],
        "Hosts of the dialogue\n\nYear: 2019 | Host: Singapore | City: Singapore\n"
        "Year: 2022 | Host: Italy | City: Rome",
    ),
    "a cell over two rows": (
        [["Country", "Year", "Quota"], ["Norway", "2022", "400"], ["", "2023", "350"]],
        [("SPAN", (0, 1), (0, 2))],
        "Country: Norway | Year: 2022 | Quota: 400\nCountry: Norway | Year: 2023 | Quota: 350",
    ),
    "rows that are not ruled off": (
        HOSTS,
        [("BOX", (0, 0), (-1, -1), 0.5, grey), ("INNERGRID", (0, 0), (-1, 0), 0.5, grey),
         *(("LINEAFTER", (column, 0), (column, -1), 0.5, grey) for column in range(3)),
         ("LINEBELOW", (0, 0), (-1, 0), 0.5, grey)],
        READ,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "style", "text"), RULED.values(), ids=RULED)
def test_the_cells_of_a_ruled_table_are_read(
    tmp_path: Path, rows: list[list[Any]], style: list[tuple[Any, ...]], text: str
) -> None:
    drawn = style if any(each[0] == "BOX" for each in style) else [GRID, *style]
    assert read_table(tmp_path, rows, drawn) == text


def test_boxes_around_the_text_of_a_page_are_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    lines = [f"Line {number} of a page that is set in boxes." for number in range(20)]
    for number, line in enumerate(lines):
        canvas.drawString(80, 740 - 14 * number, line)
        canvas.drawString(400, 733 - 14 * number, f"Beside {number}.")
    canvas.grid([70, 390, 560], [100, 400, 760])
    canvas.save()
    text = read(tmp_path / "a.pdf").text
    assert all(text.count(line) == 1 for line in lines)
    assert " | " not in text
