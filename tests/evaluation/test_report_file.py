"""Reports and journals come back as they were written, and a broken one is told so."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.evaluation.cache import discard_old, index_folder, journal_file
from assistant.evaluation.report_file import Journal, read_report, write_report
from assistant.evaluation.results import (
    CaseResult,
    CitedExcerpt,
    Conditions,
    DocumentPrint,
    EvalReport,
    Excerpt,
    Violation,
)

RESULT = CaseResult(
    case_id="a",
    fingerprint="f1",
    question="Why “now”?",
    query="Why now",
    answerable=True,
    split="test",
    tags=("quick",),
    outcome="answered",
    text="Because.",
    answerability=0.75,
    citations=(CitedExcerpt(1, 0, 8, Excerpt("a.md", 3, 11, "Because."), True, False),),
    passages=(Excerpt("a.md", 0, 20, "text"),),
    relevant=(Excerpt("a.md", 3, 11, "Because."),),
    missing=(),
    scores={"R@5": 1.0, "RR@10": None},
    reasons={"R@5": "found"},
    seconds=0.25,
    history=("What?",),
    as_of=date(2024, 1, 2),
    evidence=(0,),
)
REPORT = EvalReport(
    made_at="2026-11-24T00:00:00+00:00",
    conditions=Conditions({"passages": "10"}, {"m": "d"}, {"python": "3"}, {"a.md": DocumentPrint("h", 20)}, "c", "j"),
    results=(RESULT, replace(RESULT, case_id="b", outcome=None, error="ValueError: x", scores={"R@5": 0.0})),
    set_scores={"AUROC": 0.5, "F1": None},
    violations=(Violation("crashed", "b", "ValueError: x"),),
    seconds={"asking": 1.5},
)


def test_a_report_comes_back_as_it_was(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path / "r.json")
    assert read_report(tmp_path / "r.json") == REPORT
    assert list(tmp_path.iterdir()) == [tmp_path / "r.json"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 99}', "\x00"])
def test_what_is_no_report_is_told_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="--accept"):
        read_report(tmp_path / "r.json")


def test_a_report_from_before_the_machine_was_kept_is_read(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path / "r.json")
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    del content["conditions"]["machine"]
    (tmp_path / "r.json").write_text(json.dumps(content), encoding="utf-8")
    assert read_report(tmp_path / "r.json") == REPORT


def test_an_unknown_score_in_a_report_does_not_hide(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path / "r.json")
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    content["results"][0]["scores"]["R@5"] = "high"
    (tmp_path / "r.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="is not a report"):
        read_report(tmp_path / "r.json")


def test_a_folder_that_is_not_there_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_report(REPORT, tmp_path / "no" / "r.json")


def test_a_stopped_run_is_read_from_its_journal_without_its_crashes(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j" / "x.jsonl")
    assert journal.read() == {}
    crashed = replace(RESULT, fingerprint="f2", outcome=None, error="ValueError: x")
    journal.add([RESULT, crashed])
    assert Journal(journal.path).read() == {"f1": RESULT}


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "x.jsonl")
    journal.add([RESULT, replace(RESULT, fingerprint="f2")])
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-40])
    assert list(journal.read()) == ["f1"]


def test_a_finished_run_leaves_no_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "x.jsonl")
    journal.add([RESULT])
    journal.close()
    assert not journal.path.exists()


def test_only_what_was_not_used_for_long_is_discarded(tmp_path: Path) -> None:
    old, new = index_folder("old", tmp_path), index_folder("new", tmp_path)
    journal = journal_file("x", tmp_path)
    Journal(journal).add([RESULT])
    long_ago = time.time() - 40 * 86_400
    os.utime(old / ".used", (long_ago, long_ago))
    discard_old(tmp_path)
    assert not old.exists()
    assert new.exists()
    assert journal.exists()
    discard_old(tmp_path, now=time.time() + 40 * 86_400)
    assert not new.exists()
    assert not journal.exists()


def test_a_report_is_on_the_disk_before_it_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(REPORT, tmp_path / "r.json")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(InputError, match="No space left"):
        write_report(replace(REPORT, results=()), tmp_path / "r.json")
    assert read_report(tmp_path / "r.json") == REPORT
    assert list(tmp_path.iterdir()) == [tmp_path / "r.json"]
