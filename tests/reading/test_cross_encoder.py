"""The shipped reading model reads: the right sentence, the right words, within its limits, on any thread."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import SettingsError
from assistant.language.sentences import sentence_spans
from assistant.reading.base import UNREAD, Text
from assistant.reading.cross_encoder import WEIGHTS, CrossEncoder

PORT = (
    "The harbour of Arlen was dredged in 2019. It was closed in May 2021 because a crane had fallen into the fairway. "
    "Captain Rosa Lind led the salvage. Ferries to Borl used the old pier until August."
)


def text(written: str, title: str = "The harbour of Arlen") -> Text:
    return Text(title, written, sentence_spans(written))


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return CrossEncoder()


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("When was the harbour closed?", 1, "May 2021"),
        ("Who led the salvage?", 2, "Rosa Lind"),
        ("When was the harbour dredged?", 0, "2019"),
        ("Why was the harbour closed?", 1, "crane had fallen"),
    ],
)
def test_the_sentence_and_the_words_that_answer_are_found(
    reader: CrossEncoder, question: str, sentence: int, words: str
) -> None:
    (reading,) = reader.read(question, [text(PORT)])
    assert reading is not None
    assert int(np.argmax(reading.sentences)) == sentence
    answer = reading.answers[sentence]
    assert answer is not None
    assert words in answer.of(PORT)


def test_a_question_in_american_spelling_is_read_as_one_in_the_spelling_of_the_text(reader: CrossEncoder) -> None:
    assert reader.read("When was the HARBOR closed?", [text(PORT)]) == reader.read(
        "When was the HARBOUR closed?", [text(PORT)]
    )
    claims = [(PORT, "The harbor was closed in May 2021."), (PORT, "The harbour was closed in May 2021.")]
    american, british = reader.support(claims)
    assert american == british


def test_a_text_about_something_else_is_less_relevant(reader: CrossEncoder) -> None:
    other = "The price of tin rose by 4 per cent in April. Traders expect it to fall."
    found = reader.read("When was the harbour closed?", [text(other, "Tin"), text(PORT)])
    near, far = found[1], found[0]
    assert near is not None
    assert far is not None
    assert near.relevance > 0 > far.relevance


def test_answers_lie_inside_their_sentences(reader: CrossEncoder) -> None:
    (reading,) = reader.read("Who?", [text(PORT)])
    assert reading is not None
    for sentence, answer in zip(sentence_spans(PORT), reading.answers, strict=True):
        assert answer is not None
        assert sentence.contains(answer)


def test_the_limit_leaves_the_last_texts_unread_and_never_the_first(reader: CrossEncoder) -> None:
    few = CrossEncoder(tokens=150)
    found = few.read("When was the harbour closed?", [text(PORT)] * 5)
    assert found[0] is not None
    assert found[-1] is None
    assert CrossEncoder(tokens=1).read("When?", [text(PORT)])[0] is not None


def test_a_text_is_read_alike_alone_and_beside_others(reader: CrossEncoder) -> None:
    others = [text("Tin rose."), text(PORT * 2), text("A. B.")]
    (alone,) = reader.read("Who led the salvage?", [text(PORT)])
    *_, beside = reader.read("Who led the salvage?", [*others, text(PORT)])
    assert alone is not None
    assert beside is not None
    assert alone.answers[2] == beside.answers[2]
    assert np.allclose(alone.sentences, beside.sentences, atol=0.3)  # bfloat16


def test_what_was_cut_off_is_unread(reader: CrossEncoder) -> None:
    written = "The ship left the port of Arlen in the morning. " * 60
    (reading,) = reader.read("When did the ship leave?", [text(written)])
    assert reading is not None
    assert reading.sentences[-1] == UNREAD
    assert reading.answers[-1] is None


def test_nothing_is_read_where_there_is_nothing(reader: CrossEncoder) -> None:
    assert reader.read("Who?", []) == []
    (reading,) = reader.read("Who?", [Text("", "", ())])
    assert reading is not None
    assert reading.relevance == UNREAD


def test_a_claim_that_the_text_bears_out_has_more_support(reader: CrossEncoder) -> None:
    right, wrong = reader.support(
        [(PORT, "The harbour was closed in May 2021."), (PORT, "The harbour was never closed.")]
    )
    assert right > wrong


def test_the_end_of_a_long_premise_is_read_too(reader: CrossEncoder) -> None:
    long = "The weather was fine on the coast that day. " * 80 + PORT
    near, far = reader.support(
        [(long, "Rosa Lind led the salvage."), (long[: -len(PORT)], "Rosa Lind led the salvage.")]
    )
    assert near > far


def test_an_empty_premise_supports_nothing(reader: CrossEncoder) -> None:
    assert reader.support([("", "It rained.")]) == [UNREAD]


def test_threads_share_the_model(reader: CrossEncoder) -> None:
    (once,) = reader.read("Who led the salvage?", [text(PORT)])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: reader.read("Who led the salvage?", [text(PORT)])[0], range(12)))
    assert all(each == once for each in found)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    file = tmp_path / "weights" / "reading.safetensors"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="damaged"):
        CrossEncoder(weights=tmp_path / "weights").load()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="missing"):
        CrossEncoder(weights=tmp_path).load()


def test_what_ships_is_small() -> None:
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) <= 25_000_000
