"""A draft's sentence that tells no time is understood to be of the time that the question asks about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.written.times import is_of_another_time
from assistant.language.dates import time_of_question
from assistant.types import Chunk, Passage, Span
from tests.answering.memory import document

JANUARY = "Assessment date: 2024-01-11 | Composite: 3072 | Shanghai-Rotterdam: 4406"
JUNE = "Assessment date: 2024-06-06 | Composite: 4716 | Shanghai-Rotterdam: 6032"
IN_JUNE = "What was the composite index in early June 2024?"


def judged(sentence: str, question: str, *sources: str) -> bool:
    evidence: list[tuple[Passage, Span]] = []
    for source in sources:
        span = Span(0, len(source))
        chunk = Chunk("c", "a.csv", 0, span, source, (span,))
        evidence.append((Passage(chunk, document("a.csv", source).source, 1, 1.0, "memory"), span))
    found = time_of_question(question, today=date(2026, 1, 1))
    return is_of_another_time(sentence, question, found[0] if found else None, evidence)


def test_a_figure_of_january_is_none_of_june() -> None:
    assert judged("3072", IN_JUNE, JANUARY)
    assert judged("The composite index was at 3072.", IN_JUNE, JANUARY)


@pytest.mark.parametrize(
    ("sentence", "question", "sources"),
    [
        ("4716", IN_JUNE, [JUNE]),
        ("On 11 January 2024 it was at 3072.", IN_JUNE, [JANUARY]),
        ("Some months earlier it had been at 3072.", IN_JUNE, [JANUARY]),
        ("3072", "What was the composite index?", [JANUARY]),
        ("It rose to 4716.", IN_JUNE, [JANUARY, JUNE]),
        ("3072", "What had been the index before the strikes in June 2024?", [JANUARY]),
        ("The toll is 640.", IN_JUNE, ["The toll has been 640 since 11 January 2024."]),
        ("The toll is 640.", IN_JUNE, ["Toll: 640 | Paid in: dollars"]),
        (
            "The UN did.",
            "What was the index in June 2024, and who condemned the attacks?",
            ["Day: 2024-01-12 | By: UN"],
        ),
        ("31 ships", "How many ships passed in February 2024?", ["Period: January to March 2024 | Ships: 31"]),
        (
            "25",
            "How many were seized on 19 November 2023?",
            ["Told: 20 November 2023 | Crew: 25 | On: 19 November 2023"],
        ),
    ],
    ids=[
        "that time",
        "says when",
        "says when in words",
        "no time asked",
        "one of both",
        "an event's time",
        "no row",
        "a row without a time",
        "another part of the question",
        "a stretch",
        "another cell",
    ],
)
def test_what_may_be_of_the_time_stays(sentence: str, question: str, sources: list[str]) -> None:
    assert not judged(sentence, question, *sources)


def test_without_evidence_there_is_nothing_to_tell() -> None:
    assert not judged("3072", IN_JUNE)
