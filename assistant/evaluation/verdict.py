"""A report and a baseline -> a verdict in words: what must never happen, and what got worse beyond chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.evaluation.comparing import PRIMARY, Comparison, compare, goodness, needed_cases, pair_cases
from assistant.evaluation.metrics.base import MetricInfo
from assistant.evaluation.results import CaseResult, Conditions, DocumentPrint, EvalReport, Rule, Violation
from assistant.language.number_words import counted

Turned = Literal["better", "worse", "both"]

_NEVER: dict[Rule, tuple[str, str]] = {
    "crashed": ("case", "crashed"),
    "citation-not-verbatim": ("citation", "not word for word what stands in its document"),
    "span-not-found": ("quote", "of a golden case not found in its document"),
    "document-lost-text": ("document", "with less text than before"),
}
_NAMED = 5  # of many cases or documents, so many are named in a sentence


@dataclass(frozen=True, slots=True)
class Flip:
    """A case that is in both reports and came out otherwise; `what` says in words which outcome or score moved."""

    case_id: str
    question: str
    turned: Turned
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseChanges:
    """What happened to single cases since the baseline; `edited`, `new` and `gone` cases are not compared."""

    flipped: tuple[Flip, ...] = ()
    edited: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a run may pass, and why; without a baseline it may not.

    `reasons` are whole sentences that decide, `remarks` sentences that do not: what cannot be told, and secondary
    metrics that moved. `violations` are those of the run and the texts that documents lost since the baseline.
    """

    passed: bool
    reasons: tuple[str, ...]
    violations: tuple[Violation, ...]
    comparisons: tuple[Comparison, ...] = ()
    changed_conditions: tuple[str, ...] = ()
    case_changes: CaseChanges = CaseChanges()
    remarks: tuple[str, ...] = ()


def judge(
    report: EvalReport,
    baseline: EvalReport | None,
    metrics: Sequence[MetricInfo],
    *,
    primary: Sequence[str] = PRIMARY,
) -> Verdict:
    """The verdict on `report`. It fails on any violation, on a primary metric that got worse beyond chance, without a
    baseline, and where too few cases are in both reports to tell and they look worse.

    Raises ValueError where none of the metrics has a name in `primary`.
    """
    if baseline is None:
        return Verdict(
            passed=False,
            reasons=(
                *_violated(report.violations),
                "no baseline yet: look at the report, then run again with --accept",
            ),
            violations=report.violations,
        )
    violations = (*report.violations, *lost_text(baseline.conditions.documents, report.conditions.documents))
    pairing = pair_cases(baseline, report)
    comparisons = compare(pairing, metrics, primary=primary)
    changes = CaseChanges(
        flipped=tuple(flip for old, new in pairing.pairs if (flip := _flip(old, new, comparisons)) is not None),
        edited=pairing.edited,
        new=pairing.new,
        gone=pairing.gone,
    )
    against = (*_violated(violations), *_worse(comparisons), *_too_small(comparisons, len(pairing.pairs)))
    return Verdict(
        passed=not against,
        reasons=against or _in_favour(comparisons, len(pairing.pairs)),
        violations=violations,
        comparisons=comparisons,
        changed_conditions=changed_conditions(baseline.conditions, report.conditions),
        case_changes=changes,
        remarks=(*_remarks(comparisons), *_unpaired(changes)),
    )


def lost_text(before: Mapping[str, DocumentPrint], now: Mapping[str, DocumentPrint]) -> tuple[Violation, ...]:
    """A violation for each document that is gone since the baseline, or has fewer characters than it had."""
    found: list[str] = []
    for path, was in before.items():
        if path not in now:
            found.append(f"{path}: gone, it had {was.characters:,} characters")
        elif now[path].characters < was.characters:
            found.append(f"{path}: from {was.characters:,} to {now[path].characters:,} characters")
    return tuple(Violation("document-lost-text", None, detail) for detail in found)


def changed_conditions(before: Conditions, now: Conditions) -> tuple[str, ...]:
    """What is not as it was when the baseline was made, a sentence each; empty where nothing is."""
    said = [
        *_moved("setting", before.settings, now.settings),
        *_moved("model", before.models, now.models),
        *_moved("version of", before.versions, now.versions),
        *(_moved("machine's", before.machine, now.machine) if before.machine else ()),
    ]
    old, new = before.documents, now.documents
    for word, paths in (
        ("added", [path for path in new if path not in old]),
        ("removed", [path for path in old if path not in new]),
        ("changed", [path for path in new if path in old and new[path] != old[path]]),
    ):
        if paths:
            said.append(f"{counted(len(paths), 'document')} {word}: {_some(paths)}")
    if before.code != now.code:
        said.append("the program's own code changed")
    if before.judge != now.judge:
        said.append(f"judge: was {before.judge}, is {now.judge}")
    return tuple(said)


