"""Opinions of LLM judges beside a run: what the judges see, what is kept, and that nothing rests on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.chat import Assistant
from assistant.commands.judging import judged, print_opinions
from assistant.evaluation.judges import JUDGES, Judge
from assistant.evaluation.junit import render_junit
from assistant.evaluation.report_file import read_report, write_report
from assistant.evaluation.results import EvalReport, Opinion
from assistant.evaluation.verdict import judge as verdict_on
from assistant.llms.scripted import ScriptedLLM
from tests.evaluation.made_reports import METRICS
from tests.evaluation.sample_report import earlier, sample
from tests.evaluation.test_report_file import REPORT, RESULT

AWFUL = Opinion("faithfulness", "script-1", 0.0, 0.0, (0.0, 0.0, 0.0), ("NO",) * 3)
ANSWERED = replace(REPORT, results=(RESULT, replace(RESULT, case_id="b", fingerprint="f2")), violations=())


def judge_that_says(name: str, *replies: str) -> Judge:
    return JUDGES[name]([ScriptedLLM(replies, model="script-1")])


def by_case(report: EvalReport) -> dict[str, list[str]]:
    return {case: [opinion.judge for opinion in opinions] for case, opinions in report.opinions.items()}


def test_awful_opinions_change_nothing_in_verdict_and_junit() -> None:
    passing = sample()
    passing = replace(
        passing, results=tuple(each for each in passing.results if each.outcome is not None), violations=()
    )
    for now, before in ((passing, passing), (sample(), earlier()), (sample(), None)):
        thought_awful = replace(now, opinions={result.case_id: (AWFUL,) for result in now.results})
        verdict = verdict_on(now, before, METRICS)
        assert verdict_on(thought_awful, before, METRICS) == verdict
        assert render_junit(thought_awful, verdict) == render_junit(now, verdict)
        if before is not None:
            assert verdict_on(now, replace(before, opinions=thought_awful.opinions), METRICS) == verdict
    assert verdict_on(passing, passing, METRICS).passed, "or the first of them shows nothing"


def test_a_judge_that_goes_away_takes_no_other_opinion_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    judges = [judge_that_says("relevancy", "YES", "NO"), judge_that_says("faithfulness", "NO")]
    report = judged(ANSWERED, judges, lambda result: ["a passage"])
    assert by_case(report) == {"a": ["relevancy", "faithfulness"], "b": ["relevancy"]}
    assert "judging stopped after 1 of 2 cases" in capsys.readouterr().err


def test_an_llm_that_is_not_there_leaves_the_report_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    assert judged(ANSWERED, [judge_that_says("relevancy")], lambda result: ["a passage"]) == ANSWERED
    assert "judging stopped after 0 of 2 cases" in capsys.readouterr().err


def test_what_was_not_answered_is_not_judged() -> None:
    crashed = replace(RESULT, case_id="c", outcome=None, error="ValueError: x")
    abstained = replace(RESULT, case_id="d", outcome="abstained", text="")
    report = replace(ANSWERED, results=(crashed, abstained, *ANSWERED.results))
    report = judged(report, [judge_that_says("relevancy", "YES", "NO")], lambda result: ["a passage"])
    assert by_case(report) == {"a": ["relevancy"], "b": ["relevancy"]}


def test_the_table_has_means_spreads_and_unreadable_votes(capsys: pytest.CaptureFixture[str]) -> None:
    def opinion(*votes: float | None) -> Opinion:
        values = [vote for vote in votes if vote is not None]
        mean, spread = (sum(values) / len(values), max(values) - min(values)) if values else (None, None)
        return Opinion("correctness", "script-1", mean, spread, votes, ("said",) * len(votes))

    # Means 4 and 2.5, spreads 2 and 1; of the third nothing could be read.
    opinions = {"a": (opinion(5, 3, None),), "b": (opinion(2, 3),), "c": (opinion(None, None),)}
    print_opinions(replace(ANSWERED, opinions=opinions), [judge_that_says("correctness"), judge_that_says("relevancy")])
    printed = capsys.readouterr().out.splitlines()
    assert "advice" in printed[0]
    assert "do not decide" in printed[0]
    assert printed[2].split() == ["correctness", "script-1", "1", "to", "5", "2", "3.25", "1.50", "3"]
    assert printed[3].split() == ["relevancy", "-", "0", "to", "1", "0", "-", "-", "0"]


def test_opinions_come_back_from_a_report_and_an_old_report_has_none(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    report = replace(REPORT, opinions={"a": (AWFUL, replace(AWFUL, mean=None, spread=None, votes=(None,)))})
    write_report(report, file)
    assert read_report(file) == report
    content = json.loads(file.read_text(encoding="utf-8"))
    del content["opinions"]
    file.write_text(json.dumps(content), encoding="utf-8")
    assert read_report(file) == REPORT
    write_report(REPORT, file)
    assert "opinions" not in file.read_text(encoding="utf-8")


FIRST = (
    "The port of Miravale, which handles nearly all of the grain and most of the timber of the region, closed after a "
    "crane accident in which two workers died."
)
SECOND = "The port reopened on 9 March 2024, after inspectors had looked at every one of the eleven cranes on the quay."
ASIDE = "Divers from Orlen were praised by a local newspaper."  # no part of an answer, and far from the beginning
GOLDEN = f"""\
corpus: briefings
cases:
  - id: how-many
    question: How many workers died in the crane accident?
    relevant: [{{document: note.md, quote: "{FIRST}"}}]
  - id: reopened
    question: When did the port of Miravale reopen?
    relevant: [{{document: note.md, quote: reopened on 9 March 2024}}]
