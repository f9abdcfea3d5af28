"""Which rows of a table sum up the others."""

from __future__ import annotations

import pytest

from assistant.answering.tables.rows import rows_in
from assistant.answering.tables.sums import without_sums
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

DISTRICTS = (
    "District: Arvo | Dead: 212 | Injured: 1,480 | Missing: 31\n"
    "District: Beltis | Dead: 87 | Injured: 960 | Missing: 12\n"
    "District: Corren | Dead: 140 | Injured: 2,115 | Missing: n/a\n"
)
SHARES = "Good: Ore | Share (%): 40.3\nGood: Cloth | Share (%): 30.3\nGood: Fish | Share (%): 29.3\n"


def kept(table: str) -> list[str]:
    corpus = MemoryCorpus([document("table.csv", table)], HashingEmbedder())
    rows = list(rows_in([passage.chunk for passage in corpus.retrieve("dead share good medals")]))
    return [row.cells[row.head].of(row.text) for row in without_sums(rows)]


@pytest.mark.parametrize(
    "last",
    [
        "District: Province | Dead: 439 | Injured: 4,555 | Missing: 43",
        "District: Lamar | Dead: 439 | Injured: n/a | Missing: ",
        "District: Total of all districts | Dead: 1 | Injured: 2 | Missing: 3",
        "District: Sum of all | Dead: 1 | Injured: 2 | Missing: 3",
        "District: Both provinces | Dead: 1 | Injured: 2 | Missing: 3",
    ],
)
def test_a_row_is_the_sum_by_its_name_or_its_numbers(last: str) -> None:
    assert kept(DISTRICTS + last) == ["Arvo", "Beltis", "Corren"]
    assert kept(last + "\n" + DISTRICTS) == ["Arvo", "Beltis", "Corren"]


def test_a_sum_of_rounded_numbers_may_miss_it_by_little() -> None:
    assert kept(SHARES + "Good: Exports | Share (%): 100.0") == ["Ore", "Cloth", "Fish"]
    assert kept(SHARES + "Good: Exports | Share (%): 98.5") == ["Ore", "Cloth", "Fish", "Exports"]


@pytest.mark.parametrize(
    "last",
    [
        "District: Dunmar | Dead: 9 | Injured: 74 | Missing: 0",
        "District: Dunmar | Dead: 450 | Injured: 4,629 | Missing: 43",
    ],
)
def test_the_largest_row_is_no_sum_where_the_others_do_not_add_up_to_it(last: str) -> None:
    assert kept(DISTRICTS + last) == ["Arvo", "Beltis", "Corren", "Dunmar"]


def test_small_numbers_add_up_by_accident() -> None:
    medals = (
        "Team: A | Gold: 4 | Silver: 3\nTeam: B | Gold: 2 | Silver: 2\nTeam: C | Gold: 1 | Silver: 0\n"
        "Team: D | Gold: 1 | Silver: 1"
    )
    assert kept(medals) == ["A", "B", "C", "D"]
