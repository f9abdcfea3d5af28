"""Which column of a table a question asks about."""

from __future__ import annotations

import pytest

from assistant.answering.tables.columns import numbers_asked, takes_adding_up, times_asked
from assistant.answering.tables.extremes import extremes
from assistant.answering.tables.names import of_names_asked
from assistant.answering.tables.rows import Row, numbers_in, tables_in
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

PARTIES = (
    "No.: 1 | Party: Unity | Change in seats: -9 | Share of votes (%): 34.1 | Votes: 812,400 | Seats: 46\n"
    "No.: 2 | Party: Labour | Change in seats: +4 | Share of votes (%): 26.9 | Votes: 640,200 | Seats: 37\n"
    "No.: 3 | Party: Greens | Change in seats: +5 | Share of votes (%): 16.9 | Votes: 401,900 | Seats: 22"
)
TOWNS = (
    "Town: Aldersey | Spending (million euros): 63 | Debt per head (euros): 1,210\n"
    "Town: Brackholm | Spending (million euros): 151 | Debt per head (euros): 890\n"
    "Town: Corvane | Spending (million euros): 14 | Debt per head (euros): 2,430"
)
GOODS = (
    "Good: Ore | Value (million talers): 1630 | Change (%): -8.2 | Rank: 1\n"
    "Good: Cloth | Value (million talers): 1990 | Change (%): 12.4 | Rank: 2\n"
    "Good: Fish | Value (million talers): 305 | Change (%): -15.7 | Rank: 3"
)
YEARS = "County: Ask | Doses 2022: 4 | Doses 2023: 5 | Doses 2024 (target): 9\n" * 3
HALF = "County: A | 2023: 1 | 2024: 1\nCounty: B | 2024: 2\nCounty: C | 2024: 3\nCounty: D | 2024: 4"
FOUNDED = (
    "Firm: A | Founded: 1990 | Staff: 12\nFirm: B | Founded: 2001 | Staff: 1990\nFirm: C | Founded: 1950 | Staff: 14"
)


def table(text: str) -> list[Row]:
    corpus = MemoryCorpus([document("t.csv", text)], HashingEmbedder())
    return tables_in([passage.chunk for passage in corpus.retrieve("party town good county firm")])[0]


@pytest.mark.parametrize(
    ("question", "text", "column"),
    [
        ("Which parties won more than 15 per cent of the votes?", PARTIES, "Share of votes (%)"),
        ("Which parties won more than 500,000 votes?", PARTIES, "Votes"),
        ("Which party won the most seats?", PARTIES, "Seats"),
        ("Which party lost the most seats?", PARTIES, "Change in seats"),
        ("Which party lost the most?", PARTIES, "Change in seats"),
        ("Which party lost the most votes?", PARTIES, None),
        ("Which towns have more than 5 per cent of the spending?", TOWNS, None),
        ("Which town has the highest debt?", TOWNS, None),
        ("Which town has the highest debt per head?", TOWNS, "Debt per head (euros)"),
        ("Which town has the highest debt per inhabitant?", TOWNS, "Debt per head (euros)"),
        ("Which town spends the most per head?", TOWNS, None),
        ("Which town has the highest spending per year?", TOWNS, "Spending (million euros)"),
        ("Which good had the largest fall?", GOODS, "Change (%)"),
        ("Which good had the largest fall in talers?", GOODS, None),
        ("Which county gave the most doses?", YEARS, "Doses 2023"),
        ("Which county gave the most doses in 2022?", YEARS, "Doses 2022"),
        ("Which county had the most in 2023?", HALF, None),
        ("Which firm has the most staff?", FOUNDED, "Staff"),
        ("Which firm is the largest?", FOUNDED, "Staff"),
    ],
)
def test_the_column_counts_in_what_is_asked_for(question: str, text: str, column: str | None) -> None:
    assert numbers_asked(question, table(text)) == column


def test_a_number_that_looks_like_a_year_is_a_number_where_others_do_not() -> None:
    rows = table(FOUNDED)
    assert [number for number, _ in numbers_in(rows, "Staff")] == [12, 1990, 14]
    assert numbers_in(rows, "Founded") == []


@pytest.mark.parametrize(("asked", "good"), [("highest", "Ore"), ("lowest", "Fish")])
def test_the_highest_rank_is_the_first(asked: str, good: str) -> None:
    rows = table(GOODS)
    found = extremes(f"Which good has the {asked} rank?", "Rank", numbers_in(rows, "Rank"), lambda _: True)
    assert found is not None
    assert [row.cells["Good"].of(row.text) for row in found] == [good]


FINES = (
    "Firm: Marlo | Country: Maland | Fined on: 12 October 2023 | Fine: 450\n"
    "Firm: Quill | Country: Maland | Fined on: 17 September 2024 | Fine: 85\n"
    "Firm: Vell | Country: Kelmar | Fined on: 23 January 2024 | Fine: 2750"
)


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("Which firm was punished most recently?", "Fined on"),
        ("Who was arrested last?", None),
        ("Who was listed last?", None),
    ],
)
def test_a_single_column_of_dates_needs_no_name(question: str, column: str | None) -> None:
    assert times_asked(question, table(FINES.replace("Fined on", "Last fined on"))) == (column and "Last fined on")


@pytest.mark.parametrize(
    ("question", "firms"),
    [
        ("Which firm in Maland paid the largest fine?", ["Marlo", "Quill"]),
        ("Which firm paid the largest fine besides Vell?", ["Marlo", "Quill"]),
        ("Which firm paid the largest fine after Vell?", ["Marlo", "Quill"]),
        ("Which firm paid the largest fine outside Maland?", ["Vell"]),
        ("Which firm paid a larger fine than Marlo?", ["Marlo", "Quill", "Vell"]),
        ("Did Quill, which firm experts know, pay the largest fine?", ["Marlo", "Quill", "Vell"]),
        ("Which firm paid the largest fine?", ["Marlo", "Quill", "Vell"]),
    ],
)
def test_a_name_in_the_question_tells_which_rows_are_meant(question: str, firms: list[str]) -> None:
    rows = of_names_asked(question, table(FINES))
    assert [row.cells["Firm"].of(row.text) for row in rows] == firms


@pytest.mark.parametrize(
    ("question", "adding"),
    [
        ("Which country paid the largest fine?", True),
        ("Which country has the firm with the largest fine?", False),
        ("Which firm paid the largest fine?", False),
        ("Who paid the largest fine?", False),
    ],
)
def test_a_thing_with_several_rows_is_not_told_by_one_of_them(question: str, adding: bool) -> None:
    assert takes_adding_up(question, table(FINES), "Fine") is adding


def test_a_year_beside_a_thing_is_no_row_of_its_own() -> None:
    rows = table("Year: 2022 | Country: A | Exports: 5\nYear: 2023 | Country: A | Exports: 6")
    assert not takes_adding_up("Which country had the highest exports?", rows, "Exports")
