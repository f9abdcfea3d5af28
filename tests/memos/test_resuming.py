"""A draft on the command line that is stopped, and goes on."""

from __future__ import annotations

import shlex
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import wiring
from assistant.__main__ import main
from assistant.chat import Assistant
from assistant.errors import StorageError
from assistant.memos.editing import with_text
from assistant.memos.memo import Memo, Section
from assistant.memos.memo_file import read_memo, write_memo
from assistant.types import Answer
from tests.memos.made import reference

MEMO = Memo("T", "grain", "briefing-note", (Section("H", "Q?", "Said.[^c1]", (reference(),)),))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("memo",), "say what the memo is about"),
        (("memo", "--resume", "none.json"), "none.json"),
        (("memo", "--resume", "broken.json"), "it is no memo"),
        (("memo", "grain", "--resume", "begun.json"), "leave out TOPIC"),
        (("memo", "--template", "chronology", "--resume", "begun.json"), "leave out TOPIC and --template"),
        (("memo", "--resume", "other.json"), "no template 'poem'"),
        (("memo", "--resume", "nameless.json"), "no template ''"),
    ],
    ids=["nothing", "no file", "no memo", "topic", "template", "unknown template", "no template"],
)
def test_a_mistake_is_told_before_a_model_is_loaded(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_memo(MEMO, Path("begun.json"))
    write_memo(replace(MEMO, template="poem"), Path("other.json"))
    write_memo(replace(MEMO, template=""), Path("nameless.json"))
    Path("broken.json").write_text("{")
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert not Path("index").exists()
    assert read_memo(Path("begun.json")) == MEMO


def test_a_memo_is_written_whole_in_place_of_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "memo.json"
    file.write_text("something else " * 1000)
    write_memo(MEMO, file)
    assert read_memo(file) == MEMO
    assert list(tmp_path.iterdir()) == [file]
    with pytest.raises(StorageError, match="could not be written"):
        write_memo(MEMO, tmp_path / "nowhere" / "memo.json")


SHORT = """
title: "Note: {topic}"
sections:
  - {heading: Seized, question: "What was seized in {topic}?"}
  - {heading: Paused, question: "What paused in {topic}?"}
  - {heading: Crew, question: "What crew in {topic}?"}
  - {heading: Animals, question: "What zebras in {topic}?"}
"""


class Stopping:
    """Runs `assistant memo` with answers that need no model; where it is told to, Ctrl+C comes amid a question."""

    def __init__(self, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(wiring, "build_assistant", lambda settings, *, command: assistant)
        monkeypatch.setattr(Assistant, "close", lambda self: None)  # other tests go on with it

    def __call__(self, *arguments: str, at: str | None = None) -> int:
        """The exit code; `at` are words of the question at which Ctrl+C comes."""

        def asked(assistant: Assistant, question: str) -> Answer:
            if at is not None and at in question:
                signal.raise_signal(signal.SIGINT)
            return ask(assistant, question)

        ask = Assistant.ask
        with self._monkeypatch.context() as patched:
            patched.setattr(Assistant, "ask", asked)
            with pytest.raises(SystemExit) as ended:
                main(arguments)
        return int(ended.value.code or 0)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, assistant: Assistant) -> Iterator[Stopping]:
    monkeypatch.chdir(tmp_path)
    Path("my templates").mkdir()
    Path("my templates", "short.yaml").write_text(SHORT)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it in the background
    yield Stopping(assistant, monkeypatch)
    signal.signal(signal.SIGINT, before)


NEW = ("memo", "the Red Sea", "--template", "short", "--templates", "my templates")


def test_what_was_drafted_before_ctrl_c_is_kept_and_the_command_that_is_said_goes_on(
    run: Stopping, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*NEW, "--out", "sea.md", "--out", "sea.json", at="crew") == 130
    said = capsys.readouterr().err
    command = "assistant memo --resume sea.json --templates 'my templates' --out sea.md"
    assert f"2 of 4 sections are kept in sea.json; go on with: {command}\n" in said
    begun = read_memo(Path("sea.json"))
    assert [each.heading for each in begun.sections] == ["Seized", "Paused"]
    assert not Path("sea.md").exists()

    edited = with_text(begun, 0, "My own words.[^c1]")
    write_memo(edited, Path("sea.json"))
    assert run(*shlex.split(command)[1:]) == 0
    said = capsys.readouterr().err
    assert "2 of 4" not in said
    assert "3 of 4: Crew" in said
    whole = read_memo(Path("sea.json"))
    assert [each.heading for each in whole.sections] == ["Seized", "Paused", "Crew", "Animals"]
    assert whole.sections[:2] == edited.sections
    assert "My own words." in Path("sea.md").read_text()


def test_a_resumed_draft_that_is_stopped_again_keeps_what_it_has(
    run: Stopping, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*NEW, "--out", "sea.json", at="paused") == 130
    assert run("memo", "--resume", "sea.json", "--templates", "my templates", at="zebras") == 130
    assert "3 of 4 sections are kept in sea.json" in capsys.readouterr().err
    assert run("memo", "--resume", "sea.json", "--templates", "my templates", at="paused") == 0
    out = capsys.readouterr()
    assert (out.out, "4 of 4: Animals" in out.err) == ("", True)
    assert run("memo", "--resume", "sea.json", "--templates", "my templates", at="zebras") == 0  # nothing is missing
    assert len(read_memo(Path("sea.json")).sections) == 4


def test_a_draft_that_is_kept_nowhere_says_so_and_one_that_has_nothing_yet_replaces_no_file(
    run: Stopping, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*NEW, at="crew") == 130
    out = capsys.readouterr()
    assert "2 of 4 sections are lost; with --out FILE.json, each is kept" in out.err
    assert out.out == ""
    Path("sea.json").write_text("another memo")
    assert run(*NEW, "--out", "sea.json", at="seized") == 130
    assert "kept" not in capsys.readouterr().err
    assert Path("sea.json").read_text() == "another memo"
