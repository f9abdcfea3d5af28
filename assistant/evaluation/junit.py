"""A report and its verdict -> JUnit XML, as CI servers read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from assistant.evaluation.comparing import Comparison
from assistant.evaluation.passing import faults_of, story_of
from assistant.evaluation.results import CaseResult, EvalReport
from assistant.evaluation.verdict import Verdict, in_words

# What XML 1.0 does not allow, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: EvalReport, verdict: Verdict) -> str:
    """The XML text: a suite of the cases and a suite `verdict`. It has a failure or an error exactly when the verdict
    did not pass.

    A case is an error when it crashed. It fails when something happened that must never happen, or when the verdict
    did not pass, the case has faults (`faults_of`), and it got worse since the baseline or there is none. A case with
    faults that do neither is skipped, with the faults as the message. The suite `verdict` has a case for the verdict,
    one for each metric that was compared, and one for each violation.
    """
    worse = {flip.case_id for flip in verdict.case_changes.flipped if flip.turned != "better"}
    if not verdict.comparisons:
        worse = {result.case_id for result in report.results}
    violated = {each.case_id: f"{each.rule}: {each.detail}" for each in verdict.violations if each.case_id}
    root = Element("testsuites", name="golden set")
    cases = SubElement(root, "testsuite", name="golden cases")
    for result in report.results:
        _case(cases, result, violated.get(result.case_id), blamed=not verdict.passed and result.case_id in worse)
    judged = SubElement(root, "testsuite", name="verdict")
    _verdict(judged, verdict)
    for suite in (cases, judged):
        _count(suite)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _case(suite: Element, result: CaseResult, violation: str | None, *, blamed: bool) -> None:
    test = _test(suite, result.case_id, "golden", seconds=result.seconds)
    faults = faults_of(result)
    if result.error is not None:
        _add(test, "error", result.error, story_of(result, faults))
    elif violation is not None:
        _add(test, "failure", violation, story_of(result, faults))
    elif faults and blamed:
        _add(test, "failure", "; ".join(faults), story_of(result, faults))
    elif faults:
        _add(test, "skipped", f"does not decide: {'; '.join(faults)}")


def _verdict(suite: Element, verdict: Verdict) -> None:
    test = _test(suite, "verdict", "verdict")
    if not verdict.passed:
        _add(test, "failure", "; ".join(verdict.reasons), _listed(verdict.reasons, verdict.changed_conditions))
    for comparison in verdict.comparisons:
        if comparison.family != "not judged":
            _metric(suite, comparison)
    for violation in verdict.violations:
        name = f"{violation.rule}: {violation.case_id or violation.detail}"
        _add(_test(suite, name, "verdict.never"), "failure", violation.detail)


def _metric(suite: Element, comparison: Comparison) -> None:
    test = _test(suite, comparison.metric.name, f"verdict.{comparison.family}")
    said = f"{comparison.finding}: {in_words(comparison)}"
    if comparison.finding == "worse" and comparison.family == "primary":
        _add(test, "failure", said)
    elif comparison.finding == "cannot tell":
        _add(test, "skipped", said)
    else:
        SubElement(test, "system-out").text = _legal(said)


def _listed(reasons: Sequence[str], changed: Sequence[str]) -> str:
    return "\n".join([*reasons, *(f"changed: {each}" for each in changed)])


def _test(suite: Element, name: str, group: str, *, seconds: float = 0.0) -> Element:
    return SubElement(suite, "testcase", classname=group, name=_legal(name), time=f"{seconds:.3f}")


def _add(test: Element, kind: str, message: str, text: str = "") -> None:
    SubElement(test, kind, message=_legal(message)).text = _legal(text) or None


def _count(suite: Element) -> None:
    tests = list(suite)
    suite.set("tests", str(len(tests)))
    for attribute, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(test.find(kind) is not None for test in tests)))
    suite.set("time", f"{sum(float(test.get('time', '0')) for test in tests):.3f}")


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
