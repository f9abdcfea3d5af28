"""`assistant eval` as a person runs it, over one small briefing with the real model."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.__main__ import main
from assistant.chat import Assistant
from assistant.evaluation.report_file import Journal, read_report

BRIEFING = """\
---
title: Harbour note
date: 2024-03-10
---
The port of Miravale closed on 3 March 2024. A crane accident in which two workers died came before.
The port reopened on 9 March 2024 after an inspection.
"""
GOLDEN = """\
corpus: briefings
cases:
  - id: how-many
    question: How many workers died in the crane accident?
    relevant: [{document: note.md, quote: A crane accident in which two workers died}]
    must_say: [two]
    tags: [quick]
  - id: reopened
    question: and when did it reopen?
    history: ["When did the port of Miravale close?"]
    relevant: [{document: note.md, quote: reopened on 9 March 2024}]
  - id: cup
    question: Who won the 2022 World Cup?
    answerable: false
  - id: before
    question: How many workers died in the crane accident?
    as_of: 2024-03-05
    answerable: false
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one briefing and four golden cases; the cache is its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefings").mkdir()
    (tmp_path / "briefings" / "note.md").write_text(BRIEFING, encoding="utf-8")
    (tmp_path / "my.golden.yaml").write_text(GOLDEN, encoding="utf-8")
    return tmp_path


def evaluated(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["eval", *arguments])
    return int(ended.value.code or 0)


def test_the_first_run_fails_until_its_report_is_accepted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated("my.golden.yaml") == 1
    assert "no baseline yet: look at the report, then run again with --accept" in capsys.readouterr().out
    assert not (folder / "baseline.json").exists()

    assert evaluated("my.golden.yaml", "--accept") == 0
    assert "accepted" in capsys.readouterr().out
    assert evaluated(".") == 0
    assert "no difference shown" in capsys.readouterr().out


def test_the_report_holds_what_happened_and_all_that_can_move_a_number(folder: Path) -> None:
    evaluated("my.golden.yaml", "--json", "r.json", "--html", "r.html", "--junit", "r.xml")
    report = read_report(folder / "r.json")
    by_id = {result.case_id: result for result in report.results}
    assert list(by_id) == ["how-many", "reopened", "cup", "before"]
    assert {name: result.outcome for name, result in by_id.items()} == {
        "how-many": "answered",
        "reopened": "answered",
        "cup": "abstained",
        "before": "abstained",  # the briefing is dated five days later
    }
    assert by_id["how-many"].scores["citation recall"] == 1
    assert by_id["how-many"].citations[0].relevant
    assert "Miravale" in by_id["reopened"].query
    assert by_id["cup"].scores["citation recall"] is None
    conditions = report.conditions
    assert conditions.documents["note.md"].characters == len(BRIEFING.split("---\n")[2].strip())
    assert conditions.models["embedding"].startswith("all-MiniLM-L6-v2@")
    assert conditions.models["reading"].startswith("reading model ")
    assert {"python", "chromadb", "torch", "briefing-assistant"} <= set(conditions.versions)
    assert conditions.settings["passages"] == "10"
    assert "reading and words" in conditions.judge
    assert conditions.machine["arithmetic"] in ("bfloat16", "float32")
    assert conditions.machine["processor"]
    assert str(folder) not in (folder / "r.json").read_text(encoding="utf-8")
    assert "How many workers died" in (folder / "r.html").read_text(encoding="utf-8")
    assert ElementTree.parse(folder / "r.xml").getroot().iter("testcase")


def test_the_index_being_served_is_not_touched(folder: Path) -> None:
    evaluated("my.golden.yaml")
    assert not (folder / "index").exists()
    assert not any((folder / "cache").rglob("journals/*.jsonl")), "a run that ended leaves no journal"


