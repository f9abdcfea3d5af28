from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding.hashing import HashingEmbedder
from assistant.embedding.transformer import TransformerEmbedder, computes_in_bfloat16
from assistant.errors import SettingsError


@pytest.fixture(scope="module")
def embedder() -> TransformerEmbedder:
    return TransformerEmbedder(precision="float32")


def test_vectors_are_unit_vectors_and_near_for_texts_that_mean_the_same(embedder: TransformerEmbedder) -> None:
    vectors = embedder.encode(["China declined the meeting.", "Beijing refused to meet.", "Corn left Odesa by ship."])
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_bfloat16_points_the_same_way_as_float32(embedder: TransformerEmbedder) -> None:
    texts = [
        "The United States would not lift the sanctions.",
        "Ships avoid the Red Sea.",
        "Year: 2019 | Host: Singapore",
    ]
    half = TransformerEmbedder(precision="bfloat16").encode(texts)
    cosines = (half * embedder.encode(texts)).sum(axis=1)
    assert cosines.min() > 0.999


def test_the_arithmetic_is_the_one_of_the_settings_or_what_the_processor_is_fast_in() -> None:
    assert TransformerEmbedder(precision="float32").arithmetic == "float32"
    assert TransformerEmbedder(precision="bfloat16").arithmetic == "bfloat16"
    assert TransformerEmbedder().arithmetic == ("bfloat16" if computes_in_bfloat16() else "float32")


def test_tokens_are_counted_without_cutting_off(embedder: TransformerEmbedder) -> None:
    assert embedder.count_tokens(["one two three", "word " * 1000, ""]) == [3, 1000, 0]


def test_a_changed_model_file_is_refused_before_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = TransformerEmbedder().folder
    copy = tmp_path / "model"
    shutil.copytree(real, copy)
    with (copy / "model.safetensors").open("r+b") as weights:
        weights.seek(5_000_000)
        weights.write(b"\x00\x01\x02\x03")
    damaged = TransformerEmbedder()
    monkeypatch.setitem(damaged.__dict__, "folder", copy)
    with pytest.raises(SettingsError, match="is damaged"):
        damaged.encode(["text"])


def test_a_model_that_is_not_there_is_named_and_nothing_is_downloaded() -> None:
    with pytest.raises(SettingsError, match="nothing is downloaded"):
        _ = TransformerEmbedder("nobody/no-such-model").fingerprint
    with pytest.raises(SettingsError, match="is neither a folder nor"):
        _ = TransformerEmbedder("nobody/no-such-model").max_tokens


@pytest.mark.parametrize("name", ["sentence_bert_config.json", "modules.json", "tokenizer.json", "config.json"])
def test_a_folder_that_is_no_whole_model_is_a_mistake_in_the_setting(tmp_path: Path, name: str) -> None:
    copy = tmp_path / "model"
    shutil.copytree(TransformerEmbedder().folder, copy, ignore=shutil.ignore_patterns(name))
    with pytest.raises(SettingsError, match=f"/model' (has no {name}|cannot be read)"):
        use(TransformerEmbedder(str(copy)))
    (copy / name).write_text("{", encoding="utf-8")
    with pytest.raises(SettingsError, match="/model' cannot be read"):
        use(TransformerEmbedder(str(copy)))


def use(model: TransformerEmbedder) -> None:
    _ = model.max_tokens
    model.count_tokens(["text"])
    model.encode(["text"])


def test_the_hashing_embedder_brings_texts_that_share_words_together() -> None:
    vectors = HashingEmbedder().encode(["grain ships leave", "ships with grain", "a defence minister", ""])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
