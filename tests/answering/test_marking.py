"""The words of a quote that are marked as the answer are those of what is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.evidence import Evidence
from assistant.answering.marking import marked
from assistant.answering.query import Query
from assistant.answering.questions import kind_of
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Span
from tests.answering.memory import MemoryCorpus, document

RUST = "Rust was found on 58 per cent of the farms in Arlen and on 41 per cent of those in Borl."
PROFIT = "Its revenue was 5.8 million euros (2023: 5.2 million) and its profit 410,000 euros (2023: 455,000)."
AUDITED = "The share that was audited rose from 22 per cent in 2022 to 58 per cent in 2024."
CUT = "The Board cut its rate by 25 basis points to 3.75 per cent on 7 November."


def evidence(text: str, words: str | None) -> Evidence:
    corpus = MemoryCorpus([document("one.txt", text)], embedder := HashingEmbedder())
    scorer = EvidenceScorer(embedder, corpus)
    [one] = scorer.score(scorer.read(text), corpus.retrieve(text))
    start = text.index(words) if words else 0
    return replace(one, answer=Span(start, start + len(words)) if words else None)


@pytest.mark.parametrize(
    ("question", "text", "words", "shown"),
    [
        ("What share of farms in Borl had rust?", RUST, "58 per cent", None),
        ("What share of farms in Arlen had rust?", RUST, "58 per cent", "58 per cent"),
        ("What share of farms in Borl had rust?", RUST, "41 per cent", "41 per cent"),
        ("How many died in Borl?", "Borl has recorded 49,430 cases and 1,506 deaths.", "1,506", "1,506"),
        ("What was the profit in 2023?", PROFIT, "410,000 euros", "455,000"),
        ("What was the profit in 2024?", PROFIT, "410,000 euros", "410,000 euros"),
        ("What was the revenue in 2023?", PROFIT, "5.8 million euros", "5.2 million"),
        ("What is the rate of the Board?", CUT, "25 basis points", "3.75 per cent"),
        ("By how much did the Board cut its rate?", CUT, "25 basis points", "25 basis points"),
        ("How many trucks reached Borl?", "24 of the 26 trucks reached Borl at 16:40.", "26", "24"),
        ("How many trucks reached Borl?", "24 of the 26 trucks reached Borl at 16:40.", "24", "24"),
        ("How much flour reached Borl?", "24 of the 26 trucks reached Borl at 16:40.", "16:40", None),
        ("How many trucks reached Borl?", "The trucks reached Borl on 3 May 2024.", "3 May 2024", None),
        ("When did the trucks reach Borl?", "24 of the 26 trucks reached Borl at 16:40.", "16:40", "16:40"),
        ("What is the lending rate?", "Deposit and lending rate are 3 and 4 per cent respectively.", "3", None),
        ("How full is it?", "Correction: an earlier version said that it was 46 per cent full.", "46 per cent", None),
        ("Who offered to mediate?", "Borl offered to mediate; Arlen welcomed the offer.", "Arlen", None),
        ("Who offered to mediate?", "Borl offered to mediate; Arlen welcomed the offer.", "Borl", "Borl"),
        ("Who is the mayor of Borl?", '"It leaks," said Rosa Lind, mayor of Borl.', "Rosa Lind", "Rosa Lind"),
        ("What is the cost of the pier in 2024?", "Work: pier | 2023: 120 | 2024: 130", "120", "130"),
        ("What is the cost of the pier in 2025?", "Work: pier | 2023: 120 | 2024: 130", "120", None),
        ("Where is the pier?", "The pier is in Borl.", None, None),
        ("What share was audited in 2024?", AUDITED, "22 per cent in 2022 to 58 per cent", "58 per cent"),
        ("What share was audited in 2022?", AUDITED, "58 per cent", "22 per cent"),
        ("How did the share that was audited change?", AUDITED, "22 per cent in 2022", "22 per cent in 2022"),
        ("What share was audited in 2023?", AUDITED, "22 per cent", None),
    ],
)
def test_marked_is_the_figure_of_what_is_asked_about(
    question: str, text: str, words: str | None, shown: str | None
) -> None:
    names = subjects_of(question, lambda words: dict.fromkeys(words, 1))
    [one] = marked(Query(question, kind_of(question), {}, names), [evidence(text, words)])
    assert (one.answer.of(text) if one.answer else None) == shown
