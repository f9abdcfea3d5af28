"""What only leaves out words of a sentence may follow it; what adds, exchanges or turns them round may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.written.shortening import only_shortens
from assistant.embedding.hashing import HashingEmbedder
from assistant.types import Passage, Span
from tests.answering.memory import MemoryCorpus, document

HARVARD = "Harvard has purchased tracts of land in Allston, a walk across the Charles River from Cambridge, since 2008."
VIDEO = (
    "On 16 April 2024 US Defense Secretary Lloyd Austin and China's Defence Minister, Admiral Dong Jun, spoke by video."
)
WORDS = HARVARD.split()


def evidence(text: str) -> list[tuple[Passage, Span]]:
    [passage] = MemoryCorpus([document("a.txt", text)], HashingEmbedder()).retrieve(text)
    return [(passage, span) for span in passage.chunk.sentences]


@pytest.mark.parametrize(
    "sentence",
    [HARVARD, "Harvard purchased land in Allston.", "Harvard has purchased tracts of land since 2008", "Allston"],
)
def test_what_leaves_words_out_only_shortens(sentence: str) -> None:
    assert only_shortens(sentence, evidence(HARVARD))


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Cambridge purchased land in Allston.", HARVARD),
        ("Harvard sold land in Allston.", HARVARD),
        ("Harvard purchased land in Allston since 2009.", HARVARD),
        ("Admiral Dong Jun followed Lloyd Austin as Secretary of Defense.", VIDEO),
    ],
)
def test_what_adds_or_turns_words_round_does_more(sentence: str, text: str) -> None:
    assert not only_shortens(sentence, evidence(text))


def test_words_of_two_places_come_in_the_order_of_the_document() -> None:
    both = evidence("The vote failed. It was repeated in May.")
    assert len(both) == 2
    assert only_shortens("The vote was repeated in May.", both[::-1])
    assert not only_shortens("Repeated, the vote failed.", both)


@given(st.lists(st.booleans(), min_size=len(WORDS), max_size=len(WORDS)))
def test_any_words_may_be_left_out(kept: list[bool]) -> None:
    assert only_shortens(" ".join(word for word, keep in zip(WORDS, kept, strict=True) if keep), evidence(HARVARD))
