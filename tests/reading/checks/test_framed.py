"""Words that a source takes back, asks or leaves open are not said by it, though it has every one of them."""

from __future__ import annotations

import pytest

from assistant.answering.written.verification import SentenceVerifier
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.reading.checks.framed import framed
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.types import Passage
from tests.answering.memory import document

CLAIM = "Borl closed the harbour of Arlen."
HASHED = HashingEmbedder()

TAKEN_BACK = [
    "It is false that Borl closed the harbour of Arlen.",
    "It is not true that Borl closed the harbour of Arlen.",
    "There is no evidence that Borl closed the harbour of Arlen.",
    "Nobody thinks that Borl closed the harbour of Arlen.",
    "We could not confirm that Borl closed the harbour of Arlen.",
    "The mayor didn’t say that Borl closed the harbour of Arlen.",
    "The mayor denied the accusation that Borl closed the harbour of Arlen.",
    "Contrary to rumours that Borl closed the harbour of Arlen, ships sailed.",
    "Reports that Borl closed the harbour of Arlen were wrong.",
    "Was there a storm? Is it so that Borl closed the harbour of Arlen?",
]


@pytest.mark.parametrize("source", TAKEN_BACK)
def test_what_is_taken_back_or_asked_is_not_said(source: str) -> None:
    found = framed(source, CLAIM)
    assert found is not None
    assert found.status == "unsupported"


@pytest.mark.parametrize("source", TAKEN_BACK)
def test_every_word_in_a_row_does_not_make_it_supported(source: str) -> None:
    written = document("a.txt", f"{source} It rained in June.")
    chunker = SentenceChunker(HASHED.count_tokens, max_tokens=HASHED.max_tokens)
    found = [Passage(chunk, written.source, 1, 1.0, "memory") for chunk in chunker.chunk(written)]
    checked = SentenceVerifier(WordsAndVectors(HASHED)).check(CLAIM, found)
    assert checked.verdict.status in ("unsupported", "contradicted")


@pytest.mark.parametrize(
    "source",
    [
        "There were rumours that Borl closed the harbour of Arlen.",
        "The report that Borl closed the harbour of Arlen came late.",
        "Had Borl closed the harbour of Arlen, trade would have stopped.",
        "Suppose Borl closed the harbour of Arlen.",
    ],
)
def test_what_is_left_open_is_partly_borne_out(source: str) -> None:
    found = framed(source, CLAIM)
    assert found is not None
    assert (found.status, found.failure) == ("partly", "dropped hedge")


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("Borl closed the harbour of Arlen.", CLAIM),
        ("There is no doubt that Borl closed the harbour of Arlen.", CLAIM),
        ("The mayor did not deny that Borl closed the harbour of Arlen.", CLAIM),
        ("The mayor did not know that Borl closed the harbour of Arlen.", CLAIM),
        ("It is false that it rained. Borl closed the harbour of Arlen.", CLAIM),
        ("It is false that it rained, but Borl closed the harbour of Arlen.", CLAIM),
        ("Contrary to rumours that it rained, Borl closed the harbour of Arlen.", CLAIM),
        ("Did Borl close the harbour of Arlen? Borl closed the harbour of Arlen on Monday.", CLAIM),
        ("There is no evidence that Borl closed the harbour.", "There is no evidence that Borl closed the harbour."),
        ("It is false that Borl closed the harbour.", "Borl did not close the harbour."),
        ("The Courier, citing the mayor, reports that Borl closed the harbour of Arlen.", CLAIM),
        ("There is no other report that we have read: Borl closed the harbour of Arlen.", CLAIM),
        ("Rumours that Borl closed the harbour spread.", "Borl reportedly closed the harbour."),
    ],
)
def test_what_is_said_elsewhere_or_with_its_frame_is_left_alone(source: str, claim: str) -> None:
    assert framed(source, claim) is None
