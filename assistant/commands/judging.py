"""`assistant eval --judge`: the opinions of an LLM on the answers of a run, as advice beside the scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table

from assistant.errors import LLMUnavailable

if TYPE_CHECKING:
    from assistant.evaluation.judges import Judge
    from assistant.evaluation.results import CaseResult, EvalReport, Opinion


def judged(report: EvalReport, judges: Sequence[Judge], contexts: Callable[[CaseResult], Sequence[str]]) -> EvalReport:
    """The report with the opinion of every judge on every case that was answered.

    `contexts` gives the texts of the passages behind an answer. An LLM that cannot be reached any more, or Ctrl+C, ends
    the judging with a note; what was judged until then is kept, and nothing fails.
    """
    opinions: dict[str, tuple[Opinion, ...]] = {}
    answered = [result for result in report.results if result.outcome == "answered"]
    judged_whole = 0
    try:
        for number, result in enumerate(answered, start=1):
            texts = contexts(result)
            for judge in judges:
                opinions[result.case_id] = (*opinions.get(result.case_id, ()), judge.judge(result, texts))
            judged_whole = number
            if number % 10 == 0 or number == len(answered):
                typer.echo(f"judged {number} of {len(answered)}", err=True)
    except (LLMUnavailable, KeyboardInterrupt) as error:
        typer.secho(
            f"note: judging stopped after {judged_whole} of {len(answered)} cases: {error or 'Ctrl+C'}",
            fg=typer.colors.YELLOW,
            err=True,
        )
    return replace(report, opinions=opinions)


def print_opinions(report: EvalReport, judges: Sequence[Judge]) -> None:
    """Prints what the judges thought on average, how far their votes lay apart, and how many could not be read."""
    table = Table(box=None, pad_edge=False, header_style="bold", title="LLM judges: advice, they do not decide")
    table.title_justify = "left"
    for column in ("judge", "model", "scale"):
        table.add_column(column)
    for column in ("cases", "mean", "mean spread", "unreadable votes"):
        table.add_column(column, justify="right")
    for judge in judges:
        given = [each for opinions in report.opinions.values() for each in opinions if each.judge == judge.name]
        means = [each.mean for each in given if each.mean is not None]
        spreads = [each.spread for each in given if each.spread is not None]
        low, high = judge.scale
        table.add_row(
            judge.name,
            given[0].model if given else "-",
            f"{low:g} to {high:g}",
            str(len(means)),
            f"{fmean(means):.2f}" if means else "-",
            f"{fmean(spreads):.2f}" if spreads else "-",
            str(sum(each.unreadable for each in given)),
        )
    Console(markup=False, highlight=False).print(table)
