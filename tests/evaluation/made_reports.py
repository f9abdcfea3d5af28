"""Reports as a run would write them, made in memory; simulated ones from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from assistant.evaluation.metrics.base import MetricInfo
from assistant.evaluation.results import CaseResult, Conditions, DocumentPrint, EvalReport

METRICS = (
    MetricInfo("right abstention", "pass", "higher", True, "1 where an unanswerable case was abstained from."),
    MetricInfo("citation recall", "score", "higher", True, "Share of the evidence that is cited."),
    MetricInfo("citation precision", "score", "higher", True, "Share of the citations that hold evidence."),
    MetricInfo("nDCG@10", "score", "higher", True, "Järvelin and Kekäläinen 2002, binary gains."),
    MetricInfo("must-say", "score", "higher", True, "Share of the words of the case that the answer holds."),
    MetricInfo("must-not-say", "pass", "higher", True, "1 where the answer says nothing that it must not say."),
    MetricInfo("answer F1", "score", "higher", True, "Token F1 against the reference answer, Rajpurkar et al. 2016."),
    MetricInfo("unsupported sentences", "score", "lower", True, "Share of sentences without support."),
    MetricInfo("latency", "score", "lower", False, "Time from question to finished answer."),
)
CONDITIONS = Conditions(
    settings={"passages": "10", "abstain_below": "0.5"},
    models={"embedder": "all-MiniLM-L6-v2"},
    versions={"briefing-assistant": "0.1.0"},
    documents={"a.md": DocumentPrint("1" * 64, 900), "b.pdf": DocumentPrint("2" * 64, 5000)},
    code="c" * 16,
    judge="words and vectors",
)
Scores = dict[str, float | None]


def case(number: int | str, scores: Scores, **changes: Any) -> CaseResult:
    made = CaseResult(
        case_id=f"case-{number}",
        fingerprint=f"print-{number}",
        question=f"What happened in {number}?",
        query=f"What happened in {number}?",
        answerable=True,
        split="development",
        tags=(),
        outcome="answered",
        text="It happened.",
        answerability=0.9,
        citations=(),
        passages=(),
        relevant=(),
        missing=(),
        scores=scores,
        reasons={},
        seconds=0.1,
    )
    return replace(made, **changes)


def report(results: Iterable[CaseResult], **changes: Any) -> EvalReport:
    made = EvalReport(made_at="2026-01-01T00:00:00Z", conditions=CONDITIONS, results=tuple(results), set_scores={})
    return replace(made, **changes)


def plain(n: int, **scores: float | None) -> EvalReport:
    """`n` cases with the same scores; keywords have `_` for a blank."""
    return report(case(i, {name.replace("_", " "): value for name, value in scores.items()}) for i in range(n))


def simulated(generator: np.random.Generator, n: int = 240) -> list[CaseResult]:
    """Cases as they come: 70 % answerable, metrics that hang together through the difficulty of the case."""
    return [_draw(number, number % 10 < 7, generator) for number in range(n)]


def noisy(results: list[CaseResult], generator: np.random.Generator, share: float = 0.2) -> list[CaseResult]:
    """The same cases, a share of them drawn anew: something changed, and on average nothing got better or worse."""
    return [
        _draw(number, result.answerable, generator) if generator.random() < share else result
        for number, result in enumerate(results)
    ]


def broken(results: list[CaseResult], n: int, how: Callable[[Scores], Scores], *, applies: str) -> list[CaseResult]:
    """The first `n` cases in which the metric `applies` is above 0, with their scores changed by `how`."""
    hit = [index for index, result in enumerate(results) if result.scores[applies]][:n]
    assert len(hit) == n
    return [
        replace(result, scores=how(dict(result.scores))) if index in hit else result
        for index, result in enumerate(results)
    ]


def _draw(number: int, answerable: bool, generator: np.random.Generator) -> CaseResult:
    ease = generator.beta(4, 1.2)
    right = float(generator.random() < ease)
    if not answerable:
        scores: Scores = {each.name: None for each in METRICS}
        scores |= {"right abstention": right, "latency": 0.1}
        return case(number, scores, answerable=False)
    found = round(float(np.clip(ease + generator.normal(0, 0.15), 0, 1)), 6)
    recall = float(generator.choice([0.0, 0.5, 1.0], p=[1 - ease, ease / 3, 2 * ease / 3])) if right else 0.0
    scores = {
        "right abstention": None,
        "citation recall": recall,
        "citation precision": (float(generator.choice([1 / 3, 0.5, 1.0])) if recall else 0.0) if right else None,
        "nDCG@10": found,
        "must-say": (1.0 if recall else 0.0) if number % 5 < 3 else None,
        "answer F1": round(found * recall, 6),
        "unsupported sentences": float(generator.random() < 0.1) / 2 if right else None,
        "latency": 0.1,
    }
    return case(number, scores)
