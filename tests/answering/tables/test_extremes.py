"""The most and the least of a table, read from all of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answering.evidence import Evidence
from assistant.answering.scoring import ChunksOf, EvidenceScorer
from assistant.answering.tables.settling import Among, settled
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Chunk
from tests.answering.memory import MemoryCorpus, document

TRANSITS = document(
    "transits.csv",
    "Month: 2024-01 | Ships: 1,362 | Of which tankers: 398 | Change (%): -36.8 | Source: Informare\n"
    "Month: 2024-02 | Ships: 1,120 | Change (%): -42.0 | Source: Informare\n"
    "Month: 2024-03 | Ships: 1,115 | Of which tankers: 402 | Change (%): -49.1 | Source: Informare\n"
    "Month: 2024-04 | Ships: 1,124 | Of which tankers: 410 | Change (%): -51.1 | Source: Informare\n"
    "Quantity: Revenue | Statement: It fell to 338 million dollars | Source: MEES\n"
    "The canal was quiet in the month of March.",
    title="Ships in the canal",
)


@pytest.fixture(scope="module")
def corpus() -> MemoryCorpus:
    return MemoryCorpus([TRANSITS], HashingEmbedder())


def evidence_for(question: str, corpus: MemoryCorpus) -> list[Evidence]:
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    return scorer.score(scorer.read(question), corpus.retrieve(question))


def answer(question: str, corpus: MemoryCorpus) -> list[tuple[str, str | None]]:
    """The first cells or sentences that are left, each with the words that are marked in it."""

    def chunks_of(document_id: str, ordinals: range | None = None) -> Sequence[Chunk]:
        found = corpus.retrieve("ships")
        return [passage.chunk for passage in found if passage.chunk.document_id == document_id]

    found = settled(question, evidence_for(question, corpus), chunks_of).evidence
    return sorted(
        (one.text.split(" | ")[0], one.answer.of(TRANSITS.text) if one.answer is not None else None) for one in found
    )


def chunks_about(topic: str, corpus: MemoryCorpus) -> ChunksOf:
    return lambda *_: [passage.chunk for passage in corpus.retrieve(topic)]


REST = [("Quantity: Revenue", None), ("The canal was quiet in the month of March.", None)]


@pytest.mark.parametrize(
    ("question", "row", "marked"),
    [
        ("Which month had the fewest ships?", "Month: 2024-03", "2024-03"),
        ("In which month did the most ships pass?", "Month: 2024-01", "2024-01"),
        ("What was the highest number of tankers?", "Month: 2024-04", "410"),
        ("When was the change the lowest?", "Month: 2024-04", "2024-04"),
        ("What was the lowest figure?", "Month: 2024-03", "1,115"),
    ],
)
def test_of_a_table_the_row_with_the_most_or_the_least_is_left(
    corpus: MemoryCorpus, question: str, row: str, marked: str
) -> None:
    assert answer(question, corpus) == [(row, marked), *REST]


@pytest.mark.parametrize(
    "question",
    ["How many ships passed in March 2024?", "Which are the most recent figures?", "What were the highest and lowest?"],
)
def test_a_question_for_neither_or_both_leaves_all_rows(corpus: MemoryCorpus, question: str) -> None:
    assert len(answer(question, corpus)) == 6


BUDGET = document(
    "budget.csv",
    "Department: Schools | Budget 2023/24: 412 | Budget 2024/25: 431 | Change (%): 4.5\n"
    "Department: Social care | Budget 2023/24: 365 | Budget 2024/25: 398 | Change (%): 9.1\n"
    "Department: Roads | Budget 2023/24: 188 | Budget 2024/25: 171 | Change (%): -9.2\n"
    "Department: Culture | Budget 2023/24: 42 | Budget 2024/25: 39 | Change (%): -6.0\n"
    "Department: Total | Budget 2023/24: 1007 | Budget 2024/25: 1039 | Change (%): 3.2",
)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Which department has the largest budget in 2024/25?", "Department: Schools"),
        ("Which department had the largest increase?", "Department: Social care"),
        ("Which department had the largest cut?", "Department: Roads"),
        ("Which department had the smallest budget in 2024/25?", "Department: Culture"),
    ],
)
def test_a_total_is_no_row_of_its_own_and_changes_are_read_from_their_column(question: str, row: str) -> None:
    corpus = MemoryCorpus([BUDGET], HashingEmbedder())
    found = settled(question, evidence_for(question, corpus), chunks_about("budget", corpus))
    assert found.sure
    assert [one.text.split(" | ")[0] for one in found.evidence] == [row]


EXPORTS = document(
    "exports.csv",
    "Year: 2022 | Country: Arlen | Exports (kt): 208 | Price: 44,600\n"
    "Year: 2022 | Country: Borl | Exports (kt): 340 | Price: 41,200\n"
    "Year: 2023 | Country: Arlen | Exports (kt): 235 | Price: 35,300\n"
    "Year: 2023 | Country: Borl | Exports (kt): 410 | Price: 33,900\n"
    "Year: 2023 | Country: Cade | Exports (kt): 38 | Price: 39,800",
    title="Exports of lithium",
)


def meant(*words: str) -> Among:
    return lambda rows: [row for row in rows if all(word in row.text for word in words)]


@pytest.mark.parametrize(
    ("question", "among", "row", "marked"),
    [
        ("Which country had the highest exports?", meant(), "Year: 2023 | Country: Borl", "Borl"),
        ("Which country had the highest exports in 2022?", meant("2022"), "Year: 2022 | Country: Borl", "Borl"),
        ("Which country had the lowest exports in 2022?", meant("2022"), "Year: 2022 | Country: Arlen", "Arlen"),
        ("In which year were the exports of Arlen the highest?", meant("Arlen"), "Year: 2023 | Country: Arlen", "2023"),
        ("What was the highest price of Arlen?", meant("Arlen"), "Year: 2022 | Country: Arlen", "44,600"),
    ],
)
def test_the_most_is_read_from_the_rows_that_are_meant(question: str, among: Among, row: str, marked: str) -> None:
    corpus = MemoryCorpus([EXPORTS], HashingEmbedder())
    [one] = settled(question, evidence_for(question, corpus), chunks_about("exports", corpus), among).evidence
    assert one.text.startswith(row)
    assert one.words == marked


@pytest.mark.parametrize(
    "question",
    [
        "Which country lost the most exports?",
        "Which country had the largest increase?",
        "Which country has exports of more than 5 per cent?",
        "Which country has the most exports per head?",
        "Which country had exports of more than 900 kt?",
    ],
)
def test_a_table_that_cannot_tell_leaves_its_rows_out(question: str) -> None:
    corpus = MemoryCorpus([EXPORTS], HashingEmbedder())
    found = settled(question, evidence_for(question, corpus), chunks_about("exports", corpus))
    assert found.evidence == []
    assert found.best_left_out


def test_what_is_left_beside_a_table_without_changes_must_tell_of_one() -> None:
    question = "Which country lost the most exports?"
    for sentence, silent in (("Exports of lithium by country", True), ("Exports of Borl fell the most.", False)):
        corpus = MemoryCorpus([EXPORTS, document("note.txt", sentence)], HashingEmbedder())
        found = [
            replace(one, score=9.0 if one.document_id == "note.txt" else 1.0) for one in evidence_for(question, corpus)
        ]
        chunks = chunks_about("exports country year", MemoryCorpus([EXPORTS], HashingEmbedder()))
        found.sort(key=lambda one: -one.score)
        assert settled(question, found, chunks).best_left_out is silent


def test_rows_that_are_not_meant_are_kept() -> None:
    corpus = MemoryCorpus([EXPORTS], HashingEmbedder())
    question = "Which country had the highest exports in the north?"
    found = settled(question, evidence_for(question, corpus), chunks_about("exports", corpus), meant("north"))
    assert len(found.evidence) == 5
    assert not found.rows
    assert not found.best_left_out


def test_a_column_or_a_kind_of_row_that_is_not_named_is_not_sure() -> None:
    corpus = MemoryCorpus([EXPORTS], HashingEmbedder())
    for question in ("Which country sold the most?", "Which port had the highest exports?", "What was the highest?"):
        found = settled(question, evidence_for(question, corpus), chunks_about("exports", corpus))
        assert not found.sure


@pytest.mark.parametrize(
    ("question", "countries"),
    [
        ("Which country had the second highest exports in 2023?", ["Arlen"]),
        ("Which country had the 3rd-highest exports in 2023?", ["Cade"]),
        ("Which were the two countries with the two highest exports in 2023?", ["Borl", "Arlen"]),
        ("Which are the top two countries by exports in 2023?", ["Borl", "Arlen"]),
        ("Which are the bottom 2 countries by exports in 2023?", ["Cade", "Arlen"]),
        ("Which country had exports over 200 kt in 2023?", ["Arlen", "Borl"]),
        ("Which countries had exports of at least 235 in 2023?", ["Arlen", "Borl"]),
        ("Which countries had exports of more than 235 in 2023?", ["Borl"]),
        ("Which countries had exports below 50 in 2023?", ["Cade"]),
        ("List the countries with exports of up to 235 in 2023", ["Arlen", "Cade"]),
    ],
)
def test_places_counts_and_bounds_are_read_from_all_rows(question: str, countries: list[str]) -> None:
    corpus = MemoryCorpus([EXPORTS], HashingEmbedder())
    found = settled(question, evidence_for(question, corpus), chunks_about("exports", corpus), meant("2023"))
    assert [one.text.split(" | ")[1].removeprefix("Country: ") for one in found.rows] == countries


def test_rows_with_the_same_number_share_their_place() -> None:
    ties = document("ties.csv", "Party: A | Seats: 27\nParty: B | Seats: 31\nParty: C | Seats: 31\nParty: D | Seats: 9")
    corpus = MemoryCorpus([ties], HashingEmbedder())
    question = "Which party has the most seats?"
    found = settled(question, evidence_for(question, corpus), chunks_about("seats", corpus))
    assert [one.words for one in found.rows] == ["B", "C"]


def test_a_bound_in_millions_is_compared_with_a_column_of_millions() -> None:
    costs = document(
        "costs.csv",
        "Project: Bridge | Cost (million crowns): 34.2\nProject: School | Cost (million crowns): 96\n"
        "Project: Annex | Cost (million crowns): 12",
    )
    above = document(
        "above.txt",
        "Costs in million crowns\n\n"
        "Project: Bridge | Cost: 34.2\nProject: School | Cost: 96\nProject: Annex | Cost: 12",
    )
    for table in (costs, above):
        corpus = MemoryCorpus([table], HashingEmbedder())
        for question in ("Which projects cost more than 30 million crowns?", "Which projects cost more than 30?"):
            found = settled(question, evidence_for(question, corpus), chunks_about("cost", corpus))
            assert [one.words for one in found.rows] == ["Bridge", "School"]


@pytest.mark.parametrize(
    ("question", "departments"),
    [
        ("Which departments were cut by more than 5 per cent?", ["Roads", "Culture"]),
        ("Which departments fell by more than 8%?", ["Roads"]),
        ("Which departments had an increase of more than 5%?", ["Social care"]),
    ],
)
def test_a_fall_is_a_number_below_zero_of_a_column_of_changes(question: str, departments: list[str]) -> None:
    corpus = MemoryCorpus([BUDGET], HashingEmbedder())
    found = settled(question, evidence_for(question, corpus), chunks_about("budget", corpus))
    assert [one.words for one in found.rows] == departments


@pytest.mark.parametrize(
    "question",
    [
        "How many kt over 200 did Arlen export?",
        "Which country exported most of its lithium?",
        "Which port had more than 200 ships?",
        "Which country had exports between 200 and 300?",
        "Which is the most important country?",
        "Which exports went over the border in 2022?",
    ],
)
def test_what_names_no_bound_and_no_place_leaves_the_rows(question: str) -> None:
    corpus = MemoryCorpus([EXPORTS], HashingEmbedder())
    assert not settled(question, evidence_for(question, corpus), chunks_about("exports", corpus)).rows


@pytest.mark.parametrize(
    ("sentence", "weaker", "goes_before"),
    [
        ("In Borl the exports of lithium fell.", 2.0, True),
        ("In Borl the exports of lithium fell.", 6.0, False),
        ("The exports of Cade were the highest of all.", 2.0, False),
    ],
)
def test_rows_of_a_named_column_go_before_a_sentence_that_says_no_such_thing(
    sentence: str, weaker: float, goes_before: bool
) -> None:
    corpus = MemoryCorpus([EXPORTS, document("note.txt", sentence)], HashingEmbedder())
    question = "Which country had the highest exports?"
    found = evidence_for(question, corpus)
    rows = [replace(one, score=1.0) for one in found if one.document_id == "exports.csv"]
    said = [replace(one, score=1.0 + weaker) for one in found if one.document_id == "note.txt"]
    chunks = chunks_about("exports country year", MemoryCorpus([EXPORTS], HashingEmbedder()))
    answer = settled(question, [*said, *rows], chunks)
    assert (answer.evidence[0].document_id == "exports.csv") is goes_before
    assert answer.sure is goes_before


PROJECTS = document(
    "projects.csv",
    "Project: Bridge | Cost: 34 | Start: 2024-09-15 | End: 2025-05-31\n"
    "Project: School | Cost: 96 | Start: 2024-08-01 | End: 2026-06-30\n"
    "Project: Engines | Cost: 12 | Start: 2025-01-10 | End: March 2025\n"
    "Project: Annex | Cost: postponed",
)


@pytest.mark.parametrize(
    ("question", "project"),
    [
        ("Which project ends last?", "School"),
        ("Which project starts first?", "School"),
        ("Which project has the latest start?", "Engines"),
        ("Which project has the earliest end?", "Engines"),
        ("Which project costs the most?", "School"),
        ("What is the latest on the projects?", None),  # names no column
        ("Which project ended last year?", None),
        ("Which was the first project?", None),
    ],
)
def test_the_earliest_and_the_latest_are_read_from_a_column_of_dates(question: str, project: str | None) -> None:
    corpus = MemoryCorpus([PROJECTS], HashingEmbedder())
    found = settled(question, evidence_for(question, corpus), chunks_about("project", corpus))
    assert [one.words for one in found.rows] == ([project] if project else [])


def test_every_table_with_the_column_has_its_say() -> None:
    later = document(
        "later.csv",
        "Year: 2024 | Country: Arlen | Exports (kt): 500 | Price: 1\n"
        "Year: 2024 | Country: Borl | Exports (kt): 410 | Price: 2",
        title="Exports of lithium",
    )
    corpus = MemoryCorpus([EXPORTS, later], HashingEmbedder())
    question = "Which country had the highest exports?"
    found = evidence_for(question, corpus)

    def chunks_of(document_id: str, ordinals: range | None = None) -> Sequence[Chunk]:
        passages = corpus.retrieve("exports country year")
        return [passage.chunk for passage in passages if passage.chunk.document_id == document_id]

    answer = settled(question, found, chunks_of)
    assert {(one.document_id, one.words) for one in answer.rows} == {("exports.csv", "Borl"), ("later.csv", "Arlen")}


@pytest.mark.parametrize(
    "question", ["Which project costs the most besides School?", "Which project after School costs the most?"]
)
def test_besides_a_row_the_next_is_meant(question: str) -> None:
    corpus = MemoryCorpus([PROJECTS], HashingEmbedder())
    found = settled(question, evidence_for(question, corpus), chunks_about("project", corpus), meant("School"))
    assert [one.words for one in found.rows] == ["Bridge"]


TURNOUT = document(
    "turnout.csv",
    "Province: East | Turnout 2020 (%): 71 | Turnout 2024 (%): 68\n"
    "Province: West | Turnout 2020 (%): 66 | Turnout 2024 (%): 70\n"
    "Province: Isles | Turnout 2020 (%): 52 | Turnout 2024 (%): 58",
)


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("What was the highest turnout in 2024?", ["70"]),
        ("What was the highest turnout in 2020?", ["71"]),
        ("Which province had the highest turnout?", ["West"]),
        ("What was the highest turnout in the Isles in 2020?", ["52"]),
        ("What was the highest turnout in the Isles?", []),
    ],
)
def test_the_cell_is_that_of_the_year_that_is_asked_for(question: str, marked: list[str]) -> None:
    corpus = MemoryCorpus([TURNOUT], HashingEmbedder())
    found = settled(question, evidence_for(question, corpus), chunks_about("province", corpus))
    assert [one.words for one in found.rows] == marked


REASONS = document(
    "refusals.csv",
    "Reason for refusal: Absence | Share of refusals (%): 27\n"
    "Reason for refusal: Side effects | Share of refusals (%): 41\n"
    "Reason for refusal: Other | Share of refusals (%): 10",
    title="Refusals",
)


def test_the_most_common_is_the_one_with_the_largest_share() -> None:
    corpus = MemoryCorpus([REASONS], HashingEmbedder())
    question = "What is the most common reason for a refusal?"
    [one] = settled(question, evidence_for(question, corpus), chunks_about("refusal reason", corpus)).evidence
    assert one.text.startswith("Reason for refusal: Side effects")
