"""Of totals that grow from briefing to briefing the latest comes first."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.embedding.hashing import HashingEmbedder
from assistant.language.dates import time_of_question
from assistant.types import Answer, Done
from tests.answering.memory import MemoryCorpus, document

QUESTION = "How many people in Arlen have been vaccinated?"
EARLY = "In Arlen 1,500 people have been vaccinated {so_far}."
LATE = "In Arlen 2,300 people have been vaccinated {so_far}, the ministry announced."


def asked(question: str, so_far: str, late: str = LATE) -> Answer:
    documents = [
        document("a.txt", EARLY.format(so_far=so_far), title="Arlen", day=date(2023, 3, 1)),
        document("b.txt", late.format(so_far=so_far), title="Arlen", day=date(2023, 5, 1)),
    ]
    corpus = MemoryCorpus(documents, HashingEmbedder())
    named = time_of_question(question, today=date(2024, 1, 1))
    answerer = ExtractiveAnswerer(corpus, HashingEmbedder(), corpus)
    *_, last = answerer.stream(question, question, time=named[0] if named else None)
    assert isinstance(last, Done)
    return last.answer


@pytest.mark.parametrize("so_far", ["so far", "to date", "as of today"])
def test_the_total_of_the_latest_briefing_comes_first(so_far: str) -> None:
    assert [citation.source.path for citation in asked(QUESTION, so_far).citations] == ["b.txt", "a.txt"]


@pytest.mark.parametrize(
    ("question", "so_far", "late"),
    [
        (QUESTION, "in one week", LATE),
        (f"{QUESTION[:-1]} in March 2023?", "so far", LATE),
        (QUESTION, "so far", "In Arlen 2,300 doses for people have been delivered {so_far}, not vaccinated."),
    ],
)
def test_other_figures_keep_their_order(question: str, so_far: str, late: str) -> None:
    assert asked(question, so_far, late).citations[0].source.path == "a.txt"
