"""One canal is not another."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_of_kind import is_of_another_of_its_kind
from assistant.answering.subjects import subjects_of
from assistant.embedding.hashing import HashingEmbedder
from tests.answering.memory import MemoryCorpus, document

PANAMA = "What did the Panama Canal earn in 2023?"


@pytest.mark.parametrize(
    ("question", "title", "text", "another"),
    [
        (PANAMA, "Shipping", "The Suez Canal earned 7 billion dollars in 2023.", True),
        (PANAMA, "The Suez Canal", "Canal revenue fell to 7 billion dollars in 2023.", True),
        (PANAMA, "The Panama Canal", "Canal revenue fell while the Suez Canal was full.", False),
        (PANAMA, "Shipping", "The Suez Canal earned more than that of Panama.", False),
        (PANAMA, "Shipping", "The canal earned 7 billion dollars in 2023.", False),
        (PANAMA, "Shipping", "The Canal earned 7 billion dollars in 2023.", False),
        ("What did the canal earn?", "Shipping", "The Suez Canal earned 7 billion dollars.", False),
        ("What did Ada Lund earn?", "Shipping", "Tomas Lund earned 7 billion dollars.", False),
        ("Who crossed the Pärnu River?", "Talks", "The army crossed the Parnu River, then the Emajogi River.", False),
        ("Who chairs the Foreign Ministry's board?", "Talks", "The Defence Ministry has a board.", True),
        ("Who chairs the Foreign Ministry's board?", "Talks", "The foreign and the Defence Ministry have one.", False),
    ],
)
def test_a_passage_about_another_thing_of_the_kind_is_told(question: str, title: str, text: str, another: bool) -> None:
    corpus = MemoryCorpus([document("a.txt", text, title=title)], HashingEmbedder())
    names = [name for name in subjects_of(question, lambda words: dict.fromkeys(words, 1)) if name.proper]
    [passage] = corpus.retrieve(question)
    assert is_of_another_of_its_kind(names, passage) is another
