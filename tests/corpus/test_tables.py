from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import pytest

from assistant.corpus.canonical import CanonicalText
from assistant.corpus.loading import documents_of
from assistant.corpus.tables import add_table

MEMO = [["To", "Minister Smith"], ["From", "Black Sea desk"], ["Date", "31 May 2023"]]


def written(rows: Sequence[Sequence[str]], *, header: bool | None = None) -> str:
    out = CanonicalText()
    add_table(out, rows, header=header)
    return out.finish().text


def test_the_head_of_a_memo_names_no_columns(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for values in MEMO:
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    document.add_paragraph("Exports fell.")
    document.save(str(tmp_path / "a.docx"))
    (read,) = documents_of(tmp_path / "a.docx", "a.docx")
    assert read.text == "To: Minister Smith\nFrom: Black Sea desk\nDate: 31 May 2023\n\nExports fell."
    assert read.source.date == date(2023, 5, 31)


@pytest.mark.parametrize("header", [None, True])
def test_it_does_not_where_the_program_that_wrote_it_marks_its_first_row(header: bool | None) -> None:
    assert written(MEMO, header=header) == "To: Minister Smith\nFrom: Black Sea desk\nDate: 31 May 2023"


def test_a_sheet_may_begin_with_the_head_of_a_memo(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("To,Minister Smith\nSubject,Grain\n\nMonth,Tonnes\nMay,5\n")
    (read,) = documents_of(tmp_path / "a.csv", "a.csv")
    assert read.text == "To: Minister Smith\nSubject: Grain\n\nMonth: May | Tonnes: 5"


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([["To", "Minister Smith"], ["Desk", "Black Sea"]], "To: Minister Smith\nDesk | Black Sea"),
        ([["Place:", "Geneva"], ["Chair:", "Norway"]], "Place: Geneva\nChair: Norway"),
        ([["To", "Smith", "Ref", "12a"], ["From", "Jones", "Copy", "Lee"]],
         "To | Smith | Ref | 12a\nFrom | Jones | Copy | Lee"),
        ([["Talks", "31 May 2023"], ["Vote", "in June"]], "Talks | 31 May 2023\nVote | in June"),
        ([["Wednesday, 31 May 2023", "Talks failed"], ["1 June 2023", "Vote"]],
         "Wednesday, 31 May 2023 | Talks failed\n1 June 2023 | Vote"),
    ],
)  # fmt: skip
def test_rows_that_name_no_columns_are_read_as_they_are(rows: list[list[str]], text: str) -> None:
    assert written(rows) == text


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([["Date", "Event"], ["31 May 2023", "Talks"]], "Date: 31 May 2023 | Event: Talks"),
        ([["From", "To", "Tonnes"], ["Odesa", "Spain", "5"]], "From: Odesa | To: Spain | Tonnes: 5"),
        ([["From", "To"], ["Odesa", "Spain"]], "From: Odesa | To: Spain"),
        ([["Month:", "Tonnes since 1 August 2022:"], ["May", "5"]], "Month: May | Tonnes since 1 August 2022: 5"),
    ],
)  # fmt: skip
def test_a_label_can_name_a_column(rows: list[list[str]], text: str) -> None:
    assert written(rows) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Country,2021,2022\nUkraine,5.1,6.2\n", "Country: Ukraine | 2021: 5.1 | 2022: 6.2"),
        ("Country,Unit,2021,2022\nUkraine,t,5.1,\n", "Country: Ukraine | Unit: t | 2021: 5.1"),
        (",Exports,Imports\n2021,5,6\n", "2021 | Exports: 5 | Imports: 6"),
        (",2021,2022\nUkraine,5.1,6.2\n", "Ukraine | 2021: 5.1 | 2022: 6.2"),
        ("Country,2023-05-31,2023-06-30\nUkraine,5,6\n", "Country: Ukraine | 2023-05-31: 5 | 2023-06-30: 6"),
        (",Month,Tonnes\n,May,5\n", "Month: May | Tonnes: 5"),
    ],
)
def test_years_and_days_name_columns_and_a_corner_may_be_empty(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.csv").write_text(text)
    (read,) = documents_of(tmp_path / "a.csv", "a.csv")
    assert read.text == said


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([["Ukraine", "1991", "2014"], ["Russia", "1991", "n/a"]], "Ukraine | 1991 | 2014\nRussia | 1991 | n/a"),
        ([["Founded", "1991"], ["Members", "27"]], "Founded | 1991\nMembers | 27"),
        ([["2021", "2022"], ["5.1", "6.2"]], "2021 | 2022\n5.1 | 6.2"),
        ([["Talks", "2023-05-01", "2023-06-01"], ["Vote", "2023-05-02", ""]],
         "Talks | 2023-05-01 | 2023-06-01\nVote | 2023-05-02"),
        ([["Vote", "passed", "31 May 2023"], ["Talks", "failed", "in June"]],
         "Vote | passed | 31 May 2023\nTalks | failed | in June"),
        ([["", "Tonnes by month"], ["Month", "Tonnes"]], "Tonnes by month\nMonth | Tonnes"),
    ],
)  # fmt: skip
def test_years_and_days_that_are_values_name_nothing(rows: list[list[str]], text: str) -> None:
    assert written(rows) == text
