"""docs/quality.md says what the results say."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.evaluation.report_file import write_report
from assistant.evaluation.results import CaseResult, Conditions, EvalReport
from benchmarks import quality
from benchmarks.runs import RESULTS

ROOT = Path(__file__).parents[2]
NOWHERE = Path("nowhere.json")


def test_the_page_is_what_the_results_give() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.quality", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_changed_figure_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = quality.PAGE.read_text(encoding="utf-8").replace(".908 [", ".980 [", 1)
    assert changed != quality.PAGE.read_text(encoding="utf-8")
    (tmp_path / "quality.md").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(quality, "PAGE", tmp_path / "quality.md")
    monkeypatch.setattr("sys.argv", ["quality", "--check"])
    assert quality.main() == 1
    assert "run `python -m benchmarks.quality`" in capsys.readouterr().out
    assert (tmp_path / "quality.md").read_text(encoding="utf-8") == changed


def test_a_figure_of_the_results_stands_in_its_row(tmp_path: Path) -> None:
    report = json.loads((RESULTS / "retrieval.json").read_text(encoding="utf-8"))
    squad = next(each for each in report["results"] if each["name"] == "squad")
    squad["metrics"]["B1"]["RR@10"] = {"value": 0.1234, "low": 0.1, "high": 0.2, "n": 2206}
    squad["differences"]["B1"] = {"value": -0.0126, "low": -0.02, "high": -0.004, "n": 2206}
    squad["p_values"]["B1"] = 0.0312
    (tmp_path / "retrieval.json").write_text(json.dumps(report), encoding="utf-8")
    text = quality.page(tmp_path, NOWHERE)
    assert "| words | .123 [.100, .200] | -.013 [-.020, -.004] | .031 |" in text
    assert re.search(r"^- Against words: .*; worse on SQuAD\.$", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("A", 0.1, 0.01), ("B", 0.1, 0.2)], "better on A; no difference shown on B; worse on none"),
        ([("A", -0.1, 0.01), ("B", -0.1, 0.05)], "no difference shown on B; worse on A"),
        ([], ""),
    ],
)
def test_a_verdict_needs_a_significant_difference(rows: list[tuple[str, float, float]], said: str) -> None:
    assert quality.verdict(rows) == said


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("retrieval", "## Retrieval"),
        ("answers", "## Answers"),
        ("followups", "## Follow-ups"),
        ("latency", "**One answer.**"),
        ("indexing", "**Indexing.**"),
        ("sync", "**Sync.**"),
        ("crash", "`kill -9` while indexing"),
        ("crash_vectors", "`kill -9` with Chroma at work"),
        ("self_retrieval", "not found for themselves"),
    ],
)
def test_results_that_are_not_there_are_left_out_with_their_part(name: str, part: str, tmp_path: Path) -> None:
    shutil.copytree(RESULTS, tmp_path, dirs_exist_ok=True)
    whole = quality.page(tmp_path, NOWHERE)
    (tmp_path / f"{name}.json").unlink()
    without = quality.page(tmp_path, NOWHERE)
    assert part in whole
    assert part not in without
    assert whole.count("\n## ") - without.count("\n## ") == part.startswith("## ")


def test_without_any_results_the_page_stands_without_tables(tmp_path: Path) -> None:
    text = quality.page(tmp_path, NOWHERE)
    assert text.startswith("<!-- Written by")
    assert "|" not in text
    assert "\n## " not in text


def test_results_of_an_older_form_end_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "crash.json").write_text('{"seed": 1, "kills": 1000}', encoding="utf-8")
    with pytest.raises(SystemExit, match=r"crash\.json is of an older form: run `python -m benchmarks\.crash` again"):
        quality.page(tmp_path, NOWHERE)


def test_the_golden_section_has_the_means_of_each_half(tmp_path: Path) -> None:
    def case(name: str, split: str, recall: float | None) -> CaseResult:
        return CaseResult(
            case_id=name,
            fingerprint=name,
            question="Why?",
            query="Why?",
            answerable=True,
            split=split,  # type: ignore[arg-type]
            tags=(),
            outcome="answered",
            text="",
            answerability=0.9,
            citations=(),
            passages=(),
            relevant=(),
            missing=(),
            scores={"citation recall": recall, "latency": 0.5},
            reasons={},
            seconds=0.1,
        )

    report = EvalReport(
        made_at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC).isoformat(),
        conditions=Conditions({}, {}, {}, {}, "code", "words and vectors"),
        results=(
            case("a", "development", 1.0),
            case("b", "development", 0.5),
            case("c", "development", None),  # does not apply: stays out of the mean
            case("d", "test", 0.25),
        ),
        set_scores={"AUROC": 0.875},
    )
    write_report(report, tmp_path / "baseline.json")
    text = quality.page(tmp_path / "none", tmp_path / "baseline.json")
    assert "| metric | development (3 cases) | test (1 cases) |" in text
    assert "| citation recall | .750 [.500, 1.000] (n 2) | .250 (n 1) |" in text
    assert "latency" not in text
    assert "AUROC .875" in text
    assert "## Golden cases" in text
    assert "## Golden cases" not in quality.page(tmp_path / "none", NOWHERE)
