"""The XML says what the verdict says, and no text breaks it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from assistant.evaluation.junit import render_junit
from assistant.evaluation.results import EvalReport
from assistant.evaluation.verdict import Verdict, judge
from tests.evaluation.made_reports import METRICS, broken, noisy, report, simulated
from tests.evaluation.sample_report import HOSTILE, earlier, sample


def judged(now: EvalReport, baseline: EvalReport | None) -> tuple[Verdict, ElementTree.Element]:
    verdict = judge(now, baseline, METRICS)
    return verdict, ElementTree.fromstring(render_junit(now, verdict))


def is_red(root: ElementTree.Element) -> bool:
    return any(int(suite.get(kind, "0")) for suite in root for kind in ("failures", "errors"))


def full(seed: int = 0) -> EvalReport:
    return report(simulated(np.random.default_rng(seed)))


DROPPED = report(
    broken(
        list(full().results),
        24,
        lambda scores: scores | {"citation recall": 0.0},
        applies="citation recall",
    )
)


@pytest.mark.parametrize(
    ("now", "baseline", "passes"),
    [
        (full(), full(), True),
        (report(noisy(list(full().results), np.random.default_rng(5))), full(), True),
        (full(), None, False),
        (DROPPED, full(), False),
        (sample(), earlier(), False),
        (sample(), None, False),
        (report([replace(each, fingerprint="new") for each in full().results]), full(), False),
    ],
)
def test_it_is_red_exactly_when_the_verdict_did_not_pass(
    now: EvalReport, baseline: EvalReport | None, passes: bool
) -> None:
    verdict, root = judged(now, baseline)
    assert (verdict.passed, is_red(root)) == (passes, not passes)


def test_the_counts_are_those_of_the_elements() -> None:
    _, root = judged(sample(), earlier())
    for suite in root:
        assert suite.get("tests") == str(len(suite))
        for attribute, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(len(suite.findall(f"testcase/{kind}")))


def test_cases_are_errors_failures_known_faults_or_fine() -> None:
    verdict, root = judged(sample(), earlier())
    cases = {test.get("name"): test for test in root[0]}
    assert len(cases) == 30
    crash = cases["crash-28"].find("error")
    assert crash is not None
    assert crash.get("message") == "TimeoutError: no passage within 30 s"
    violated = cases["sample-03"].find("failure")
    assert violated is not None
    assert violated.get("message") == "citation-not-verbatim: citation [1] is not what stands at its place"
    worse = {flip.case_id for flip in verdict.case_changes.flipped if flip.turned != "better"}
    failed = {name for name, test in cases.items() if test.find("failure") is not None}
    known = {name for name, test in cases.items() if test.find("skipped") is not None}
    assert failed - {"sample-03"} <= worse
    assert known
    assert not known & failed


def test_the_verdict_has_a_case_for_itself_each_metric_and_each_violation() -> None:
    verdict, root = judged(DROPPED, full())
    tests = {test.get("name"): test for test in root[1]}
    assert set(tests) == {"verdict"} | {each.name for each in METRICS if each.gating}
    drop = tests["citation recall"].find("failure")
    assert drop is not None
    assert "difference -0." in drop.get("message", "")
    overall = tests["verdict"].find("failure")
    assert overall is not None
    assert overall.get("message") == verdict.reasons[0]
    _, with_violations = judged(sample(), earlier())
    names = [test.get("name") for test in with_violations[1] if test.get("classname") == "verdict.never"]
    assert names == [
        "crashed: crash-28",
        "citation-not-verbatim: sample-03",
        "document-lost-text: red-sea/rates.xlsx: from 9,000 to 4,002 characters",
    ]


def test_hostile_text_and_control_characters_stay_text() -> None:
    now = sample()
    bad = replace(now.results[0], error=f"{HOSTILE} \x00\x1b[31m \ud800 ]]>", outcome=None)
    verdict = judge(replace(now, results=(bad, *now.results[1:])), None, METRICS)
    text = render_junit(replace(now, results=(bad, *now.results[1:])), verdict)
    root = ElementTree.fromstring(text.encode())
    error = root[0][0].find("error")
    assert error is not None
    assert error.get("message") == f"{HOSTILE} \ufffd\ufffd[31m \ufffd ]]>"
