"""Rows and cells that a question asks about, by the names of the rows and columns of their table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.answering.asked.rows_asked import cell_asked_about, is_of_other_times, of_rows_asked_about, whole_table
from assistant.answering.evidence import Evidence
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import DateRange
from tests.answering.memory import MemoryCorpus, document

SCHOOLS = "Department: Schools | Budget 2023/24: 412.5 | Outturn 2023/24: 420.1 | Budget 2024/25: 431 | Change (%): 4.5"
FIRE = "Department: Fire service | Budget 2023/24: 71.3 | Outturn 2023/24: 70.8 | Budget 2024/25: 75.6 | Change (%): 6"
JOBLESS = "Unemployment (%) | 2024: 5.1 | 2025: 5.4 | 2026: 5.2"
REVENUES = (
    "Quantity: Canal revenue, January 2024 | Statement: 428 million",
    "Quantity: Staff, January 2024 | Statement: 40 in the revenue office",
)
GROWTH = "Growth (%) | 2024: 0.8 | 2025: 1.4 | 2026: 1.7"

LOWER = "Region: Lower Ardo | Week 15: 241 | Week 16: 352 | Deaths: 7"
UPPER = "Region: Upper Ardo | Week 15: 47 | Week 16: 71 | Deaths: 1"
ARDO_DOSES = ("Region: Lower Ardo | Doses: 221", "Region: Upper Ardo | Doses: 57")


def rows(*lines: str) -> Sequence[Evidence]:
    corpus = MemoryCorpus([document("one.txt", "\n".join(lines))], embedder := HashingEmbedder())
    scorer = EvidenceScorer(embedder, corpus)
    return sorted(scorer.score(scorer.read("budget"), corpus.retrieve("budget")), key=lambda one: one.span)


@pytest.mark.parametrize(
    ("question", "lines", "left"),
    [
        ("What is the budget for the fire service in 2024/25?", (SCHOOLS, FIRE), (FIRE,)),
        ("What is the unemployment forecast for 2026?", (JOBLESS, GROWTH), (JOBLESS,)),
        ("What is the forecast for 2026?", (JOBLESS, GROWTH), (JOBLESS, GROWTH)),
        ("Did the fire service get more than other departments?", (SCHOOLS, FIRE), (SCHOOLS, FIRE)),
        ("What do the fire service and schools get?", (SCHOOLS, FIRE), (SCHOOLS, FIRE)),
        ("What was the canal revenue in January 2024?", REVENUES, REVENUES[:1]),
        ("What is the unemployment forecast?", (JOBLESS, FIRE), (JOBLESS, FIRE)),
        ("How many cases had Upper Ardo?", (LOWER, UPPER), (UPPER,)),
        ("How many cases had Upper and Lower Ardo?", (LOWER, UPPER), (LOWER, UPPER)),
        ("How many cases had Ardo?", (LOWER, UPPER), (LOWER, UPPER)),
        ("How many cases had Upper Ardo?", (UPPER, *ARDO_DOSES), (UPPER, ARDO_DOSES[1])),  # rows of regions both
    ],
)
def test_rows_beside_the_one_that_is_named_are_of_others(
    question: str, lines: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert tuple(one.text for one in of_rows_asked_about(question, rows(*lines))) == left


@pytest.mark.parametrize(
    ("question", "row", "cell"),
    [
        ("What is the budget for schools in 2024/25?", SCHOOLS, "431"),
        ("What was the budget for schools in 2023/24?", SCHOOLS, "412.5"),
        ("What was the outturn for schools in 2023/24?", SCHOOLS, "420.1"),
        ("What was the change for schools?", SCHOOLS, "4.5"),
        ("What was the budget for schools?", SCHOOLS, None),
        ("What is the unemployment forecast for 2026?", JOBLESS, "5.2"),
        ("What is the unemployment forecast for 2027?", JOBLESS, None),
        ("How many cases were there in Lower Ardo in week 16?", LOWER, "352"),
        ("How many cases were there in Lower Ardo in week 17?", LOWER, None),
        ("How many cases were there in Lower Ardo?", LOWER, None),
        ("How many deaths were there in Lower Ardo?", LOWER, "7"),
        ("How many cases had Ardo in week 16?", "Region: Ardo | Week 16: 352 | Week 17: 9 | Deaths, week 16: 7", "352"),
        ("How many deaths had Ardo in week 16?", "Region: Ardo | Week 16: 352 | Week 17: 9 | Deaths, week 16: 7", "7"),
        ("How many tents are in Zahle?", "Depot: Zahle | Flour (tonnes): 145 | Tents: 75", "75"),
        ("How many tents are in Beirut?", "Depot: Zahle | Flour (tonnes): 145 | Tents: 75", None),
        ("What is in Zahle?", "Depot: Zahle | Flour (tonnes): 145 | Tents: 75", None),
        ("How many tents are in Zahle?", "The depot of Zahle holds 75 tents.", None),
    ],
)
def test_the_cell_is_that_of_the_column_asked_for(question: str, row: str, cell: str | None) -> None:
    found = cell_asked_about(question, row)
    assert (found.of(row) if found else None) == cell


@pytest.mark.parametrize(
    ("question", "row", "years", "other"),
    [
        ("What is the budget for schools in 2025/26?", SCHOOLS, (2025, 2026), True),
        ("What is the budget for schools in 2024/25?", SCHOOLS, (2024, 2025), False),
        ("What is the budget for schools in 2025?", SCHOOLS, (2025, 2025), False),
        ("What is the unemployment forecast for 2027?", JOBLESS, (2027, 2027), True),
        ("How did unemployment go from 2021 to 2024?", JOBLESS, (2021, 2024), False),
        ("How many cases had Lower Ardo in 2025?", LOWER, (2025, 2025), False),
        ("What was unemployment in 2019?", "Unemployment was lower than in 2021.", (2019, 2019), False),
    ],
)
def test_columns_of_other_years_do_not_answer(question: str, row: str, years: tuple[int, int], other: bool) -> None:
    time = DateRange(date(years[0], 1, 1), date(years[1], 12, 31))
    assert is_of_other_times(row, question, time) is other


BIDS = (
    "Bidder: Arlen Hub | Rent: 21 | Points: 87",
    "Bidder: Borl Marine | Rent: 24 | Points: 85",
    "Bidder: Cade | Rent: 19",
)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Compare the bids", BIDS),
        ("What were the bids?", BIDS),
        ("Compare the bids of Arlen Hub and Cade", (BIDS[0], BIDS[2])),
        ("How do the bids compare?", BIDS),
        ("What was the rent of Cade compared with that of others?", ()),
        ("What was the rent that Cade offered?", ()),
    ],
)
def test_a_table_that_is_compared_is_quoted_whole(question: str, shown: tuple[str, ...]) -> None:
    best, *others = rows(*BIDS, "Three firms had made bids for the pier.")
    assert tuple(one.text for one in whole_table(question, [best, *reversed(others)])) == shown
    assert whole_table(question, [others[-1], best, *others[:-1]]) == []
