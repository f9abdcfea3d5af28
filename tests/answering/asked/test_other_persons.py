"""What "he" did is not what somebody else did."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_persons import is_of_another_person
from assistant.answering.scoring import EvidenceScorer
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

VOTE = "How many votes did Irena Rehn get?"
CABINET = "His cabinet won the vote by 71 votes."


@pytest.mark.parametrize(
    ("question", "before", "sentence", "title", "another"),
    [
        (VOTE, "Tomas Berg was sworn in.", CABINET, "Arlen votes", True),
        (VOTE, "Tomas Berg was sworn in after Irena Rehn.", CABINET, "Arlen votes", False),
        (VOTE, "Tomas Berg was sworn in.", CABINET, "The fall of Irena Rehn", False),
        (VOTE, "The vote was close.", CABINET, "Arlen votes", False),  # who "he" is, stands further up
        (VOTE, "Tomas Berg was sworn in.", "The cabinet won by 71 votes.", "Arlen votes", False),
        (VOTE, "Tomas Berg was sworn in.", "His cabinet beat Irena Rehn by 71 votes.", "Arlen votes", False),
        ("How many votes did the Freedom League get?", "Tomas Berg was sworn in.", CABINET, "Arlen votes", False),
        ("How many votes did he get?", "Tomas Berg was sworn in.", CABINET, "Arlen votes", False),
    ],
)
def test_another_person_is_told(question: str, before: str, sentence: str, title: str, another: bool) -> None:
    corpus = MemoryCorpus([document("a.txt", f"{before} {sentence}", title=title)], HashingEmbedder())
    scorer = EvidenceScorer(HashingEmbedder(), corpus)
    names = subjects_of(question, lambda words: dict.fromkeys(words, 1))
    found = scorer.score(scorer.read(question), corpus.retrieve(question))
    [one] = [one for one in found if one.text == sentence]
    assert is_of_another_person(question, names, one) is another
