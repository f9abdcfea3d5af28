"""Runs golden cases through an assistant, one after the other, into a report.

One after the other: a question keeps every core busy for a moment already, so running several at once gains nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.chat import Assistant
from assistant.evaluation.cases import GoldenCase
from assistant.evaluation.metrics.base import Decision, Metric, SetMetric
from assistant.evaluation.observing import observe, result_of, violations_of
from assistant.evaluation.results import CaseResult, Conditions, EvalReport
from assistant.types import Document


@dataclass(frozen=True, slots=True)
class CaseDone:
    """Event: a case has its result; `reused` where it was known from a run that was stopped."""

    result: CaseResult
    reused: bool


def run_cases(
    assistant: Assistant,
    cases: Sequence[GoldenCase],
    documents: Mapping[str, Document],
    metrics: Sequence[Metric],
    *,
    known: Mapping[str, CaseResult],
) -> Iterator[CaseDone]:
    """Asks every case and scores it; `documents` are the assistant's, by path.

    `known` are results by fingerprint that need not be made again.
    """
    for case in cases:
        if case.fingerprint in known:
            yield CaseDone(replace(known[case.fingerprint], tags=case.tags, split=case.split), reused=True)
        else:
            yield CaseDone(result_of(*observe(assistant, case, documents), metrics), reused=False)


def report_of(
    results: Sequence[CaseResult],
    conditions: Conditions,
    set_metrics: Sequence[SetMetric],
    *,
    seconds: Mapping[str, float],
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> EvalReport:
    """The report of a run: results in the order of the cases, what was violated, metrics of the whole set."""
    decisions = decisions_of(results)
    return EvalReport(
        made_at=now().isoformat(timespec="seconds"),
        conditions=conditions,
        results=tuple(results),
        set_scores={metric.name: _rounded(metric.value(decisions)) for metric in set_metrics},
        violations=tuple(violation for result in results for violation in violations_of(result)),
        seconds={name: round(value, 2) for name, value in seconds.items()},
    )


def decisions_of(results: Sequence[CaseResult]) -> list[Decision]:
    """What metrics of the whole set see of these cases."""
    return [
        Decision(
            answerable=result.answerable,
            abstained=None if result.outcome is None else result.outcome == "abstained",
            answerability=result.answerability,
        )
        for result in results
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
