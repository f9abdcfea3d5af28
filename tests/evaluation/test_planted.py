"""An evaluation notices when the assistant was made worse, says why, and is quiet when nothing changed.

Over the development cases of one storyline and its briefings, without reading, which takes most of the time of an
answer; the whole set and 20 unchanged runs: `python -m benchmarks.planted`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.answering.remembering import RememberedVectors
from assistant.embedding.base import Vectors
from assistant.embedding.transformer import TransformerEmbedder
from tests.evaluation.planted import planted

STORYLINE = "us-china-defence"
GOLDEN = Path(__file__).parents[1] / "golden" / "development" / f"{STORYLINE}.golden.yaml"
SAMPLE = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _without_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_READING", "false")


class Encoding(TransformerEmbedder):
    """The real model under a name that `_each_text_encoded_once` leaves alone."""

    encode = TransformerEmbedder.encode


@pytest.fixture(scope="module", autouse=True)
def _each_text_encoded_once() -> Iterator[None]:
    """The real model for all evaluations, which ask the same questions of mostly the same sentences."""
    known = RememberedVectors(Encoding())

    def encode(_: TransformerEmbedder, texts: Sequence[str]) -> Vectors:
        return known.encode(texts)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransformerEmbedder, "encode", encode)
        yield


@pytest.fixture(scope="module")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of nothing but the storyline."""
    corpus = tmp_path_factory.mktemp("corpus")
    shutil.copytree(SAMPLE / STORYLINE, corpus / STORYLINE)
    return corpus


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory, cache: Path, briefings: Path) -> Path:
    """The report of the assistant as it is."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(cache))
        patched.setenv("ASSISTANT_READING", "false")
        file = tmp_path_factory.mktemp("baseline") / "baseline.json"
        assert evaluated(file, briefings, "--accept") == 0
    return file


def evaluated(baseline: Path, briefings: Path, *options: str) -> int:
    """The exit code of an evaluation against this baseline."""
    with pytest.raises(SystemExit) as ended:
        main(["eval", str(GOLDEN), "--baseline", str(baseline), "--corpus", str(briefings), *options])
    return int(ended.value.code or 0)


def test_an_unchanged_assistant_passes_and_no_difference_is_shown(
    baseline: Path, briefings: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    assert evaluated(baseline, briefings) == 0
    printed = capsys.readouterr().out
    assert "Passed." in printed
    assert "no difference shown" in printed
    for finding in ("worse", "better", "cannot tell", "changed"):
        assert finding not in printed.split("Passed.")[0]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("worse chunking", "worse than the baseline: "),
        ("shuffled ranking", "worse than the baseline: nDCG@10"),
        ("citations off by one", "citation-not-verbatim"),
        ("citations off by one in step", "citation-not-verbatim"),
        ("dropped abstention threshold", "worse than the baseline: "),
        ("lost page", "document-lost-text"),
    ],
)
def test_what_was_made_worse_is_caught_with_its_reason(
    name: str,
    reason: str,
    baseline: Path,
    briefings: Path,
    cache: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made_anew = name in ("worse chunking", "lost page")  # a changed reader makes a new index; so does a planted one
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path if made_anew else cache))
    with planted(name):
        assert evaluated(baseline, briefings) == 1
    printed = capsys.readouterr().out.split("Not passed.")
    assert len(printed) == 2, printed
    assert reason in printed[1]