def in_words(comparison: Comparison) -> str:
    """A comparison as part of a sentence: the means, their difference with its interval, n, and p."""
    if comparison.mean is None or comparison.baseline is None or comparison.difference is None:
        return f"{comparison.metric.name}: no case to which it applies in both reports"
    ends = comparison.interval
    interval = f" [{ends.low:+.3f}, {ends.high:+.3f}]" if ends else ""
    p = f", p = {_p(comparison.corrected)} after Holm's correction" if comparison.corrected is not None else ""
    return (
        f"{comparison.metric.name}: {comparison.baseline:.3f} to {comparison.mean:.3f}, difference "
        f"{comparison.difference:+.3f}{interval}, n = {comparison.n}{p}"
    )


def _p(value: float) -> str:
    return "below .001" if value < 0.001 else f"{value:.3f}".removeprefix("0")


def _violated(violations: Sequence[Violation]) -> tuple[str, ...]:
    rules = dict.fromkeys(each.rule for each in violations)
    return tuple(_of_rule(rule, [each for each in violations if each.rule == rule]) for rule in rules)


def _of_rule(rule: Rule, violations: Sequence[Violation]) -> str:
    who = list(dict.fromkeys(each.case_id or each.detail for each in violations))
    noun, what = _NEVER[rule]
    return f"{counted(len(violations), noun)} {what}: {_some(who)}"


def _worse(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    found = [each for each in comparisons if each.family == "primary" and each.finding == "worse"]
    return tuple(f"worse than the baseline: {in_words(each)}" for each in found)


def _too_small(comparisons: Sequence[Comparison], pairs: int) -> tuple[str, ...]:
    """No primary metric has enough cases for any drop to show: then a run that looks worse does not pass in silence."""
    if not pairs:
        return ("nothing to compare: no case is in the baseline as it is written now",)
    decisive = [each for each in comparisons if each.family == "primary"]
    needed = needed_cases(sum(each.n > 0 for each in decisive))
    lower = [each.metric.name for each in decisive if each.looks_worse]
    if not lower or any(each.n >= needed for each in decisive):
        return ()
    return (
        f"cannot tell whether it is chance: {_some(lower)} looks worse, and of {counted(pairs, 'case')} in both "
        f"reports no metric applies to the {needed} that any test needs; look at the cases that changed, or run more",
    )


def _in_favour(comparisons: Sequence[Comparison], pairs: int) -> tuple[str, ...]:
    decisive = [each for each in comparisons if each.family == "primary"]
    better = tuple(f"better than the baseline: {in_words(each)}" for each in decisive if each.finding == "better")
    return (*better, f"nothing that decides is shown to be worse over {counted(pairs, 'case')} in both reports")


def _remarks(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    said = [
        f"cannot tell: {in_words(each)}; {counted(each.differing, 'case')} of another value, too few for any test"
        for each in comparisons
        if each.family == "primary" and each.finding == "cannot tell"
    ]
    said += [
        f"{each.finding}, and does not decide: {in_words(each)}"
        for each in comparisons
        if each.family == "secondary" and each.finding in ("better", "worse")
    ]
    return tuple(said)


def _unpaired(changes: CaseChanges) -> tuple[str, ...]:
    said = (
        (changes.gone, "in the baseline, not in this run"),
        (changes.edited, "rewritten since the baseline, not compared"),
        (changes.new, "not in the baseline, not compared"),
    )
    return tuple(f"{counted(len(names), 'case')} {what}: {_some(names)}" for names, what in said if names)


def _flip(old: CaseResult, new: CaseResult, comparisons: Sequence[Comparison]) -> Flip | None:
    """How the case moved in its outcome and the primary metrics; None where it did not."""
    what: list[str] = []
    gains: list[float] = []
    if old.outcome != new.outcome:
        what.append(f"{old.outcome or 'crashed'} to {new.outcome or 'crashed'}")
    for metric in (each.metric for each in comparisons if each.family == "primary"):
        was, now = old.scores.get(metric.name), new.scores.get(metric.name)
        if was != now:
            what.append(f"{metric.name} {_value(was)} to {_value(now)}")
        if was is not None and now is not None:
            gains.append(goodness(metric, now - was))
    if not what:
        return None
    up, down = any(each > 0 for each in gains), any(each < 0 for each in gains)
    turned: Turned = "both" if up == down else "better" if up else "worse"
    return Flip(new.case_id, new.question, turned, tuple(what))


def _value(score: float | None) -> str:
    return "does not apply" if score is None else f"{score:.2f}".removesuffix(".00")


def _moved(kind: str, before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [
        f"{kind} {name}: was {before.get(name, 'not there')}, is {now.get(name, 'not there')}"
        for name in dict.fromkeys((*before, *now))
        if before.get(name) != now.get(name)
    ]


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED:,} more"
