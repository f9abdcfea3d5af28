"""What `assistant eval` prints at its end: the metrics beside the baseline, the worst cases, the verdict."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from assistant.evaluation.cases import right_outcome
from assistant.evaluation.metrics.base import MetricInfo
from assistant.evaluation.metrics.latency import percentiles
from assistant.evaluation.results import EvalReport
from assistant.evaluation.verdict import Verdict
from assistant.language.number_words import counted

_WORST = 8


def print_report(report: EvalReport, verdict: Verdict, metrics: Sequence[MetricInfo], *, accepting: bool) -> None:
    """Prints a report as text for a person at a terminal.

    `accepting`: the report becomes the baseline, so that the lack of one is no news.
    """
    console = Console(markup=False, highlight=False)
    console.print(_table(report, verdict, metrics))
    sets = [f"{name} {value:.3f}" for name, value in report.set_scores.items() if value is not None]
    if sets:
        console.print("Whole set: " + ", ".join(sets), soft_wrap=True)
    console.print(_spent(report), style="dim", soft_wrap=True)
    _print_cases(report, verdict)
    for change in verdict.changed_conditions:
        typer.secho(f"changed: {change}", dim=True)
    for remark in verdict.remarks:
        typer.echo(f"note: {remark}")
    if accepting and not verdict.comparisons and not verdict.violations:
        return
    typer.secho("\nPassed." if verdict.passed else "\nNot passed.", fg=_colour(verdict.passed), bold=True)
    for reason in verdict.reasons:
        typer.secho(f"  {reason}", fg=_colour(verdict.passed))
    for violation in verdict.violations[:_WORST]:
        where = f"{violation.case_id}: " if violation.case_id else ""
        typer.secho(f"    {violation.rule}: {where}{violation.detail}", fg=typer.colors.RED)


def _colour(passed: bool) -> str:
    return typer.colors.GREEN if passed else typer.colors.RED


def _table(report: EvalReport, verdict: Verdict, metrics: Sequence[MetricInfo]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("metric")
    for column in ("cases", "mean", "baseline", "difference"):
        table.add_column(column, justify="right")
    table.add_column("finding")
    compared = {comparison.metric.name: comparison for comparison in verdict.comparisons}
    for metric in metrics:
        values = [value for result in report.results if (value := result.scores.get(metric.name)) is not None]
        row = [metric.name, str(len(values)), f"{sum(values) / len(values):.3f}" if values else "-"]
        comparison = compared.get(metric.name)
        if comparison is None or comparison.baseline is None or comparison.difference is None:
            row += ["", "", ""]
        else:
            finding = comparison.finding or ""
            row += [f"{comparison.baseline:.3f}", f"{comparison.difference:+.3f}", finding]
        table.add_row(*row, style="bold" if comparison is not None and comparison.family == "primary" else None)
    return table


def _spent(report: EvalReport) -> str:
    spent = ", ".join(f"{name} {value:.1f} s" for name, value in report.seconds.items())
    times = percentiles([result.seconds for result in report.results if result.error is None])
    took = "".join(f", {name} {value:.2f} s" for name, value in times.items() if name in ("p50", "p95"))
    cases, documents = counted(len(report.results), "case"), counted(len(report.conditions.documents), "document")
    return f"{cases}, {documents}; {spent}{took} an answer"


def _print_cases(report: EvalReport, verdict: Verdict) -> None:
    """The cases that came out otherwise than in the baseline; without one, those with a wrong outcome."""
    if verdict.comparisons:
        flips = verdict.case_changes.flipped
        worse = [flip for flip in flips if flip.turned == "worse"]
        for flip in worse[:_WORST]:
            typer.secho(f"worse: {flip.case_id}: {flip.question}", fg=typer.colors.RED)
            typer.secho(f"       {'; '.join(flip.what)}", dim=True)
        if len(flips) > len(worse[:_WORST]):
            better = sum(flip.turned == "better" for flip in flips)
            typer.echo(f"changed since the baseline: {len(worse)} cases worse, {better} better, {len(flips)} in all")
        return
    wrong = [result for result in report.results if result.outcome != right_outcome(result.answerable)]
    for result in wrong[:_WORST]:
        wanted = "an answer" if result.answerable else "an abstention"
        typer.secho(f"wrong: {result.case_id}: {result.question}", fg=typer.colors.YELLOW)
        typer.secho(f"       {result.outcome or result.error}, {wanted} was right", dim=True)
    if len(wrong) > _WORST:
        typer.echo(f"... and {len(wrong) - _WORST} more with a wrong outcome; --html shows them all")
