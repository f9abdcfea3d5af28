"""Writes docs/quality.md from the results of the benchmarks, so that no figure in it is typed by hand.

    python -m benchmarks.quality [--check]

Results that are not there are left out with their section. With `--check` nothing is written, and the exit status is 1
where the page is not what the results give.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.evaluation.comparing import PRIMARY
from assistant.evaluation.intervals import mean_interval
from assistant.evaluation.report_file import read_report
from assistant.evaluation.results import EvalReport
from benchmarks.runs import RESULTS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "quality.md"
BASELINE = ROOT / "tests" / "golden" / "baseline.json"
SCALE = ROOT / "assistant" / "answering" / "scale.json"

_NAMES = (
    "retrieval",
    "answers",
    "in_paragraph",
    "overviews",
    "ruled_out",
    "short_answers",
    "qed",
    "as_of",
    "timeqa",
    "followups",
    "support",
    "verification",
    "written",
    "written_speed",
    "second_look",
    "disagreement",
    "memos",
    "latency",
    "large",
    "reading_speed",
    "indexing",
    "sync",
    "crash",
    "crash_vectors",
    "self_retrieval",
)
_LABELS: Mapping[str, Mapping[str, str]] = {
    "SUPPOSED": {
        "squad:adversarial_train": "SQuAD 2.0, ten articles",
        "squad:developer_dev": "SQuAD 2.0, six unseen articles",
        "squad 1.1 train": "SQuAD 1.1, training",
        "tydi train": "TyDi QA, training",
    },
    "SETS": {
        "realtimeqa": "RealTimeQA",
        "squad": "SQuAD",
        "squad:developer_dev": "SQuAD 2.0",
        "squad:adversarial_train": "SQuAD 2.0, the ten training articles",
        "golden:test": "golden cases, test half",
        "inscit": "INSCIT",
        "hotpotqa": "HotpotQA",
        "musique": "MuSiQue",
        "fm2": "FM2",
        "fever_symmetric": "FEVER-symmetric",
        "wice": "WiCE",
        "qags_cnndm": "QAGS, CNN/DM",
        "qags_xsum": "QAGS, XSum",
        "pawsx": "PAWS-X",
        "realtimeqa_easy": "RealTimeQA, a check that words pass",
        "changed": "our own changed sentences",
    },
    "RETRIEVERS": {
        "B0": "stock LlamaIndex",
        "B1": "words",
        "B2": "vectors",
        "B3": "rank fusion",
        "fused": "without reading",
    },
    "KINDS": {
        "answerable": "answerable",
        "unanswerable": "unanswerable",
        "deleted": "answerable, relevant documents deleted",
        "out of corpus": "about something else",
    },
}
_ALPHA = 0.05

Estimated = Mapping[str, float]
"""An `Estimate` as JSON has it: value, low, high, n."""


def page(results: Path = RESULTS, baseline: Path = BASELINE) -> str:
    """The whole page."""
    reports = {name: _report(results / f"{name}.json") for name in _NAMES}
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=False,  # Markdown of our own figures
        keep_trailing_newline=True,
    )
    environment.filters |= _FILTERS
    text = environment.get_template("quality.md.j2").render(
        reports=reports,
        retrieval_verdicts=retrieval_verdicts(reports["retrieval"]),
        followup_verdict=followup_verdict(reports["followups"]),
        rules=rules_counted(reports["ruled_out"]),
        golden=golden_figures(read_report(baseline)) if baseline.exists() else None,
        calibration=json.loads(SCALE.read_text(encoding="utf-8"))["provenance"]["expected calibration error"],
        **_LABELS,
    )
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def retrieval_verdicts(report: Mapping[str, Any] | None) -> dict[str, str]:
    """For each baseline, on which sets ours is better, worse or not shown to differ by the paired test."""
    found = {}
    for name in _LABELS["RETRIEVERS"]:
        rows = [
            (_LABELS["SETS"][each["name"]], each["differences"][name]["value"], each["p_values"][name])
            for each in (report or {}).get("results", [])
            if name in each["differences"]
        ]
        found[name] = verdict(rows)
    return found


def followup_verdict(report: Mapping[str, Any] | None) -> str:
    """With which retrievers our form of a follow-up is better, worse or not shown to differ from the last turn."""
    inscit = report["results"]["inscit"] if report else None
    if not inscit:
        return ""
    return verdict([(name, each["value"], inscit["p_values"][name]) for name, each in inscit["differences"].items()])


def rules_counted(report: Mapping[str, Any] | None) -> dict[str, dict[str, int]]:
    """How many sentences each rule rules out of unanswerable and of answerable questions of all sets, most first.

    Under "all" are the numbers of questions.
    """
    counts: dict[str, dict[str, int]] = {"all": {"unanswerable": 0, "answerable": 0}}
    for kinds in (report or {}).get("results", {}).values():
        for kind, figures in kinds.items():
            counts["all"][kind] += figures["ruled out"]["n"]
            for name, count in figures["by rule"].items():
                counts.setdefault(name, {"unanswerable": 0, "answerable": 0})[kind] += count
    return dict(sorted(counts.items(), key=lambda item: -item[1]["unanswerable"]))


def verdict(rows: Sequence[tuple[str, float, float]]) -> str:
    """Rows of name, difference (ours minus theirs) and p as words; empty without rows."""
    groups: dict[str, list[str]] = {"better": [], "no difference shown": [], "worse": []}
    for name, difference, p in rows:
        said = "no difference shown" if p >= _ALPHA else "better" if difference > 0 else "worse"
        groups[said].append(name)
    if not rows:
        return ""
    shown = [f"{said} on {', '.join(names) or 'none'}" for said, names in groups.items() if names or said == "worse"]
    return "; ".join(shown)


def golden_figures(report: EvalReport) -> dict[str, Any]:
    """The headline means of the golden set by split; a metric that no case has is left out."""
    splits = [split for split in ("development", "test") if any(case.split == split for case in report.results)]

    def cell(metric: str, split: str) -> str:
        scores = (case.scores.get(metric) for case in report.results if case.split == split)
        values = [score for score in scores if score is not None]
        between = mean_interval(values)
        if not values:
            return "–"
        shown = {"value": sum(values) / len(values), "low": between.low, "high": between.high} if between else None
        return f"{_interval(shown) if shown else _number(values[0])} (n {len(values)})"

    known = [metric for metric in PRIMARY if any(case.scores.get(metric) is not None for case in report.results)]
    return {
        "made_at": report.made_at[:10],
        "cases": len(report.results),
        "splits": [{"name": s, "cases": sum(case.split == s for case in report.results)} for s in splits],
        "rows": [{"metric": metric, "cells": [cell(metric, split) for split in splits]} for metric in known],
        "set_scores": ", ".join(f"{k} {_number(v)}" for k, v in report.set_scores.items() if v is not None),
        "judge": report.conditions.judge,
        "violations": len(report.violations) or "none",
    }


def _report(path: Path) -> Mapping[str, Any] | None:
    """What a runner wrote, or None where there is nothing."""
    if not path.exists():
        return None
    report = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(report, dict) or "results" not in report:
        raise SystemExit(f"{path.name} is of an older form: run `python -m benchmarks.{path.stem}` again")
    return report


def _number(value: float, *, sign: bool = False, digits: int = 3) -> str:
    """.908, 1.000; with `sign` also +.012 and -.003."""
    text = f"{abs(value):.{digits}f}".removeprefix("0")
    negative = value < 0 and float(text) != 0
    return ("-" if negative else "+" if sign else "") + text


def _interval(estimate: Estimated, sign: bool = False) -> str:
    value, low, high = (_number(estimate[key], sign=sign) for key in ("value", "low", "high"))
    return f"{value} [{low}, {high}]"


def _seconds(estimate: Estimated) -> str:
    return f"{estimate['value']:.3f} [{estimate['low']:.3f}, {estimate['high']:.3f}]"


_FILTERS: Mapping[str, Callable[..., str]] = {
    "interval": _interval,
    "value": lambda estimate: _number(estimate["value"]),
    "number": lambda number, digits=3: _number(number, digits=digits),
    "seconds": _seconds,
    "p": lambda value: "< .001" if value < 0.001 else _number(value),
    "thousands": lambda number: f"{int(number):,}",
}


def main() -> int:
    """Writes the page, or with `--check` tells whether it is up to date."""
    parser = argparse.ArgumentParser("python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is out of date")
    arguments = parser.parse_args()
    text = page()
    if arguments.check:
        if PAGE.read_text(encoding="utf-8") == text:
            return 0
        print("docs/quality.md is not what the results give: run `python -m benchmarks.quality`")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
