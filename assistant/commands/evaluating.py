"""`assistant eval`: asks the golden cases, scores the answers, and gives a verdict with an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.progress import with_progress
from assistant.errors import InputError
from assistant.evaluation.judges import JUDGES
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from assistant.evaluation.cases import GoldenCase
    from assistant.evaluation.golden_set import GoldenSet
    from assistant.evaluation.judges import Judge
    from assistant.evaluation.metrics.base import MetricInfo
    from assistant.evaluation.results import EvalReport
    from assistant.evaluation.running import CaseDone
    from assistant.evaluation.verdict import Verdict
    from assistant.index.report import SyncEvent
    from assistant.wiring import Models

BASELINE = "baseline.json"
_COMMAND = "assistant eval"


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
    report, metrics = _run(golden_cases, settings, models, judges)
    verdict = verdict_on(report, before, metrics)
    _write(report, verdict, before, metrics, html=html, junit=junit, json_file=json_file)
    if judges:
        print_opinions(report, judges)
    print_report(report, verdict, metrics, accepting=accept)
    if accept:
        raise typer.Exit(_accept(report, kept))
    raise typer.Exit(0 if verdict.passed else 1)


def golden_set(
    cases: tuple[GoldenCase, ...], settings: Settings, *, named: frozenset[Path]
) -> tuple[GoldenSet, Models]:
    """The cases with the assistants that answer them, and the models that all of these share."""
    from assistant.evaluation.cache import cache_folder, discard_old
    from assistant.evaluation.golden_set import GoldenSet
    from assistant.wiring import build_evaluated, build_models

    models = build_models(settings)
    cache = cache_folder()
    discard_old(cache)

    def build(folder: Path) -> Assistant:
        return build_evaluated(settings, folder, models, cache=cache, command=_COMMAND)

    return GoldenSet(cases, build, named), models


def _run(
    chosen: GoldenSet, settings: Settings, models: Models, judges: Sequence[Judge]
) -> tuple[EvalReport, tuple[MetricInfo, ...]]:
    from assistant.commands.judging import judged
    from assistant.evaluation.cache import cache_folder, journal_file
    from assistant.evaluation.conditions import code_digest, conditions_of, machine, versions
    from assistant.evaluation.metrics import SET_METRICS, build_metrics
    from assistant.evaluation.metrics.base import info_of
    from assistant.evaluation.report_file import Journal
    from assistant.evaluation.running import report_of
    from assistant.wiring import build_verifier

    embedder, reader = models.embedder, models.reader
    verifier = build_verifier(models)
    metrics = build_metrics(verifier)
    asked_by = f"{code_digest()} {settings.model_dump_json()} {embedder.fingerprint} {verifier.name}"
    known_by = f"{asked_by} {versions()} {machine(embedder.arithmetic)}"

    def journal_of(digest: str) -> Journal:
        name = sha256(f"{digest} {known_by}".encode()).hexdigest()[:16]
        return Journal(journal_file(name, cache_folder()))

    with _bar(len(chosen.cases)) as done:
        asked = chosen.ask(metrics, journal_of, progress=_synced, done=done)
    if asked.reused:
        typer.secho(
            f"note: {asked.reused} of {len(chosen.cases)} cases were known from a run that was stopped", err=True
        )
    named = {"embedding": embedder.fingerprint, "reading": reader.name if reader is not None else "switched off"}
    conditions = conditions_of(
        settings.model_dump(), named, asked.documents, judge=verifier.name, arithmetic=embedder.arithmetic
    )
    report = report_of(asked.results, conditions, SET_METRICS, seconds=asked.seconds)
    if judges:
        report = judged(report, judges, lambda result: chosen.contexts(result, asked.documents))
    return report, tuple(info_of(metric) for metric in metrics)


def _check(chosen: GoldenSet, baseline: EvalReport | None) -> int:
    """Prints what is wrong with the cases; 1 where a quote is not in its document or hidden, 0 otherwise."""
    from assistant.evaluation.checking import stale_cases
    from assistant.evaluation.conditions import prints_of
    from assistant.language.number_words import counted

    cases = chosen.cases
    findings, documents = chosen.check(progress=_synced)
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


def _synced(events: Iterator[SyncEvent]) -> None:
    """Runs a sync to its end and names on standard error each file that could not be read: nothing of it is asked."""
    report = with_progress(events)
    for outcome in report.outcomes:
        if outcome.status == "failed":
            typer.secho(f"note: {outcome.path} could not be read: {outcome.reason}", fg=typer.colors.YELLOW, err=True)


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


@contextmanager
def _bar(total: int) -> Iterator[Callable[[CaseDone], None]]:
    """A progress bar on a terminal, a line every 50 cases elsewhere; gives what is told of each case."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (TextColumn("Asking", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    count = 0
    bar: Progress | None = None

    def done(event: CaseDone) -> None:
        nonlocal count, bar
        count += 1
        if bar is None and console.is_terminal:  # the bar of the sync before it has gone by now
            bar = Progress(*columns, console=console, transient=True)
            bar.add_task("Asking", total=total)
            bar.start()
        if bar is not None:
            bar.update(bar.task_ids[0], completed=count)
        elif count % 50 == 0 or count == total:
            typer.echo(f"asked {count} of {total}", err=True)
        if event.result.error is not None:
            typer.secho(f"crashed: {event.result.case_id}: {event.result.error}", fg=typer.colors.RED, err=True)

    try:
        yield done
    finally:
        if bar is not None:
            bar.stop()
