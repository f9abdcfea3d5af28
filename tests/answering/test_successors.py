"""Who holds an office now is whom a later briefing names as the successor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.evidence import Evidence
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.successors import successor_first
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Span
from tests.answering.memory import MemoryCorpus, document

FIRST = "The first chair of the commission is Professor Anton Weller."
NEXT = "Lena Marek of Borl succeeded Professor Weller as chair on 1 July 2024."
OTHER = "Tomas Rehn succeeded Ada Lund as mayor."
NOW = "Who chairs the commission?"


def evidence(text: str, words: str, *, day: date) -> Evidence:
    corpus = MemoryCorpus([document(f"{day}.txt", text, day=day)], embedder := HashingEmbedder())
    scorer = EvidenceScorer(embedder, corpus)
    [one] = scorer.score(scorer.read(text), corpus.retrieve(text))
    return replace(one, answer=Span(text.index(words), text.index(words) + len(words)))


def order(question: str, second: str, *, later: date = date(2024, 10, 11)) -> list[tuple[str, str]]:
    chosen = [
        evidence(FIRST, "Professor Anton Weller", day=date(2022, 9, 30)),
        evidence(second, second.removesuffix("."), day=later),
    ]
    return [(one.text, one.words) for one, _ in successor_first([(one, ()) for one in chosen], question)]


@pytest.mark.parametrize("question", [NOW, "Who is the chair of the commission?", "who now leads the commission?"])
def test_the_successor_goes_first_and_is_marked(question: str) -> None:
    assert order(question, NEXT) == [(NEXT, "Lena Marek of Borl"), (FIRST, "Professor Anton Weller")]


def test_the_one_before_need_not_be_marked() -> None:
    before = replace(evidence(FIRST, "Professor Anton Weller", day=date(2022, 9, 30)), answer=None)
    after = evidence(NEXT, "Lena Marek", day=date(2024, 10, 11))
    assert [one.text for one, _ in successor_first([(before, ()), (after, ())], NOW)] == [NEXT, FIRST]


@pytest.mark.parametrize(
    ("question", "second", "later"),
    [
        ("Who was the first chair of the commission?", NEXT, date(2024, 10, 11)),
        ("Who was the chair of the commission?", NEXT, date(2024, 10, 11)),
        ("Who chaired the commission before Marek?", NEXT, date(2024, 10, 11)),
        ("When did Marek take over?", NEXT, date(2024, 10, 11)),
        (NOW, OTHER, date(2024, 10, 11)),
        (NOW, "Professor Weller succeeded Lena Marek.", date(2024, 10, 11)),
        (NOW, NEXT, date(2021, 1, 1)),
    ],
)
def test_other_questions_and_successions_change_no_order(question: str, second: str, later: date) -> None:
    assert [text for text, _ in order(question, second, later=later)] == [FIRST, second]
