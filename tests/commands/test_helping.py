from __future__ import annotations

from importlib.metadata import version

import pytest
import typer
from typer.testing import CliRunner

from assistant.__main__ import cli
from assistant.commands.helping import Command, Group
from assistant.commands.progress import note
from assistant.memos.template import template_files

program = typer.Typer(cls=Group)
program.command("one", cls=Command)(lambda: note("a file is missing"))
program.command("other", cls=Command)(lambda: None)


@pytest.mark.parametrize(("said", "coloured"), [("", True), ("1", False), ("no", False)])
def test_notes_have_no_colours_where_a_person_wants_none(said: str, coloured: bool) -> None:
    shown = CliRunner().invoke(program, ["one"], color=True, env={"NO_COLOR": said})
    assert "note: a file is missing" in shown.stderr
    assert ("\x1b[" in shown.stderr) is coloured


def test_the_version_is_that_of_the_package() -> None:
    shown = CliRunner().invoke(cli, ["--version"])
    assert (shown.exit_code, shown.stdout) == (0, f"briefing-assistant {version('briefing-assistant')}\n")


@pytest.mark.parametrize("command", ["memo", "eval", "serve"])
def test_the_help_names_each_option_in_full_on_a_narrow_terminal(command: str) -> None:
    shown = CliRunner().invoke(cli, [command, "--help"], env={"COLUMNS": "40"}).stdout
    assert "…" not in shown
    if command == "memo":
        assert "--template NAME" in shown
        assert "--templates FOLDER" in shown


def test_the_help_fills_its_lines_wherever_those_of_the_docstring_end() -> None:
    def other() -> None:
        """One.

        Two words
        and two more.
        """

    made = typer.Typer()
    made.command("other", cls=Command)(other)
    shown = CliRunner().invoke(made, ["--help"], env={"COLUMNS": "80"}).stdout
    assert "Two words and two more." in shown


@pytest.mark.parametrize("command", ["memo", "eval", "verify", "conversations export"])
def test_the_help_names_values_by_what_they_are_and_not_by_their_type(command: str) -> None:
    shown = CliRunner().invoke(cli, [*command.split(), "--help"], env={"COLUMNS": "100"}).stdout
    options = shown[shown.index("Options ") :]
    assert "<" not in options.replace("<=", "")


def test_the_help_of_memo_names_every_template() -> None:
    said = CliRunner().invoke(cli, ["memo", "--help"]).output.replace("\n", " ")
    assert [name for name in template_files() if name not in said] == []
