"""What fails a run, what lets it pass, and what the verdict says of either."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation.report_file import read_report, write_report
from assistant.evaluation.results import Conditions, DocumentPrint, EvalReport, Rule, Violation
from assistant.evaluation.verdict import Verdict, changed_conditions, judge, lost_text
from tests.evaluation.made_reports import CONDITIONS, METRICS, broken, case, plain, report, simulated


def full() -> EvalReport:
    return report(simulated(np.random.default_rng(0)))


def against(baseline: EvalReport, now: EvalReport) -> Verdict:
    return judge(now, baseline, METRICS)


def test_without_a_baseline_nothing_passes() -> None:
    verdict = judge(full(), None, METRICS)
    assert not verdict.passed
    assert verdict.reasons == ("no baseline yet: look at the report, then run again with --accept",)


def test_an_identical_run_passes_also_after_a_round_through_the_file(tmp_path: Path) -> None:
    now = replace(full(), made_at="2026-02-02T00:00:00Z")
    write_report(full(), tmp_path / "baseline.json")
    verdict = against(read_report(tmp_path / "baseline.json"), now)
    assert verdict.passed
    assert verdict.reasons == ("nothing that decides is shown to be worse over 240 cases in both reports",)
    assert {each.finding for each in verdict.comparisons} == {"no difference shown", None}
    assert (verdict.changed_conditions, verdict.case_changes.flipped, verdict.remarks) == ((), (), ())


@pytest.mark.parametrize("rule", ["crashed", "citation-not-verbatim", "span-not-found", "document-lost-text"])
def test_one_violation_fails_a_run_that_is_otherwise_equal(rule: Rule) -> None:
    now = replace(full(), violations=(Violation(rule, "case-3", "what happened"),))
    verdict = against(full(), now)
    assert not verdict.passed
    (reason,) = verdict.reasons
    assert reason.startswith("1 ")
    assert reason.endswith(": case-3")
    assert verdict.violations == now.violations
    assert judge(now, None, METRICS).reasons[0] == reason


def test_a_drop_fails_and_says_from_what_to_what() -> None:
    drop = broken(list(full().results), 24, lambda scores: scores | {"nDCG@10": 0.0}, applies="nDCG@10")
    verdict = against(full(), report(drop))
    assert not verdict.passed
    (reason,) = verdict.reasons
    assert reason.startswith("worse than the baseline: nDCG@10: 0.")
    assert "n = 168, p = .001 after Holm's correction" in reason
    assert {flip.case_id for flip in verdict.case_changes.flipped} == {
        now.case_id for was, now in zip(full().results, drop, strict=True) if was != now
    }
    assert {flip.turned for flip in verdict.case_changes.flipped} == {"worse"}


def test_a_gain_passes_and_is_said() -> None:
    drop = broken(list(full().results), 24, lambda scores: scores | {"nDCG@10": 0.0}, applies="nDCG@10")
    verdict = against(report(drop), full())
    assert verdict.passed
    assert verdict.reasons[0].startswith("better than the baseline: nDCG@10")


def test_a_secondary_metric_that_drops_is_said_and_does_not_decide() -> None:
    drop = broken(list(full().results), 40, lambda scores: scores | {"answer F1": 0.0}, applies="answer F1")
    verdict = against(full(), report(drop))
    assert verdict.passed
    assert any(remark.startswith("worse, and does not decide: answer F1") for remark in verdict.remarks)


def test_latency_never_decides() -> None:
    slow = [replace(result, scores={**result.scores, "latency": 60.0}) for result in full().results]
    verdict = against(full(), report(slow))
    assert verdict.passed
    assert not verdict.remarks


def test_few_cases_that_differ_among_many_pass_with_a_remark() -> None:
    lost = broken(list(full().results), 3, lambda scores: scores | {"must-say": 0.0}, applies="must-say")
    verdict = against(full(), report(lost))
    assert verdict.passed
    (remark,) = verdict.remarks
    assert remark.startswith("cannot tell: must-say")
    assert remark.endswith("3 cases of another value, too few for any test")


def test_a_set_too_small_for_any_test_does_not_pass_when_it_looks_worse() -> None:
    scores = {"right_abstention": 1.0, "citation_recall": 1.0}
    worse = {"right_abstention": 1.0, "citation_recall": 0.0}
    verdict = against(plain(6, **scores), plain(6, **worse))
    assert not verdict.passed
    assert verdict.reasons[0].startswith(
        "cannot tell whether it is chance: citation recall looks worse, and of 6 cases"
    )
    assert against(plain(6, **worse), plain(6, **scores)).passed
    assert against(plain(6, **scores), plain(6, **scores)).passed


def test_nothing_in_common_does_not_pass() -> None:
    edited = report(replace(result, fingerprint="another") for result in full().results)
    verdict = against(full(), edited)
    assert verdict.reasons == ("nothing to compare: no case is in the baseline as it is written now",)
    assert not verdict.passed
    assert len(verdict.case_changes.edited) == 240


def test_cases_that_come_and_go_are_named_and_not_compared() -> None:
    old = list(full().results)
    new = [*old[1:], case("new", {"citation recall": 0.0})]
    new[0] = replace(new[0], fingerprint="another", scores={"citation recall": 0.0})
    verdict = against(report(old), report(new))
    changes = verdict.case_changes
    assert (changes.gone, changes.edited, changes.new) == (("case-0",), ("case-1",), ("case-new",))
    assert verdict.passed
    assert verdict.remarks == (
        "1 case in the baseline, not in this run: case-0",
        "1 case rewritten since the baseline, not compared: case-1",
        "1 case not in the baseline, not compared: case-new",
    )


def test_a_flip_says_how_the_case_moved() -> None:
    was = case(1, {"citation recall": 0.5, "citation precision": 0.5})
    now = case(1, {"citation recall": 0.0, "citation precision": None}, outcome="abstained", text="")
    rest = [case(i, {"citation recall": 1.0}) for i in range(2, 30)]
    (flip,) = against(report([was, *rest]), report([now, *rest])).case_changes.flipped
    assert flip.turned == "worse"
    assert flip.what == (
        "answered to abstained",
        "citation recall 0.50 to 0",
        "citation precision 0.50 to does not apply",
    )
    (crash,) = against(report([was, *rest]), report([replace(now, outcome=None), *rest])).case_changes.flipped
    assert crash.what[0] == "answered to crashed"


def test_a_document_that_lost_text_or_is_gone_fails_the_run() -> None:
    documents = {"a.md": DocumentPrint("3" * 64, 899)}
    now = replace(full(), conditions=replace(CONDITIONS, documents=documents))
    verdict = against(full(), now)
    assert not verdict.passed
    assert [(each.rule, each.detail) for each in verdict.violations] == [
        ("document-lost-text", "a.md: from 900 to 899 characters"),
        ("document-lost-text", "b.pdf: gone, it had 5,000 characters"),
    ]
    assert "from 900 to 899 characters" in verdict.reasons[0]
    assert not lost_text(
        {"a.md": DocumentPrint("1", 5)}, {"a.md": DocumentPrint("2", 6), "new.md": DocumentPrint("3", 1)}
    )


def test_every_condition_that_changed_is_named() -> None:
    now = Conditions(
        settings={"passages": "20", "new": "1"},
        models={"embedder": "another"},
        versions={"briefing-assistant": "0.2.0"},
        documents={"a.md": DocumentPrint("9" * 64, 901), "c.md": DocumentPrint("4" * 64, 1)},
        code="d" * 16,
        judge="a language model",
        machine={"processor": "another"},
    )
    assert changed_conditions(CONDITIONS, now) == (
        "setting passages: was 10, is 20",
        "setting abstain_below: was 0.5, is not there",
        "setting new: was not there, is 1",
        "model embedder: was all-MiniLM-L6-v2, is another",
        "version of briefing-assistant: was 0.1.0, is 0.2.0",
        "1 document added: c.md",
        "1 document removed: b.pdf",
        "1 document changed: a.md",
        "the program's own code changed",
        "judge: was words and vectors, is a language model",
    )
    assert changed_conditions(CONDITIONS, CONDITIONS) == ()


def test_another_machine_is_named_unless_the_baseline_does_not_tell_its_own() -> None:
    mine, other = (replace(CONDITIONS, machine={"processor": name, "cores": "2"}) for name in ("this", "that"))
    assert changed_conditions(other, mine) == ("machine's processor: was that, is this",)
    assert changed_conditions(CONDITIONS, mine) == ()
