"""A report and its verdict -> one HTML page that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.evaluation.comparing import PRIMARY, Comparison
from assistant.evaluation.html.case_view import case_views, decisive_names
from assistant.evaluation.html.charts import charts_of, range_mark
from assistant.evaluation.intervals import Interval, mean_interval, set_interval
from assistant.evaluation.metrics import SET_METRICS
from assistant.evaluation.metrics.base import MetricInfo
from assistant.evaluation.results import CaseResult, EvalReport
from assistant.evaluation.running import decisions_of
from assistant.evaluation.verdict import Verdict
from assistant.language.number_words import counted

_HERE = Path(__file__).parent
_OUTCOMES = ("answered", "abstained", None)
_TURNS = ("worse", "both", "better")
_GROUPS = {
    "primary": "These decide",
    "secondary": "Reported, with a correction of their own; these do not decide",
    "not judged": "Reported, not compared",
}


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric in the headline table: its mean over all cases of the run, and the comparison where there is one."""

    metric: MetricInfo
    n: int
    mean: float | None
    interval: Interval | None
    comparison: Comparison | None
    picture: str


@dataclass(frozen=True, slots=True)
class SetRow:
    """A metric that only the whole set has; `before` is its value in the baseline."""

    name: str
    value: float | None
    interval: Interval | None
    before: float | None
    picture: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """How many of the cases of one kind came out which way."""

    name: str
    answered: int
    abstained: int
    crashed: int


def render_html(
    report: EvalReport, verdict: Verdict, baseline: EvalReport | None, metrics: Sequence[MetricInfo]
) -> str:
    """The page as text, to be written as UTF-8. All text of cases and documents is escaped.

    `baseline` and `metrics` are those that the verdict was made with.
    """
    decisive = decisive_names(verdict.comparisons, metrics, PRIMARY)
    before = {each.case_id: each for each in baseline.results} if baseline else {}
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"plain": _plain, "signed": _signed, "p_value": _p_value, "day": _day, "counted": counted}
    cases = case_views(report.results, before, metrics, decisive, verdict.case_changes.flipped)
    page = environment.get_template("report.html.j2").render(
        style=Markup((_HERE / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        report=report,
        verdict=verdict,
        baseline=baseline,
        groups=_rows(report, verdict, metrics, decisive),
        set_rows=_set_rows(report, baseline),
        outcomes=_outcomes(report.results),
        charts=charts_of(report.results),
        flips=sorted(verdict.case_changes.flipped, key=lambda flip: (_TURNS.index(flip.turned), -len(flip.what))),
        cases=cases,
        numbers={each.result.case_id: each.number for each in cases},
        decisive=decisive,
        metrics=metrics,
    )
    # A lone surrogate cannot be written as UTF-8.
    return page.encode("utf-8", "replace").decode("utf-8")


def _rows(
    report: EvalReport, verdict: Verdict, metrics: Sequence[MetricInfo], decisive: Sequence[str]
) -> list[tuple[str, list[MetricRow]]]:
    compared = {each.metric.name: each for each in verdict.comparisons}
    groups: dict[str, list[MetricRow]] = {name: [] for name in _GROUPS}
    for metric in metrics:
        family = "not judged" if not metric.gating else "primary" if metric.name in decisive else "secondary"
        groups[family].append(_row(report, metric, compared.get(metric.name)))
    return [(_GROUPS[name], rows) for name, rows in groups.items() if rows]


def _row(report: EvalReport, metric: MetricInfo, comparison: Comparison | None) -> MetricRow:
    values = [value for each in report.results if (value := each.scores.get(metric.name)) is not None]
    mean = sum(values) / len(values) if values else None
    interval = mean_interval(values)
    before = comparison.baseline if comparison else None
    # Only a share has its place between 0 and 1: latency would be drawn as one by accident.
    picture = range_mark(mean, interval, before) if mean is not None and metric.gating else ""
    return MetricRow(metric, len(values), mean, interval, comparison, picture)


def _set_rows(report: EvalReport, baseline: EvalReport | None) -> list[SetRow]:
    known = {metric.name: metric for metric in SET_METRICS}
    decisions = decisions_of(report.results)
    rows = []
    for name, value in report.set_scores.items():
        interval = set_interval(decisions, known[name].value) if name in known and value is not None else None
        before = baseline.set_scores.get(name) if baseline else None
        picture = range_mark(value, interval, before) if value is not None else ""
        rows.append(SetRow(name, value, interval, before, picture))
    return rows


def _outcomes(results: Sequence[CaseResult]) -> list[OutcomeRow]:
    return [
        OutcomeRow(
            name,
            *(sum(each.outcome == outcome for each in results if each.answerable is truth) for outcome in _OUTCOMES),
        )
        for name, truth in (("answerable", True), ("unanswerable", False))
    ]


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _signed(value: float) -> str:
    return "0" if abs(value) < 0.0005 else f"{value:+.3f}".replace("-", "−")


def _p_value(value: float) -> str:
    return "p < .001" if value < 0.001 else "p = 1" if value > 0.9995 else f"p = {value:.3f}".replace("0.", ".", 1)


def _day(moment: str) -> str:
    """An ISO time as a day and a minute; what is none stays as it is."""
    return moment[:16].replace("T", " ") if len(moment) >= 16 and moment[10] == "T" else moment
