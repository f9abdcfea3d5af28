"""The runners go on without the sets that are not there, and their results name no place of the machine."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.embedding.hashing import HashingEmbedder
from benchmarks import answers, calibrate_abstention, fit_evidence, followups, retrieval
from benchmarks.encodings import CachedEmbedder
from benchmarks.runs import command_of, runner

MUSIQUE_POOL = [
    {"title": "Accord", "text": "The accord was signed in Geneva."},
    {"title": "Geneva", "text": "Geneva is in Switzerland."},
    {"title": "Rain", "text": "It rained in Lima."},
]
MUSIQUE_QUESTION = {
    "id": "1",
    "question": "In which country was the accord signed?",
    "answer": "Switzerland",
    "paragraphs": [
        {"title": "Accord", "paragraph_text": "The accord was signed in Geneva.", "is_supporting": True},
        {"title": "Rain", "paragraph_text": "It rained in Lima.", "is_supporting": False},
    ],
}
CONVERSATION = [
    {"raw_utterance": "Who is Lloyd Austin?", "number": 1, "manual_rewritten_utterance": "Who is Lloyd Austin?"},
    {"raw_utterance": "Where is Kyiv?", "number": 2, "manual_rewritten_utterance": "Where is Kyiv?"},
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a made MuSiQue and a made CAsT; texts are embedded by hashing, as loading a model is slow."""
    for name in ("OMP_NUM_THREADS", "OMP_WAIT_POLICY"):
        monkeypatch.delenv(name, raising=False)

    @contextmanager
    def hashing(cache: Path | None) -> Iterator[CachedEmbedder]:
        yield CachedEmbedder(HashingEmbedder(), tmp_path / "encodings")

    for module in (retrieval, followups, answers, fit_evidence, calibrate_abstention):
        monkeypatch.setattr(module, "bundled_embedder", hashing)
    folder = tmp_path / "data"
    written = {
        "multihop_wiki/musique_train_corpus.json": json.dumps(MUSIQUE_POOL),
        "multihop_wiki/musique_qa_train.json": json.dumps([MUSIQUE_QUESTION]),
        "cast/2019_evaluation_topics_annotated_resolved_v1.0.tsv": "",
        "cast/evaluation_topics_v1.0.json": "[]",
        "cast/2020_manual_evaluation_topics_v1.0.json": json.dumps([{"number": 1, "turn": CONVERSATION}]),
    }
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_retrieval_runs_on_the_set_that_is_there(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "retrieval.json"
    monkeypatch.setattr("sys.argv", ["retrieval", str(data), "--json", str(out)])
    retrieval.main()
    printed = capsys.readouterr().out
    for name in ("realtimeqa", "squad", "inscit", "hotpotqa"):
        assert printed.count(f"{name}: the data are not there (") == 1
    [result] = json.loads(out.read_text(encoding="utf-8"))["results"]
    assert (result["name"], result["queries"], result["documents"]) == ("musique", 1, 3)
    assert result["metrics"]["ours"]["R@10"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    assert set(result["differences"]) == set(result["p_values"]) >= {"B1", "B2", "B3"}


def test_followups_run_on_the_set_that_is_there(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "followups.json"
    monkeypatch.setattr("sys.argv", ["followups", str(data), "--json", str(out)])
    followups.main()
    printed = capsys.readouterr().out
    for name in ("CANARD train", "CANARD dev", "MTRAG", "INSCIT"):
        assert f"{name}: the data are not there (" in printed
    results = json.loads(out.read_text(encoding="utf-8"))["results"]
    assert results["inscit"] is None
    [cast] = results["rewrites"]
    assert (cast["name"], cast["untouched_with_first"]["n"]) == ("CAsT", 2)


@pytest.mark.parametrize(
    ("module", "names"),
    [
        (retrieval, ["realtimeqa", "squad", "inscit", "hotpotqa", "musique"]),
        (followups, ["CANARD train", "CANARD dev", "CAsT", "MTRAG", "INSCIT"]),
        (answers, ["nq_open", "squad", "realtimeqa"]),
    ],
    ids=["retrieval", "followups", "answers"],
)
def test_without_any_data_each_set_gets_a_sentence_and_old_results_stay(
    module: object,
    names: list[str],
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "results.json"
    out.write_text("older")
    monkeypatch.setattr("sys.argv", ["x", str(tmp_path / "none"), "--json", str(out)])
    module.main()  # type: ignore[attr-defined]
    printed = capsys.readouterr().out
    for name in names:
        assert printed.count(f"{name}: the data are not there (") == 1
    assert out.read_text() == "older"


def test_results_name_their_conditions_and_no_place(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "retrieval.json"
    monkeypatch.setattr("sys.argv", ["retrieval", str(data), "--sets", "musique", "--json", str(out)])
    retrieval.main()
    text = out.read_text(encoding="utf-8")
    report = json.loads(text)
    assert report["command"] == "python -m benchmarks.retrieval DATA_FOLDER --sets musique"
    assert {"date", "machine", "versions", "code", "settings"} <= set(report)
    assert report["versions"]["chromadb"]
    assert str(tmp_path) not in text
    assert socket.gethostname() not in text


def test_the_command_of_a_run_has_what_differs_from_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OMP_NUM_THREADS", "OMP_WAIT_POLICY"):
        monkeypatch.delenv(name, raising=False)
    parser = runner("retrieval", "Doc.", data=True)
    parser.add_argument("--limit", type=int, default=3)
    parser.add_argument("--fast", action="store_true")
    plain = parser.parse_args(["/some/where", "--cache", "/else/where"])
    assert command_of(parser, plain) == "python -m benchmarks.retrieval DATA_FOLDER"
    options = parser.parse_args(["/some/where", "--limit", "4", "--fast"])
    assert command_of(parser, options) == "python -m benchmarks.retrieval DATA_FOLDER --limit 4 --fast"
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    assert command_of(parser, plain) == "OMP_WAIT_POLICY=ACTIVE python -m benchmarks.retrieval DATA_FOLDER"
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")  # what the program sets by itself
    assert command_of(parser, plain) == "python -m benchmarks.retrieval DATA_FOLDER"


@pytest.mark.parametrize("module", [fit_evidence, calibrate_abstention], ids=["fit_evidence", "calibrate_abstention"])
def test_nothing_is_fitted_without_the_data(module: object, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["x", str(data)])
    with pytest.raises(SystemExit, match=r"the data are not there \(.*\): nothing was fitted"):
        module.main()  # type: ignore[attr-defined]
