"""Reading decides where words do not; a number that the source does not have is never supported."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.embedding.hashing import HashingEmbedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.reading_verifier import FEATURES, ReadingVerifier, shipped_weights
from assistant.reading.words_and_vectors import WordsAndVectors

FLOOR = WordsAndVectors(HashingEmbedder())
PORT = "The harbour of Arlen was closed in May 2021 because a crane had fallen into the fairway."


class Sure:
    """Finds everything supported, and notes what it was asked."""

    name = "sure"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def support(self, claims: Sequence[tuple[str, str]]) -> Sequence[float]:
        self.asked += claims
        return [8.0] * len(claims)


def test_what_stands_there_word_for_word_is_not_read() -> None:
    reader = Sure()
    claims = [(PORT, PORT.lower()), ("", "x")]
    assert ReadingVerifier(reader, FLOOR).support(claims) == [1.0, 0.0]
    assert reader.asked == []


def test_a_number_that_the_source_does_not_have_is_never_supported() -> None:
    (found,) = ReadingVerifier(Sure(), FLOOR).support([(PORT, "The harbour was closed in 2023.")])
    assert found <= 0.1


def test_the_name_tells_the_model_and_its_weights() -> None:
    weights = {**dict.fromkeys(FEATURES, 1.0), "intercept": 0.0}
    assert "over sure" in ReadingVerifier(Sure(), FLOOR).name
    assert ReadingVerifier(Sure(), FLOOR).name != ReadingVerifier(Sure(), FLOOR, weights=weights).name


def test_more_support_read_is_more_support() -> None:
    assert shipped_weights()["read"] > 0


@pytest.fixture(scope="module")
def verifier() -> ReadingVerifier:
    return ReadingVerifier(CrossEncoder(), WordsAndVectors(TransformerEmbedder()))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The harbour was shut in May 2021.", "The weather in Borl was fine that week."),
        ("A crane had fallen in the harbour of Arlen.", "A ship had fallen in the harbour of Borl."),
    ],
)
def test_what_the_source_says_has_more_support(verifier: ReadingVerifier, right: str, wrong: str) -> None:
    more, less = verifier.support([(PORT, right), (PORT, wrong)])
    assert more > less