def test_tags_splits_and_ids_choose_cases_and_no_baseline_is_made_of_some(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated("my.golden.yaml", "--accept") == 0
    capsys.readouterr()
    assert evaluated("my.golden.yaml", "--tag", "quick", "--json", "r.json") == 0
    assert [result.case_id for result in read_report(folder / "r.json").results] == ["how-many"]
    assert evaluated("my.golden.yaml", "--case", "cup", "--json", "r.json") == 0
    assert [result.case_id for result in read_report(folder / "r.json").results] == ["cup"]
    assert evaluated("my.golden.yaml", "--split", "test") == 2
    assert "none of the 4 cases" in capsys.readouterr().err
    assert evaluated("my.golden.yaml", "--tag", "quick", "--accept") == 2


def test_check_finds_quotes_that_went_away_and_cases_whose_document_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated("my.golden.yaml", "--accept") == 0
    capsys.readouterr()
    assert evaluated("my.golden.yaml", "--check") == 0
    assert "4 cases (2 unanswerable) over 1 document: every quote stands" in capsys.readouterr().out

    note = folder / "briefings" / "note.md"
    note.write_text(BRIEFING + "The owner is not known.\n", encoding="utf-8")
    assert evaluated("my.golden.yaml", "--check") == 0
    assert "my.golden.yaml:3: 'note.md' changed since the baseline" in capsys.readouterr().out

    note.write_text(BRIEFING.replace("two workers died", "two workers were hurt"), encoding="utf-8")
    assert evaluated("my.golden.yaml", "--check") == 1
    printed = capsys.readouterr().out
    assert "my.golden.yaml:5: the quote 'A crane accident in which two workers died' is not in 'note.md'" in printed
    assert "nearest there: 'A crane accident in which two workers were hurt came before.'" in printed


def test_a_crash_is_a_failed_case_and_the_run_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated("my.golden.yaml", "--accept") == 0
    ask = Assistant.ask

    def crashing(self: Assistant, question: str, **rest: object) -> object:
        if "World Cup" in question:
            raise RuntimeError("the cup broke")
        return ask(self, question, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Assistant, "ask", crashing)
    assert evaluated("my.golden.yaml", "--json", "r.json") == 1
    assert "cup: RuntimeError: the cup broke" in capsys.readouterr().out
    results = {result.case_id: result for result in read_report(folder / "r.json").results}
    assert results["cup"].outcome is None
    assert results["cup"].scores["right outcome"] == 0
    assert results["before"].outcome == "abstained"
    assert evaluated("my.golden.yaml", "--accept") == 1, "a crash is never accepted"


def test_a_stopped_run_goes_on_where_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask, asked = Assistant.ask, []

    def stopping(self: Assistant, question: str, **rest: object) -> object:
        asked.append(question)
        if "World Cup" in question and len(asked) < 6:
            raise KeyboardInterrupt
        return ask(self, question, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Assistant, "ask", stopping)
    assert evaluated("my.golden.yaml") == 130
    assert len(asked) == 4  # one of them is history
    (journal,) = (folder / "cache").rglob("journals/*.jsonl")
    assert len(Journal(journal).read()) == 2

    asked += ["", ""]
    assert evaluated("my.golden.yaml", "--accept") == 0
    assert asked[6:] == ["Who won the 2022 World Cup?", "How many workers died in the crane accident?"]
    assert "2 of 4 cases were known from a run that was stopped" in capsys.readouterr().err
    assert len(json.loads((folder / "baseline.json").read_text(encoding="utf-8"))["results"]) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no golden file at 'nowhere'"),
        (["my.golden.yaml", "--corpus", "nowhere"], "there is no corpus folder 'nowhere'"),
        (["my.golden.yaml", "--baseline", "my.golden.yaml"], "is not a report"),
        (["my.golden.yaml", "--html", "no/such/folder.html"], "cannot be written"),
    ],
)
def test_a_mistake_is_one_sentence(
    folder: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(*arguments) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert "Traceback" not in printed


def test_two_folders_are_reported_as_one_set(folder: Path) -> None:
    (folder / "others").mkdir()
    (folder / "others" / "note.md").write_text("# Dam\n\nThe dam of Orlen broke on 1 May 2024.\n", encoding="utf-8")
    (folder / "other.golden.yaml").write_text(
        "corpus: others\ncases:\n  - id: dam\n    question: When did the dam of Orlen break?\n"
        "    relevant: [{document: note.md, quote: broke on 1 May 2024}]\n",
        encoding="utf-8",
    )
    evaluated(".", "--json", "r.json")
    report = read_report(folder / "r.json")
    assert [result.case_id for result in report.results] == ["how-many", "reopened", "cup", "before", "dam"]
    assert set(report.conditions.documents) == {"briefings/note.md", "others/note.md"}


def test_some_cases_of_two_folders_are_compared_with_their_part_of_the_baseline(folder: Path) -> None:
    (folder / "others").mkdir()
    (folder / "others" / "note.md").write_text("# Dam\n\nThe dam of Orlen broke on 1 May 2024.\n", encoding="utf-8")
    (folder / "other.golden.yaml").write_text(
        "corpus: others\ncases:\n  - id: dam\n    question: Who won the 2022 World Cup?\n    answerable: false\n",
        encoding="utf-8",
    )
    assert evaluated(".", "--accept") == 0
    assert evaluated(".", "--case", "dam", "--json", "r.json") == 0
    assert set(read_report(folder / "r.json").conditions.documents) == {"others/note.md"}
    (folder / "others" / "note.md").write_text("# Dam\n\nThe dam of Orlen broke.\n", encoding="utf-8")
    assert evaluated(".", "--case", "dam") == 1


def scripted(folder: Path, monkeypatch: pytest.MonkeyPatch, replies: list[str]) -> None:
    (folder / "replies.json").write_text(json.dumps(replies), encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_LLM_URL", f"scripted:{folder / 'replies.json'}")
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "script-1")


def test_judges_advise_and_do_not_decide(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated("my.golden.yaml", "--accept") == 0
    capsys.readouterr()
    scripted(folder, monkeypatch, ["NO", "NO <script>", "NO"])
    options = ("--judge", "relevancy", "--judge-votes", "2", "--json", "r.json", "--html", "r.html")
    assert evaluated("my.golden.yaml", *options) == 0, "the judge's opinion is no part of the verdict"
    printed = capsys.readouterr().out
    assert "LLM judges: advice, they do not decide" in printed
    opinions = read_report(folder / "r.json").opinions
    assert set(opinions) == {"how-many", "reopened"}, "only answers are judged"
    (opinion,) = opinions["how-many"]
    assert (opinion.judge, opinion.model, opinion.mean, opinion.votes) == ("relevancy", "script-1", 0.0, (0.0, 0.0))
    page = (folder / "r.html").read_text(encoding="utf-8")
    assert "LLM judge, as advice: relevancy 0" in page
    assert "NO &lt;script&gt;" in page


def test_an_llm_that_goes_away_ends_the_judging_and_not_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted(folder, monkeypatch, ["YES"])
    assert evaluated("my.golden.yaml", "--accept", "--judge", "relevancy", "--judge-votes", "2") == 0
    assert "judging stopped after 1 of 2 cases" in capsys.readouterr().err


def test_a_judge_needs_an_llm_and_a_known_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated("my.golden.yaml", "--judge", "relevancy") == 2
    assert "set llm_url" in capsys.readouterr().err
    assert evaluated("my.golden.yaml", "--judge", "jury") == 2
    assert "known are faithfulness, relevancy, correctness" in capsys.readouterr().err


def test_two_folders_of_the_same_name_are_told_apart(folder: Path) -> None:
    for name, text in (("one", BRIEFING), ("two", "# Dam\n\nThe dam of Orlen broke on 1 May 2024.\n")):
        (folder / name / "briefings").mkdir(parents=True)
        (folder / name / "briefings" / "note.md").write_text(text, encoding="utf-8")
        (folder / name / "x.golden.yaml").write_text(
            f"corpus: briefings\ncases:\n  - {{id: {name}, question: Who won the cup, answerable: false}}\n",
            encoding="utf-8",
        )
    (folder / "my.golden.yaml").unlink()
    assert evaluated(".", "--accept") == 0
    documents = read_report(folder / "baseline.json").conditions.documents
    assert set(documents) == {"one/briefings/note.md", "two/briefings/note.md"}
    assert evaluated(".", "--case", "one") == 0


def test_a_date_or_tag_that_changed_since_a_stopped_run_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Assistant.ask

    def stopping(self: Assistant, question: str, **rest: object) -> object:
        if "World Cup" in question:
            raise KeyboardInterrupt
        return ask(self, question, **rest)  # type: ignore[arg-type]

    def stop() -> None:
        monkeypatch.setattr(Assistant, "ask", stopping)
        assert evaluated("before.golden.yaml") == 130
        monkeypatch.setattr(Assistant, "ask", ask)

    cases = GOLDEN.split("  - id: ")
    golden = folder / "before.golden.yaml"
    golden.write_text("  - id: ".join((cases[0], cases[4], cases[3])), encoding="utf-8")
    stop()
    note = folder / "briefings" / "note.md"
    note.write_text(BRIEFING.replace("date: 2024-03-10", "date: 2024-03-04"), encoding="utf-8")  # the text is the same
    evaluated("before.golden.yaml", "--json", "r.json")
    assert read_report(folder / "r.json").results[0].outcome == "answered", "nothing hides the briefing any more"

    stop()
    golden.write_text("tags: [new]\nsplit: test\n" + golden.read_text(encoding="utf-8"), encoding="utf-8")
    evaluated("before.golden.yaml", "--json", "r.json")
    assert {(result.tags, result.split) for result in read_report(folder / "r.json").results} == {(("new",), "test")}


def test_check_tells_of_evidence_that_as_of_hides(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    golden = GOLDEN.replace("    must_say: [two]", "    as_of: 2024-03-05")
    (folder / "my.golden.yaml").write_text(golden, encoding="utf-8")
    assert evaluated("my.golden.yaml", "--check") == 1
    assert "my.golden.yaml:5: 'note.md' is dated 2024-03-10: `as_of: 2024-03-05` hides it" in capsys.readouterr().out
    (folder / "briefings" / "note.md").write_text(BRIEFING.replace("date: 2024-03-10\n", ""), encoding="utf-8")
    assert evaluated("my.golden.yaml", "--check") == 1
    printed = capsys.readouterr().out
    assert "'note.md' has no date" in printed
    assert "1 quote not found or hidden" in printed


def test_a_file_that_cannot_be_read_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "briefings" / "broken.pdf").write_bytes(b"no PDF")
    evaluated("my.golden.yaml")
    assert "note: broken.pdf could not be read: " in capsys.readouterr().err


def test_a_baseline_that_cannot_be_read_can_be_made_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "baseline.json").write_text("{}", encoding="utf-8")
    assert evaluated("my.golden.yaml") == 2
    assert "make it again with --accept" in capsys.readouterr().err
    assert evaluated("my.golden.yaml", "--accept") == 0
    assert len(read_report(folder / "baseline.json").results) == 4


@pytest.mark.parametrize("arguments", [["--baseline", "typo.json"], ["--check", "--baseline", "typo.json"]])
def test_a_baseline_that_is_named_and_not_there_is_a_mistake(
    folder: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated("my.golden.yaml", *arguments) == 2
    assert "there is no baseline 'typo.json'" in capsys.readouterr().err


def test_every_id_that_is_named_must_be_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated("my.golden.yaml", "--case", "cup", "--case", "cop") == 2
    assert "no case has the id 'cop'" in capsys.readouterr().err
