from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from assistant.corpus.office.spreadsheet import read
from assistant.corpus.tables import shown


def test_each_row_of_a_workbook_names_its_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Shipments"
    for row in (
        ["Tonnes by month"],
        ["Month", "Tonnes", "Share", "Checked"],
        [dt.date(2022, 8, 1), 1700000, 0.125, True],
        [dt.datetime(2022, 9, 1, 12, 30), 2.5, None, False],
        [],
        ["a", 1],
        ["b", 2],
    ):
        sheet.append(row)
    sheet["B3"].number_format = "#,##0"
    sheet["C3"].number_format = "0.0%"
    book.create_sheet("Secret").append(["hidden"])
    book["Secret"].sheet_state = "hidden"
    book.create_sheet("Empty")
    book.properties.title = "Shipments of grain"
    book.save(tmp_path / "a.xlsx")

    extract = read(tmp_path / "a.xlsx")
    assert extract.text == (
        "Shipments\n\nTonnes by month\n\nMonth: 2022-08-01 | Tonnes: 1,700,000 | Share: 12.5% | Checked: TRUE\n"
        "Month: 2022-09-01 12:30 | Tonnes: 2.5 | Checked: FALSE\n\na | 1\nb | 2\n\nEmpty"
    )
    assert [h.span.of(extract.text) for h in extract.headings] == ["Shipments", "Empty"]
    assert (extract.title, extract.author) == ("Shipments of grain", None)
    assert extract.warnings == ("1 of its sheets are hidden and were left out",)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'Year,Host\n2019,"Singa\npore"\n2022,"say ""x"""\n'),
        ("a.csv", "Year;Host\r\n2019;Singa pore\r\n2022;say \"x\"\r\n"),
        ("a.csv", 'sep=;\r\nYear;Host\r\n2019;Singa pore\r\n2022;say "x"\r\n'),
        ("a.tsv", 'Year\tHost\n2019\tSinga pore\n2022\t"say ""x"""\n'),
    ],
)  # fmt: skip
def test_separated_values_are_read_whatever_parts_them(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode())
    assert read(path).text == 'Year: 2019 | Host: Singa pore\nYear: 2022 | Host: say "x"'


def test_values_without_a_header_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("2019,Singapore\n2020,none\n")
    assert read(tmp_path / "a.csv").text == "2019 | Singapore\n2020 | none"


@pytest.mark.parametrize(
    ("value", "number_format", "said"),
    [
        (2019, "General", "2019"),
        (2019.0, "General", "2019"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.5, "0%", "50%"),
        (5.3, '0.0"%"', "5.3%"),
        (5.3, r"0.0\%", "5.3%"),
        (0.053, "0.0%", "5.3%"),
        (1.5e-7, "0.00E+00", "1.50E-07"),
        (6.02e23, "0.00E+00", "6.02E+23"),
        (1234567890, '#,##0.0,,"M"', "1,234.6M"),
        (1234567, "[$€-2] #,##0.00", "€ 1,234,567.00"),
        (1234.5, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\)', "$1,234.50"),
        (-1234.5, "$#,##0;[Red]($#,##0)", "-$1,234.5"),
        (501, "00000", "00501"),
        (3.5, "# ?/?", "3.5"),
        (2_500_000, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "2.5M"),
        (2_500, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "2.5K"),
        (25, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "25"),
        (-2_500, '[<=-1000]-0.0,"K";[Red][<>0]0.0;0', "-2.5K"),
        (-5, '"US-$"0', "-US-$5"),
        (5, '[>=1000]0.0,"K"', "5"),
        (5.5, '0.0"; more";0', "5.5; more"),
        (1234567, "# ##0", "1 234 567"),
        (1234567.25, r"#\ ##0.0", "1 234 567.3"),
        (1234567, "#'##0", "1'234'567"),
        (1234567, "#\u202f##0.00", "1\u202f234\u202f567.00"),
        (5551234567, "(###) ###-####", "5551234567"),
        (1234, "000 000", "1234"),
        (2.675, "0.00", "2.68"),
        (0.125, "0.00", "0.13"),
        (1234.565, "#,##0", "1,234.57"),
        (2.5e20, "0E+00", "3E+20"),
        (1e300, "0.00", "1" + "0" * 300 + ".00"),
        (float("inf"), "0.00", "inf"),
        (5, "0.##", "5"),
        (5.1, "0.0##", "5.1"),
        (5, "0.0##", "5.0"),
        (dt.time(9, 30), "General", "09:30:00"),
        (None, "General", ""),
        ("text", "General", "text"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: object, number_format: str, said: str) -> None:
    assert shown(value, number_format) == said


def test_hidden_rows_and_columns_are_left_out_and_counted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (["Month", "Tonnes", "Note"], ["May", 1, "secret"], ["June", 2, "secret"], [], ["July", 3, "secret"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[400].hidden = True  # holds nothing
    book.save(tmp_path / "a.xlsx")
    extract = read(tmp_path / "a.xlsx")
    assert extract.text == "Sheet\n\nMonth: May | Tonnes: 1\n\nJuly | 3"
    assert extract.warnings == ("6 cells of its hidden rows and columns were left out",)


def test_formulas_that_nobody_computed_are_told_of(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (["Month", "Tonnes"], ["May", 1], ["All", "=SUM(B2:B2)"], ["Twice", "=B2*2"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    extract = read(tmp_path / "a.xlsx")
    assert extract.text == "Sheet\n\nMonth: May | Tonnes: 1\nMonth: All\nMonth: Twice"
    (warning,) = extract.warnings
    assert warning.startswith("2 of its cells have a formula whose value is not in the file")
