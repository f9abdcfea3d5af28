"""`assistant eval`: asks the golden cases, scores the answers, and gives a verdict with an exit code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.golden_run import golden_set, report_on, synced
from assistant.errors import InputError
from assistant.evaluation.judges import JUDGES
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.evaluation.cases import GoldenCase
    from assistant.evaluation.golden_set import GoldenSet
    from assistant.evaluation.metrics.base import MetricInfo
    from assistant.evaluation.results import EvalReport
    from assistant.evaluation.verdict import Verdict

BASELINE = "baseline.json"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases of a golden set are meant; empty means all."""

    tags: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Selection()

    def takes(self, case: GoldenCase) -> bool:
        """Whether the case has any of the tags, is in any of the splits and has any of the ids, where given."""
        return (
            (not self.tags or bool(set(self.tags) & set(case.tags)))
            and (not self.splits or case.split in self.splits)
            and (not self.ids or case.id in self.ids)
        )


def evaluate(
    golden: Annotated[Path, typer.Argument(metavar="GOLDEN", help="A golden file, or a folder with golden files.")],
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Report to compare with.", show_default=f"{BASELINE} beside the golden files"
        ),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Make this run the baseline.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a report for people: one HTML file.")] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JUnit XML, for a CI server.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the whole report as JSON.")
    ] = None,
    corpus: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder of briefings, instead of the one the files name.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="Only cases with this tag; repeatable.")] = None,
    split: Annotated[
        list[str] | None, typer.Option(metavar="SPLIT", help="Only cases of `development` or `test`.")
    ] = None,
    case: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only the case with this id; repeatable.")
    ] = None,
    judge: Annotated[
        list[str] | None,
        typer.Option(metavar="JUDGE", help=f"Ask an LLM judge too, as advice ({', '.join(JUDGES)}); repeatable."),
    ] = None,
    judge_votes: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, max=20, help="How often each judge is asked about a case.")
    ] = 3,
    check: Annotated[bool, typer.Option("--check", help="Only check that the quotes stand in the documents.")] = False,
) -> None:
    """Ask golden cases and judge the answers against a baseline.

    The briefings are indexed apart from the index that is served. Exit code 0: nothing got worse; 1: something did,
    something happened that must never happen, or there is no baseline yet; 2: a golden file has a mistake.
    """
    from assistant.commands.evaluated import print_report
    from assistant.commands.judging import print_opinions
    from assistant.evaluation.golden_file import golden_files, load_golden
    from assistant.evaluation.verdict import judge as verdict_on
    from assistant.wiring import build_judge

    files = golden_files(golden)
    cases = load_golden(files, corpus=corpus)
    selection = Selection(tuple(tag or ()), tuple(split or ()), tuple(case or ()))
    if accept and selection:
        raise InputError("a baseline needs every case: leave --tag, --split and --case out when you --accept")
    chosen = tuple(each for each in cases if selection.takes(each))
    if not chosen:
        raise InputError(f"none of the {len(cases)} cases has that tag, split or id")
    unknown = sorted(set(selection.ids) - {each.id for each in cases})
    if unknown:
        raise InputError(f"no case has the id {', '.join(map(repr, unknown))}: look for it in the golden files")
    settings = Settings.read()
    golden_cases, models = golden_set(chosen, settings, named=frozenset(each.corpus for each in cases))
    kept = baseline or (golden if golden.is_dir() else golden.parent) / BASELINE
    if baseline is not None and not baseline.is_file() and (check or not accept):
        raise InputError(f"there is no baseline {str(baseline)!r}: name another, or make it with --accept")
    before = _report_before(kept, replaced=accept and not check)
    if check:
        raise typer.Exit(_check(golden_cases, before))
    if before is not None and selection:
        before = golden_cases.part_of(before)
    _ready_for(kept if accept else None, html, junit, json_file)
    judges = [build_judge(settings, name, votes=judge_votes) for name in dict.fromkeys(judge or ())]
    report, metrics = report_on(golden_cases, settings, models, judges)
    verdict = verdict_on(report, before, metrics)
    _write(report, verdict, before, metrics, html=html, junit=junit, json_file=json_file)
    if judges:
        print_opinions(report, judges)
    print_report(report, verdict, metrics, accepting=accept)
    if accept:
        raise typer.Exit(_accept(report, kept))
    raise typer.Exit(0 if verdict.passed else 1)


def _check(chosen: GoldenSet, baseline: EvalReport | None) -> int:
    """Prints what is wrong with the cases; 1 where a quote is not in its document or hidden, 0 otherwise."""
    from assistant.evaluation.checking import stale_cases
    from assistant.evaluation.conditions import prints_of
    from assistant.language.number_words import counted

    cases = chosen.cases
    findings, documents = chosen.check(progress=synced)
    stale = []
    if baseline is not None:
        prints = prints_of(documents)
        stale = stale_cases(cases, baseline, prints, lambda case, path: chosen.document_name(case.corpus, path))
    for finding in findings:
        typer.secho(f"{finding.place}: {finding.message}", fg=typer.colors.RED)
    for finding in stale:
        typer.secho(f"{finding.place}: {finding.message}", fg=typer.colors.YELLOW)
    unanswerable = sum(not case.answerable for case in cases)
    said = f"{counted(len(cases), 'case')} ({unanswerable} unanswerable) over {counted(len(documents), 'document')}: "
    missed = f"{counted(len(findings), 'quote')} not found or hidden"
    said += missed if findings else "every quote stands in its document"
    typer.secho(said, bold=True)
    return 1 if findings else 0


def _report_before(kept: Path, *, replaced: bool) -> EvalReport | None:
    """The baseline, where there is one. One that cannot be read is no hindrance where it is to be replaced."""
    from assistant.evaluation.report_file import read_report

    if not kept.is_file():
        return None
    try:
        return read_report(kept)
    except InputError as error:
        if not replaced:
            raise
        typer.secho(f"note: {error}", fg=typer.colors.YELLOW, err=True)
        return None


def _ready_for(*paths: Path | None) -> None:
    """Raises `InputError` before anything is asked where a report could not be written after it."""
    for path in paths:
        if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
            raise InputError(f"{str(path)!r} cannot be written: there is no such folder, or it is one")


def _write(
    report: EvalReport,
    verdict: Verdict,
    before: EvalReport | None,
    metrics: tuple[MetricInfo, ...],
    *,
    html: Path | None,
    junit: Path | None,
    json_file: Path | None,
) -> None:
    if json_file is not None:
        from assistant.evaluation.report_file import write_report

        write_report(report, json_file)
    if html is not None:
        from assistant.evaluation.html.render import render_html

        _write_text(html, render_html(report, verdict, before, metrics))
    if junit is not None:
        from assistant.evaluation.junit import render_junit

        _write_text(junit, render_junit(report, verdict))


def _write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be written: {error.strerror}") from error


def _accept(report: EvalReport, kept: Path) -> int:
    """Makes the report the baseline, unless something happened that must never happen."""
    from assistant.evaluation.report_file import write_report

    if report.violations:
        typer.secho("not accepted: mend what must never happen first", fg=typer.colors.RED, bold=True, err=True)
        return 1
    write_report(replace(report, opinions={}), kept)
    typer.secho(f"accepted: {kept} is the baseline now; commit it", bold=True)
    return 0
