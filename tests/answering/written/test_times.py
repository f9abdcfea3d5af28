"""A draft's sentence without a date is understood to be of the time that the question asks about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.written.times import is_of_another_time
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.language.dates import time_of_question
from assistant.types import Passage
from tests.answering.memory import document

HASHED = HashingEmbedder()
SOURCE = (
    "On 11 January 2024 the index stood at 3,072 dollars. The toll is 640 dollars. On 6 June 2024 it was at 4,716. "
    "On 12 January 2024 the minister called it unfair."
)
HOW_MANY = "How many ships were hit in June 2024?"


def judged(sentence: str, question: str, *quotes: str, source: str = SOURCE) -> bool:
    written = document("a.txt", source)
    [chunk] = SentenceChunker(HASHED.count_tokens, max_tokens=HASHED.max_tokens).chunk(written)
    passage = Passage(chunk, written.source, 1, 1.0, "memory")
    evidence = [(passage, span) for quote in quotes for span in chunk.sentences if span.of(source) == quote]
    assert len(evidence) == len(quotes)
    found = time_of_question(question, today=date(2026, 1, 1))
    return is_of_another_time(sentence, question, found[0] if found else None, evidence)


JANUARY = "On 11 January 2024 the index stood at 3,072 dollars."


def test_a_number_of_january_is_none_of_june() -> None:
    question = "How many dollars was the index at in June 2024?"
    assert judged("3,072", question, JANUARY)
    assert judged("The index stood at 3,072 dollars.", question, JANUARY)


@pytest.mark.parametrize(
    ("sentence", "question", "quotes"),
    [
        ("On 11 January 2024 it stood at 3,072 dollars.", "How many dollars in June 2024?", [JANUARY]),
        ("It was at 4,716.", "How many dollars in June 2024?", ["On 6 June 2024 it was at 4,716."]),
        ("The toll is 640 dollars.", "How many dollars in June 2024?", ["The toll is 640 dollars."]),
        ("The index stood at 3,072 dollars.", "How many dollars was the index at?", [JANUARY]),
        ("It rose to 4,716.", "How many dollars in June 2024?", [JANUARY, "On 6 June 2024 it was at 4,716."]),
        ("3,072", "How many dollars had it cost before the strikes in June 2024?", [JANUARY]),
        (
            "The minister called it unfair.",
            "What did the minister say in June 2024?",
            ["On 12 January 2024 the minister called it unfair."],
        ),
    ],
    ids=["says when", "that time", "any time", "no time asked", "one of both", "an event's time", "no number"],
)
def test_what_may_be_of_the_time_stays(sentence: str, question: str, quotes: list[str]) -> None:
    assert not judged(sentence, question, *quotes)


def test_without_evidence_there_is_nothing_to_tell() -> None:
    assert not judged("3,072", HOW_MANY)
