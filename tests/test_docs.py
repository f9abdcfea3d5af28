"""The documentation says what the program does."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.settings import Settings

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)


def test_the_two_commands_of_the_readme_are_what_ci_runs() -> None:
    run = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    commands = [text.strip() for kind, text in BLOCKS if kind == "sh"]
    install, tests = commands[0], commands[1]
    assert install.removesuffix(" && .venv/bin/assistant serve") in run
    for part in tests.split(" && "):
        assert part in run


def test_ci_evaluates_by_the_command_of_the_readme() -> None:
    run = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = [text.strip() for kind, text in BLOCKS if kind == "sh" and "assistant eval" in text]
    assert f"{command}\n" in run or f"{command}'\n" in run


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a user has it: the sample briefings, and briefings of their own."""
    folder = tmp_path_factory.mktemp("clone")
    (folder / "corpus").symlink_to(REPOSITORY / "corpus")
    (folder / "my-briefings").mkdir()
    (folder / "my-briefings" / "note.md").write_text("# Note\n\nShips avoid the Red Sea.", encoding="utf-8")
    return folder


def test_each_question_of_the_readme_gets_the_answer_printed_there(copy: Path) -> None:
    for (kind, command), (answer_kind, expected) in itertools.pairwise(BLOCKS):
        if kind == "sh" and answer_kind == "text":
            question = re.search(r'ask "(.*?)"', command)
            assert question
            printed = _assistant(copy, "ask", question[1])
            assert _squeezed(printed) == _squeezed(expected)  # but for the ages of sources, which grow


def test_the_readme_s_index_command_runs(copy: Path) -> None:
    command = next(text for kind, text in BLOCKS if kind == "sh" and "assistant index" in text)
    assert "1 indexed" in _assistant(copy, *command.split()[1:])


def test_the_readme_s_serve_command_shows_the_page(copy: Path) -> None:
    commands = [text.split() for kind, text in BLOCKS if kind == "sh"]
    (own,) = [words[1:] for words in commands if words[1] == "serve"]
    running = subprocess.Popen(
        [sys.executable, "-m", "assistant", *own, "--no-open", "--port", "0"],
        cwd=copy,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert running.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+", running.stdout.readline())
        assert address
        with urllib.request.urlopen(address[0], timeout=30) as page:
            assert "Briefing Assistant" in page.read().decode()
    finally:
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 0, errors
    assert "Traceback" not in errors


def test_every_setting_stands_in_the_docs_with_its_default() -> None:
    table = (REPOSITORY / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        default = "not set" if field.default is None else f"`{_as_typed(field.default)}`"
        assert f"| `{name}` | `ASSISTANT_{name.upper()}` | {default} | {field.description} |" in table


def test_the_docs_name_the_judge_of_the_baseline() -> None:
    baseline = json.loads((REPOSITORY / "tests" / "golden" / "baseline.json").read_text(encoding="utf-8"))
    kind = " ".join(baseline["conditions"]["judge"].split()[:3])  # what comes behind is a digest
    assert f"named in every report: `{kind} …`" in (REPOSITORY / "docs" / "metrics.md").read_text(encoding="utf-8")


def test_every_command_has_help_and_a_place_in_the_docs() -> None:
    usage = (REPOSITORY / "docs" / "usage.md").read_text(encoding="utf-8")
    for command in ("index", "ask", "serve", "show", "list", "eval", "memo", "verify"):
        assert f"`assistant {command}" in usage
        assert len(_assistant(REPOSITORY, command, "--help")) > 200


def test_every_relative_link_in_the_docs_leads_somewhere() -> None:
    for page in [REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)\)", page.read_text(encoding="utf-8")):
            assert target.startswith(("http://", "https://")) or (page.parent / target).exists(), f"{page}: {target}"


def test_the_keys_of_the_json_answer_are_documented(copy: Path) -> None:
    usage = (REPOSITORY / "docs" / "usage.md").read_text(encoding="utf-8")
    answer = json.loads(_assistant(copy, "ask", "why did China decline?", "--json"))
    for keys in (answer, answer["citations"][0], answer["passages"][0]):
        for key in keys:
            assert re.search(rf"\b{key}\b", usage), key


def _as_typed(default: object) -> str:
    """A default as it is written in assistant.toml, but for the quotation marks of text."""
    return str(default).lower() if isinstance(default, bool) else str(default)


def _assistant(cwd: Path, *arguments: str) -> str:
    """What a command prints that succeeds."""
    said, told = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(said), redirect_stderr(told), pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code, told.getvalue()
    return said.getvalue()


def _squeezed(text: str) -> str:
    return " ".join(re.sub(r", \d+ \w+ ago\b", "", text).split())
