"""The large corpus: its texts, and the whole measurement over a small one of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import large
from benchmarks.answer_sets import squad_train
from benchmarks.encodings import bundled_embedder


def squad(folder: Path) -> Path:
    """A training half of one article, in SQuAD's format."""
    (folder / "squad").mkdir()
    paragraphs = []
    for number, town in enumerate(("Miravale", "Norhaven", "Ostrand")):
        context = (
            f"The port of {town} has {number + 3} piers of granite. Its harbour master keeps a list of every ship."
        )
        start = context.index(str(number + 3))
        answer = {"answer_start": start, "text": str(number + 3)}
        asked = {"id": town, "question": f"How many piers has the port of {town}?", "answers": [answer]}
        paragraphs.append({"context": context, "qas": [asked]})
    with gzip.open(folder / "squad" / "train-v1.1.json.gz", "wt", encoding="utf-8") as file:
        json.dump({"data": [{"title": "Ports", "paragraphs": paragraphs}]}, file)
    return folder


def test_every_sentence_is_drawn_before_one_comes_twice_and_the_same_again(tmp_path: Path) -> None:
    sentences = large.sentences_of(squad_train(squad(tmp_path), articles=1))
    assert len(sentences) == 4  # one of them stands in three paragraphs
    sentences += [f"Sentence {number} is here to make the passages of this test differ." for number in range(96)]
    for name in ("a", "b"):
        large.write_shuffled(tmp_path / name, sentences, passages=120)
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "a").rglob("*.txt"))]
    passages = [passage for text in texts for passage in text.strip().split("\n\n")]
    assert (len(texts), len(passages)) == (3, 120)
    counts = [sum(passage.count(sentence) for passage in passages) for sentence in sentences]
    assert max(counts) - min(counts) <= 1
    assert texts == [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "b").rglob("*.txt"))]


def test_a_passage_of_known_sentences_has_the_mean_of_their_vectors(tmp_path: Path) -> None:
    sentences = ["The pier is long.", "Ships come in the morning."]
    with bundled_embedder(tmp_path) as cached:
        vectors = large.sentence_vectors(sentences, cached)
        assert (large.sentence_vectors(sentences, cached) == vectors).all()
    embedder = large.MeanOfSentences(sentences, vectors)
    both, alone, other = embedder.encode([" ".join(sentences), sentences[0], "Who knows this?"])
    assert both @ vectors[0] == pytest.approx(both @ vectors[1], abs=1e-3)
    assert both @ vectors[0] > 0.6
    assert alone @ vectors[0] > 0.99
    assert float(np.linalg.norm(other)) == pytest.approx(1.0, abs=1e-3)


def test_the_whole_measurement_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(large, "_ARTICLES", 1)
    monkeypatch.setattr(large, "_WARM", 1)
    file = tmp_path / "large.json"
    monkeypatch.setattr(
        "sys.argv", ["large", str(squad(tmp_path)), "--passages", "4", "--questions", "2", "--json", str(file)]
    )
    large.main()
    figures = json.loads(file.read_text(encoding="utf-8"))["results"]
    assert figures["passages"] > 1
    assert 0 < figures["first passages"]["median"]["value"] <= figures["answer"]["median"]["value"]
    assert '"answered"' in capsys.readouterr().out
