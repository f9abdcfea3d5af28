from __future__ import annotations

import numpy as np

from assistant.answering.remembering import RememberedVectors
from assistant.embedding.hashing import HashingEmbedder


def test_vectors_are_those_of_the_embedder_in_the_order_asked() -> None:
    remembered = RememberedVectors(HashingEmbedder())
    remembered.encode(["b", "c"])
    assert np.array_equal(remembered.encode(["a", "b", "a"]), HashingEmbedder().encode(["a", "b", "a"]))


def test_a_sentence_is_encoded_once() -> None:
    embedder = HashingEmbedder()
    remembered = RememberedVectors(embedder)
    remembered.encode(["one", "two", "one"])
    remembered.encode(["two", "three"])
    assert embedder.encoded == 3


def test_what_was_not_used_for_longest_is_forgotten() -> None:
    embedder = HashingEmbedder()
    remembered = RememberedVectors(embedder, capacity=2)
    for texts in (["one"], ["two"], ["one"], ["three"], ["one"]):
        remembered.encode(texts)
    assert embedder.encoded == 3
    remembered.encode(["two"])
    assert embedder.encoded == 4


def test_no_texts_give_no_rows() -> None:
    assert RememberedVectors(HashingEmbedder(64)).encode([]).shape == (0, 64)
