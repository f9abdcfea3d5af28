"""A timeline goes by the days that sentences tell, and tells nothing that has no day at all."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.evidence import Evidence
from assistant.answering.overviews.overview import worth_telling
from assistant.answering.overviews.timelines import asks_timeline, day_told, timeline
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

REVIEW = document(
    "review.txt",
    "The Arlen bridge was closed on 3 May 2023. It reopened in June. The Arlen bridge is long and red.\n"
    "Work on the Arlen bridge had begun on 9 March 2021.",
    title="The Arlen bridge",
    day=date(2024, 2, 1),
)
NEWS = document(
    "xnews.txt", "On 3 May 2023 the Arlen bridge was shut, the mayor said.", title="Arlen bridge", day=date(2023, 5, 4)
)
MAIL = document("mail.txt", "The Arlen bridge is safe again.", title="Arlen bridge", day=date(2023, 12, 24))
UNDATED = document(
    "undated.txt",
    "The Arlen bridge has two lanes. The Arlen bridge opened on 2 April 1999.",
    title="Arlen bridge",
)


def evidence() -> list[Evidence]:
    corpus = MemoryCorpus([REVIEW, NEWS, MAIL, UNDATED], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    return worth_telling(scorer.score(scorer.read("Arlen bridge"), corpus.retrieve("Arlen bridge")), None)


def test_it_goes_by_the_days_that_are_told_else_by_that_of_the_briefing() -> None:
    assert [one.text for one, _ in timeline(evidence())] == [
        "The Arlen bridge opened on 2 April 1999.",
        "Work on the Arlen bridge had begun on 9 March 2021.",
        "On 3 May 2023 the Arlen bridge was shut, the mayor said.",
        "The Arlen bridge was closed on 3 May 2023.",
        "It reopened in June.",
        "The Arlen bridge is safe again.",
    ]


def test_of_a_briefing_with_other_topics_only_what_stands_near_the_name_is_told() -> None:
    text = (
        "Trade through Arlen fell by a third in January 2024. Rates doubled in February 2024. Nobody knew why.\n"
        "The tanker Rosalind was hit on 4 March 2024. It sank on 9 March 2024."
    )
    weekly = document("weekly.txt", text, title="Trade, rates and tankers: the Rosalind", day=date(2024, 3, 12))
    report = document("report.txt", "The owner was paid in June 2024.", title="The Rosalind", day=date(2024, 7, 1))
    corpus = MemoryCorpus([weekly, report], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = worth_telling(scorer.score(scorer.read("the Rosalind"), corpus.retrieve("the Rosalind")), None)
    names = subjects_of("the Rosalind", corpus.document_frequency)
    told = [
        "The tanker Rosalind was hit on 4 March 2024.",
        "It sank on 9 March 2024.",
        "The owner was paid in June 2024.",
    ]
    assert [one.text for one, _ in timeline(found, names=names)] == told
    assert len(timeline(found)) > len(told)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("It was closed on 3 May 2023.", date(2023, 5, 3)),
        ("It was closed in 2023.", date(2023, 1, 1)),
        ("It was closed on 28 December.", date(2023, 12, 28)),
        ("It was closed on 3 March.", date(2024, 3, 3)),
        ("It was closed on Monday.", None),
        ("It was closed.", None),
    ],
)
def test_a_day_without_a_year_is_the_nearest_to_that_of_the_briefing(sentence: str, day: date | None) -> None:
    told = document("a.txt", f"The Arlen bridge is red. {sentence}", day=date(2024, 2, 1))
    corpus = MemoryCorpus([told], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    found = scorer.score(scorer.read("closed bridge"), corpus.retrieve("closed bridge"))
    assert day_told(max(found, key=lambda one: one.span)) == day


@pytest.mark.parametrize(
    ("asked", "asks"),
    [
        ("Give me a timeline of the Arlen bridge", True),
        ("chronology of the strike", True),
        ("Summarise the Arlen bridge", False),
        ("What is the latest on the Arlen bridge?", False),
    ],
)
def test_which_requests_ask_for_one(asked: str, asks: bool) -> None:
    assert asks_timeline(asked) is asks