"""


def evaluated(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["eval", *arguments])
    return int(ended.value.code or 0)


def test_judges_read_whole_passages_also_of_answers_known_from_a_run_that_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefings").mkdir()
    (tmp_path / "briefings" / "note.md").write_text(f"# Harbour note\n\n{FIRST} {SECOND} {ASIDE}\n", encoding="utf-8")
    (tmp_path / "my.golden.yaml").write_text(GOLDEN, encoding="utf-8")
    (tmp_path / "replies.json").write_text('["NO", "NO"]', encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_LLM_URL", f"scripted:{tmp_path / 'replies.json'}")
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "script-1")
    ask, prompts = Assistant.ask, _prompts(monkeypatch)

    def stopping(self: Assistant, question: str, **rest: object) -> object:
        if "reopen" in question:
            raise KeyboardInterrupt
        return ask(self, question, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Assistant, "ask", stopping)
    assert evaluated("my.golden.yaml") == 130
    assert prompts == [], "without --judge no LLM is asked"

    monkeypatch.setattr(Assistant, "ask", ask)
    repeated = ("--judge", "faithfulness", "--judge", "faithfulness", "--judge-votes", "2")
    evaluated("my.golden.yaml", *repeated, "--json", "r.json")
    assert "1 of 2 cases were known from a run that was stopped" in capsys.readouterr().err
    report = read_report(tmp_path / "r.json")
    assert by_case(report) == {"how-many": ["faithfulness"], "reopened": ["faithfulness"]}, "named twice, asked once"
    assert len(prompts) == 4
    assert not any(ASIDE in result.text for result in report.results), "or the prompt has it from the answer"
    assert all(ASIDE in prompt for prompt in prompts)


def _prompts(monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """What scripted LLMs are asked from now on."""
    complete, prompts = ScriptedLLM.complete, []

    def kept(self: ScriptedLLM, prompt: str, formatted: bool = False, **rest: object) -> object:
        prompts.append(prompt)
        return complete(self, prompt, formatted, **rest)

    monkeypatch.setattr(ScriptedLLM, "complete", kept)
    return prompts
