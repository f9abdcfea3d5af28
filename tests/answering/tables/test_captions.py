"""Tables with the same columns in one document, told apart by what stands above them."""

from __future__ import annotations

import pytest

from assistant.answering.evidence import Evidence
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.tables.captions import cannot_be_meant
from assistant.answering.tables.rows import tables_in
from assistant.answering.tables.settling import settled
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Document
from tests.answering.memory import MemoryCorpus, document

QUAKES = document(
    "quakes.docx",
    "Table 1: Casualties of the first earthquake\n\n"
    "District: Arvo | Dead: 212 | Injured: 1,480\nDistrict: Beltis | Dead: 87 | Injured: 960\n"
    "District: Corren | Dead: 140 | Injured: 2,115\n\n"
    "Table 2: Casualties of the second earthquake\n\n"
    "District: Arvo | Dead: 14 | Injured: 105\nDistrict: Beltis | Dead: 61 | Injured: 702\n"
    "District: Corren | Dead: 3 | Injured: 48",
)
TRADE = document(
    "trade.xlsx",
    "Exports by partner\n\n"
    "Partner: Orvania | 2023: 1510 | 2024: 1472\nPartner: Pellan | 2023: 402 | 2024: 455\n"
    "Partner: Kelmar | 2023: 890 | 2024: 1205\n"
    "Partner: Isles | 2024: 120\n\n"
    "Imports by partner\n\n"
    "Partner: Orvania | 2023: 1340 | 2024: 1388\nPartner: Pellan | 2023: 144 | 2024: 160\n"
    "Partner: Isles | 2023: 16 | 2024: 19",
)


def rows(question: str, table: Document) -> list[str]:
    corpus = MemoryCorpus([table], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    passages = corpus.retrieve("district partner")
    evidence: list[Evidence] = scorer.score(scorer.read(question), passages)
    found = settled(question, evidence, lambda *_: [passage.chunk for passage in passages])
    return sorted(one.text for one in found.rows)


@pytest.mark.parametrize(
    ("question", "table", "told"),
    [
        (
            "Which district had the most dead in the second earthquake?",
            QUAKES,
            ["District: Beltis | Dead: 61 | Injured: 702"],
        ),
        (
            "Which district had the most dead in the first earthquake?",
            QUAKES,
            ["District: Arvo | Dead: 212 | Injured: 1,480"],
        ),
        (
            "Which district had the most dead in the earthquakes?",
            QUAKES,
            ["District: Arvo | Dead: 212 | Injured: 1,480", "District: Beltis | Dead: 61 | Injured: 702"],
        ),
        ("Which district had the most dead in the third earthquake?", QUAKES, []),
        ("Which partner had the lowest exports in 2023?", TRADE, ["Partner: Pellan | 2023: 402 | 2024: 455"]),
        ("Which partner had the lowest imports in 2023?", TRADE, ["Partner: Isles | 2023: 16 | 2024: 19"]),
    ],
)
def test_the_caption_tells_which_of_two_tables_is_meant(question: str, table: Document, told: list[str]) -> None:
    assert rows(question, table) == told


def test_rows_of_another_table_alone_are_no_evidence() -> None:
    corpus = MemoryCorpus([QUAKES], HashingEmbedder())
    question = "Which district had the most dead in the second earthquake?"
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    passages = corpus.retrieve("district")
    evidence = [one for one in scorer.score(scorer.read(question), passages) if "1,480" in one.text]
    found = settled(question, evidence, lambda *_: [passage.chunk for passage in passages])
    assert found.evidence == []
    assert found.best_left_out


@pytest.mark.parametrize(
    ("between", "tables"),
    [("South", 1), ("Table 1 (continued)", 1), ("Table 2: Losses", 2), ("The south was hit harder.", 2)],
)
def test_a_line_that_heads_a_part_of_a_table_does_not_end_it(between: str, tables: int) -> None:
    text = f"District: A | Dead: 1\nDistrict: B | Dead: 2\n\n{between}\n\nDistrict: C | Dead: 3\nDistrict: D | Dead: 4"
    corpus = MemoryCorpus([document("t.csv", text)], HashingEmbedder())
    assert len(tables_in([passage.chunk for passage in corpus.retrieve("district")])) == tables


@pytest.mark.parametrize(
    ("question", "cannot"),
    [
        ("Which town had the highest revenue in 2019?", True),
        ("Which town had the highest revenue in 2023?", False),
        ("Which town had the highest revenue in 2024?", False),
        ("Which town had the highest revenue?", False),
    ],
)
def test_a_table_of_other_years_cannot_be_meant(question: str, cannot: bool) -> None:
    text = "Town: A | Revenue: 61,340\nTown: B | Revenue: 12,115\nTown: C | Revenue: 2,019"
    corpus = MemoryCorpus([document("t.csv", text)], HashingEmbedder())
    [table] = tables_in([passage.chunk for passage in corpus.retrieve("town")])
    assert cannot_be_meant(question, table, "Budgets of towns 2024") is cannot
    assert not cannot_be_meant(question, table, "Budgets of towns")


@pytest.mark.parametrize(
    ("caption", "year", "cannot"),
    [
        ("Exports by good, 2024", 2024, False),
        ("Exports by good, 2024", 2023, True),
        ("Exports by good, 2021 to 2024", 2023, False),
        ("Exports by good", 2023, False),
    ],
)
def test_a_caption_with_a_year_is_of_no_other(caption: str, year: int, cannot: bool) -> None:
    text = f"{caption}\n\n"
    text += "Good: Ore | Value: 1630 | Change on 2023 (%): -8.2\nGood: Fish | Value: 305 | Change on 2023 (%): 4"
    corpus = MemoryCorpus([document("t.csv", text)], HashingEmbedder())
    [table] = tables_in([passage.chunk for passage in corpus.retrieve("good")])
    assert cannot_be_meant(f"Which good had the highest value in {year}?", table, "Trade") is cannot
