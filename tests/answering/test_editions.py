"""Of several editions of one briefing, what the newest says is read first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.editions import newest_edition_first, of_newest_editions, series_of
from assistant.answering.evidence import Evidence
from assistant.answering.scoring import EvidenceScorer
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

FIRST, THIRD = date(2024, 6, 3), date(2024, 6, 7)
OTHER = date(2024, 6, 9)
QUESTION = "How many people died in the flood?"


def sentences() -> dict[str, Evidence]:
    """Each sentence of two editions and of another note, by its text, with the words that answer marked."""
    corpus = MemoryCorpus(
        [
            document("1.md", "Eleven people are dead.", title="Flood on the Sava, situation report 1", day=FIRST),
            document(
                "3.md", "Seventeen people are dead. The water falls.", title="Flood on the Sava: report 3", day=THIRD
            ),
            document("3b.md", "Nineteen people are dead.", title="Flood on the Sava, situation report 3", day=THIRD),
            document("n.md", "Thirty people are said to be dead.", title="What the papers say", day=OTHER),
        ],
        HashingEmbedder(),
    )
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = scorer.score(scorer.read(QUESTION), corpus.retrieve(QUESTION))
    return {one.text: replace(one, answer=one.span) for one in found}


def order(*texts: str, question: str = QUESTION, unmarked: str = "") -> list[str]:
    known = sentences()
    chosen = [replace(known[text], answer=None) if text == unmarked else known[text] for text in texts]
    return [one.text for one, _ in newest_edition_first([(one, ()) for one in chosen], question)]


OLD, NEW, NEXT, PAPERS = (
    "Eleven people are dead.",
    "Nineteen people are dead.",
    "Seventeen people are dead.",
    "Thirty people are said to be dead.",
)


def test_the_newer_edition_takes_the_place_of_the_older_one() -> None:
    assert order(OLD, NEW) == [NEW, OLD]
    assert order(OLD, PAPERS, NEW) == [NEW, PAPERS, OLD]
    assert order(NEW, OLD) == [NEW, OLD]


def test_another_briefing_keeps_its_place_however_new_it_is() -> None:
    assert order(OLD, PAPERS) == [OLD, PAPERS]
    assert order(OLD, NEXT) == [OLD, NEXT]  # its title says no "situation"


def test_a_sentence_that_does_not_answer_takes_no_place_of_one_that_does() -> None:
    assert order(OLD, NEW, unmarked=NEW) == [OLD, NEW]


@pytest.mark.parametrize(
    "question",
    [
        "How many people had died at first?",
        "How many were dead in the first report?",
        "How many were dead in week 16?",
        "What changed?",
    ],
)
def test_who_asks_what_was_said_at_first_gets_no_other_order(question: str) -> None:
    assert order(OLD, NEW, question=question) == [OLD, NEW]


def test_of_the_latest_older_editions_are_left_out() -> None:
    known = sentences()
    left = [one.text for one in of_newest_editions([known[OLD], known[PAPERS], known[NEW]])]
    assert left == [PAPERS, NEW]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Flood on the Sava, situation report 1", "Flood on the Sava: situation report 12", True),
        ("Maritime Security Weekly, 17 November 2024", "MARITIME SECURITY WEEKLY, 3 March", False),  # two words left
        ("Red Sea shipping weekly, week 46", "Red Sea shipping weekly, week 47", True),
        ("Report 1", "Report 2", False),
        ("Flood on the Sava, report", "Flood on the Drava, report", False),
    ],
)
def test_titles_tell_what_is_of_one_series(one: str, other: str, same: bool) -> None:
    sources = [document(f"{number}", "x", title=title, day=FIRST).source for number, title in enumerate((one, other))]
    first, second = map(series_of, sources)
    assert (first is not None and first == second) is same


def test_what_has_no_date_is_of_no_series() -> None:
    assert series_of(document("a", "x", title="Flood on the Sava, situation report 1").source) is None
