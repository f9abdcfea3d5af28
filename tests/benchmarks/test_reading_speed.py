"""What is read when its speed is measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.embedding.transformer import TransformerEmbedder
from benchmarks import reading_speed


def test_texts_have_the_length_asked_for_and_share_no_sentence() -> None:
    embedder, left = TransformerEmbedder(), reading_speed.sample_sentences()
    all_of_them = list(left)
    texts = reading_speed.texts_of(left, 3, tokens=60, embedder=embedder)
    assert 60 - 8 <= sum(embedder.count_tokens([text.text for text in texts])) / 3 <= 60 + 20
    taken = all_of_them[len(left) :]
    assert " ".join(reversed(taken)) == " ".join(text.text for text in texts)
    assert len(set(taken)) == len(taken) > 3


def test_each_way_is_measured_and_what_it_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "results.json"
    monkeypatch.setattr("sys.argv", ["reading_speed", "--rounds", "1", "--json", str(file)])
    reading_speed.main()
    results = json.loads(file.read_text(encoding="utf-8"))["results"]
    place, apart, wide = results["in place"], results["apart"], results["in place, float32"]
    assert place["texts"] == 20
    assert place["sentences"] >= 40
    assert place["tokens"] == pytest.approx(20 * 200, rel=0.05)
    assert apart["tokens"] - place["tokens"] == pytest.approx(40 * 50, rel=0.05)
    assert wide["tokens"] == place["tokens"]
    assert all(each["seconds"]["n"] == 1 for each in results.values())
