"""This repository's golden set: large enough, of every kind, and no worse than its baseline in the quick cases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.evaluation.golden_file import golden_files, load_golden
from assistant.evaluation.report_file import read_report
from assistant.language.words import stems

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = load_golden(golden_files(GOLDEN))
KINDS = {
    "single-fact", "several-facts", "across-documents", "follow-up", "paraphrase", "table", "attachment", "as-of",
    "conflict", "false-premise", "near-miss", "injection",
}  # fmt: skip
FORMATS = {"md", "txt", "html", "pdf", "docx", "eml", "pptx", "xlsx", "csv"}


def test_it_is_large_enough_and_of_every_kind() -> None:
    tags = Counter(tag for case in CASES for tag in case.tags)
    assert len(CASES) >= 200
    assert sum(not case.answerable for case in CASES) >= 60
    assert all(tags[tag] >= 10 for tag in KINDS | FORMATS), tags
    assert {case.split for case in CASES} == {"development", "test"}
    storylines = {quote.document.split("/")[0] for case in CASES for each in case.relevant for quote in each.quotes}
    assert storylines == {"black-sea-grain", "nordic-nato", "red-sea-shipping", "us-china-defence"}


def test_a_tag_means_what_it_says() -> None:
    wrong: list[str] = []
    for case in CASES:
        quotes = [quote for evidence in case.relevant for quote in evidence.quotes]
        said = {
            "paraphrase": not any(set(stems(case.question)) & set(stems(quote.text)) for quote in quotes),
            "follow-up": bool(case.history),
            "as-of": case.as_of is not None,
            "near-miss": not case.answerable,
            "several-facts": len(case.relevant) > 1 or len(case.must_say) > 1,
            "across-documents": len({quote.document for quote in quotes}) > 1,
        }
        wrong += [f"{case.place}: {tag}" for tag, holds in said.items() if tag in case.tags and not holds]
    assert not wrong


def test_several_cases_need_more_than_one_document() -> None:
    homes = [[{quote.document for quote in each.quotes} for each in case.relevant] for case in CASES]
    assert sum(len(each) > 1 and not set.intersection(*each) for each in homes) >= 10


def test_quick_cases_are_development_cases_of_both_kinds() -> None:
    quick = [case for case in CASES if "quick" in case.tags]
    assert 15 <= len(quick) <= 40
    assert {case.split for case in quick} == {"development"}
    assert {case.answerable for case in quick} == {True, False}


def test_the_baseline_holds_every_case_as_it_is_written_now() -> None:
    baseline = read_report(GOLDEN / "baseline.json")
    written = {case.id: case.fingerprint for case in CASES}
    assert {result.case_id: result.fingerprint for result in baseline.results} == written, (
        "run `assistant eval tests/golden`, look at the report, and then again with --accept"
    )
    assert baseline.violations == ()


def test_the_quick_cases_are_no_worse_than_the_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main(["eval", str(GOLDEN), "--tag", "quick"])
    assert ended.value.code == 0, capsys.readouterr().out
