import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from assistant.embedding.hashing import HashingEmbedder
from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.reading_verifier import ReadingVerifier
from assistant.reading.words_and_vectors import FEATURES, WordsAndVectors
from benchmarks.support import Pair, fever_symmetric, fit, logistic, measure, paws, qags, wice


def _write(file: Path, rows: Sequence[Mapping[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def test_the_fit_is_that_of_sklearn() -> None:
    draw = np.random.default_rng(7)
    features = draw.normal(size=(400, 3))
    truth = (features @ [2.0, -1.0, 0.0] + draw.logistic(size=400) > 0.5).astype(float)
    weight = draw.uniform(0.5, 2.0, size=400)
    ridge = 0.5
    theirs = LogisticRegression(C=1 / ridge, tol=1e-10, max_iter=1000).fit(features, truth, sample_weight=weight)
    ours = logistic(features, truth, weight, ridge=ridge)
    assert ours == pytest.approx([*theirs.coef_[0], theirs.intercept_[0]], abs=1e-5)


def test_loaders_read_both_halves_and_the_votes_of_readers(tmp_path: Path) -> None:
    (tmp_path / "pawsx_en").mkdir()
    (tmp_path / "pawsx_en" / "dev-en.tsv").write_text("A b\tB a\t0\nC d\tC d\t1\nE\tE\t1\n", encoding="utf-8")
    assert paws(tmp_path) == [Pair("C d", "C d", True)]
    assert paws(tmp_path, fitted=True) == [Pair("A b", "B a", False), Pair("E", "E", True)]
    claims = [
        {"evidence": ["x", "y"], "claim": name, "label": f"{how}supported"} for name, how in (("p", ""), ("q", "not_"))
    ]
    _write(tmp_path / "wice" / "oracle_chunks_claim_dev.jsonl", claims)
    assert wice(tmp_path, fitted=True) == [Pair("x\ny", "p", True)]
    assert wice(tmp_path) == [Pair("x\ny", "q", False)]
    votes = [{"response": answer} for answer in ("yes", "no", "yes")]
    _write(
        tmp_path / "qags" / "mturk_xsum.jsonl",
        [{"article": "a", "summary_sentences": [{"sentence": "s", "responses": votes}]}],
    )
    assert qags("xsum")(tmp_path) == [Pair("a", "s", True)]
    with pytest.raises(FileNotFoundError):
        fever_symmetric(tmp_path)


def test_a_set_that_words_can_tell_is_measured_as_perfect() -> None:
    pairs = [
        Pair("Ships left port.", "Ships left port.", True),
        Pair("Ships left port.", "Rain fell inland.", False),
    ] * 5
    unread = WordsAndVectors(HashingEmbedder())
    result = measure("made", pairs, ReadingVerifier(CrossEncoder(), unread), unread)
    assert (result.pairs, result.supported, result.balanced_accuracy) == (10, 5, 1.0)
    found = {who: figure.value for who, figure in result.auroc.items()}
    assert found == {"verifier": 1.0, "model": 1.0, "unread": 1.0, "words": 1.0, "cosine": 1.0}


def test_weights_point_the_way_their_features_do(tmp_path: Path) -> None:
    subjects = [f"town{number} is old" for number in range(40)]
    rows = [{"evidence": each, "claim": each, "label": "entailment"} for each in subjects]
    rows += [{"evidence": each, "claim": f"{each[:6]} is not a lake", "label": "not"} for each in subjects]
    _write(tmp_path / "fever" / "pairs.jsonl", rows)
    (tmp_path / "pawsx_en").mkdir()
    (tmp_path / "pawsx_en" / "dev-en.tsv").write_text("a b\tb c\t0\n\t\t0\nd e\td e\t1\n", encoding="utf-8")
    claims = [
        {"evidence": ["x is y"], "claim": f"x is {n}", "label": ("supported", "no")[n // 2 % 2]} for n in range(8)
    ]
    _write(tmp_path / "wice" / "oracle_chunks_claim_dev.jsonl", claims)
    weights = fit(tmp_path, WordsAndVectors(HashingEmbedder()))
    assert len(weights) == len(FEATURES) + 1
    assert weights[0] > 0
    assert weights[1] >= 0 >= max(weights[2:4])
