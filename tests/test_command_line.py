"""The command line over a small folder of real files, with the real model.

At least one test of each command runs in a process of its own (`assistant`), as a person starts it. Others run in this
one (`assistant_here`), as each process that reads or asks takes five seconds to import what the model needs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from assistant.__main__ import main

REPOSITORY = Path(__file__).parent.parent
DECLINED = "China declined because the United States would not lift the sanctions it put on Li Shangfu in 2018."


def assistant(*arguments: str, cwd: Path = REPOSITORY, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, **environment},
        check=False,
    )


def assistant_here(*arguments: str, cwd: Path = REPOSITORY, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same in this process; what is no mistake of the user is raised."""
    printed, told = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(printed), redirect_stderr(told):
        patched.chdir(cwd)
        for name, value in environment.items():
            patched.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main(arguments)
    return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), printed.getvalue(), told.getvalue())


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("briefings")
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    (corpus / "decline.md").write_text(
        f"---\ntitle: China declines\ndate: 2023-05-30\n---\n\n# China declines\n\n{DECLINED} "
        "The refusal came amid strained relations between Beijing and Washington.\n",
        encoding="utf-8",
    )
    (corpus / "grain.txt").write_text("The Razoni left Odesa on 1 August 2022 with 26,000 tonnes of corn.\n")
    (corpus / "empty.txt").write_bytes(b"")
    return corpus, index


def test_index_names_what_became_of_each_file_and_a_second_run_embeds_nothing(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    first = assistant("index", str(corpus), "--index", str(index))
    assert first.returncode == 1, first.stderr
    assert "failed     empty.txt: the file is empty" in first.stdout
    second = json.loads(assistant("index", str(corpus), "--index", str(index), "--json").stdout)
    assert second["embedded"] == 0
    assert {file["status"] for file in second["files"]} == {"unchanged", "failed"}


def test_ask_prints_an_answer_whose_quotes_stand_in_the_document(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    where = ("--corpus", str(corpus), "--index", str(index))
    asked = assistant("ask", "why did China decline?", "--json", *where)
    answer = json.loads(asked.stdout)
    assert answer["outcome"] == "answered"
    assert any(citation["quote"] == DECLINED for citation in answer["citations"])
    shown = json.loads(assistant("show", "decline.md", "--json", "--index", str(index)).stdout)
    for citation in answer["citations"]:
        assert citation["path"] == "decline.md"
        assert citation["content_hash"] == shown["content_hash"]
        assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert answer["text"][citation["answer_start"] : citation["answer_end"]] == citation["quote"]
    for passage in answer["passages"]:
        text = json.loads(assistant("show", passage["path"], "--json", "--index", str(index)).stdout)["text"]
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_ask_abstains_on_what_the_briefings_do_not_say(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    asked = assistant_here("ask", "who won the 2022 World Cup?", "--corpus", str(corpus), "--index", str(index))
    assert asked.returncode == 0
    assert "The briefings don't say." in asked.stdout
    assert "[1]" not in asked.stdout


def test_a_follow_up_is_read_with_the_question_before_it(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    where = ("--corpus", str(corpus), "--index", str(index), "--json")
    answer = json.loads(assistant_here("ask", "why?", "--history", "Did China decline the meeting?", *where).stdout)
    assert "China" in answer["query"]
    assert answer["question"] == "why?"


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "sentence"),
    [
        (("ask", ""), {}, 2, "the question is empty"),
        (("ask", "🙂🙂"), {}, 2, "has no words"),
        (("ask", "why " * 25_000), {}, 2, "at most 8,000"),
        (("index", "no-such-folder"), {}, 2, "no-such-folder"),
        (("ask", "why?", "--history", " "), {}, 2, "the question is empty"),
        (("index", "corpus/note.md"), {}, 2, "note.md is a file"),
        (("serve", "--corpus", "no-such-folder", "--no-open"), {}, 2, "no-such-folder"),
        (("show", "nothing.md"), {}, 2, "there is no index in 'index' yet"),
        (("list",), {}, 2, "there is no index in 'index' yet"),
        (("ask", "When did Finland join NATO \udcff?"), {}, 2, "join NATO \\udcff?' is not UTF-8"),
        (("show", "caf\udce9.md"), {}, 2, "is not UTF-8"),
        (("memo", "NATO", "--out", "caf\udce9.md"), {}, 2, "is not UTF-8"),
        (("conversations", "export", "\udcff"), {}, 2, "is not UTF-8"),
        (("ask", "why?", "--corpus", "nothing"), {}, 2, "there are no briefings in 'nothing': put files into it"),
        (("memo", "ships", "--corpus", "nothing"), {}, 2, "there are no briefings in 'nothing': put files into it"),
        (("ask", "why?", "--corpus", "unread"), {}, 2, "no file in 'unread' could be read"),
        (("list",), {"ASSISTANT_PROT": "1"}, 2, "unknown environment variable ASSISTANT_PROT"),
        (("list",), {"ASSISTANT_PORT": "high"}, 2, "setting 'port'"),
        (("serve", "--host", "0.0.0.0", "--no-open"), {}, 2, "users"),
        (("serve", "--no-open"), {"ASSISTANT_PUBLIC_URL": "https://briefings.example.org"}, 2, "no users are set"),
        (("serve", "--no-open"), {"ASSISTANT_PUBLIC_URL": "briefings.example.org"}, 2, "setting 'public_url'"),
    ],
    ids=[
        "empty",
        "emoji",
        "100 kB",
        "no folder",
        "empty before",
        "a file",
        "no folder to serve",
        "no index to show",
        "no index to list",
        "no text",
        "no text to show",
        "no text for a file",
        "no text for a conversation",
        "nothing to ask",
        "nothing for a memo",
        "nothing that can be read",
        "unknown setting",
        "bad setting",
        "open to all",
        "open to all by a proxy",
        "no address",
    ],
)
def test_a_mistake_ends_in_one_sentence_and_its_exit_code(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], code: int, sentence: str
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "note.md").write_text("A note about ships.")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "unread").mkdir()
    (tmp_path / "unread" / "empty.txt").touch()
    # What is no text can only be handed to a process of its own.
    run = assistant if any(not argument.isprintable() for argument in arguments) else assistant_here
    result = run(*arguments, cwd=tmp_path, PYTHONPATH=str(REPOSITORY), **environment)
    assert result.returncode == code, result.stderr
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert arguments[0] not in ("show", "list") or not (tmp_path / "index").exists()


def test_the_list_gives_each_path_in_one_piece_and_the_reason_of_each_failure(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    long = f"{'a-long-name-' * 12}.md"
    (corpus / long).write_text("Ships avoid the Red Sea.", encoding="utf-8")
    assistant_here("index", str(corpus), "--index", str(index))
    lines = assistant("list", "--index", str(index), COLUMNS="80").stdout.splitlines()
    assert lines[lines.index("2023-05-30  China declines") + 1].split() == ["decline.md"]
    assert any(line.split() == [long] for line in lines)
    assert any(line.startswith("undated     A long name") for line in lines)
    assert "failed      empty.txt: the file is empty" in lines
    assert lines[-1] == "3 documents, 3 passages; 1 file could not be read"
    unknown = assistant("show", "nothing.md", "--index", str(index))
    assert unknown.returncode == 2
    assert "no document 'nothing.md': `assistant list` names the documents" in unknown.stderr
    unread = assistant("show", "empty.txt", "--index", str(index))
    assert (unread.returncode, unread.stderr) == (2, "assistant: 'empty.txt' could not be read: the file is empty\n")


def test_a_document_is_shown_by_the_path_of_its_file_too(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    where = ("--index", str(index))
    assistant_here("index", str(corpus), *where)
    text = assistant("show", "decline.md", *where).stdout
    assert DECLINED in text
    for path, cwd in (("corpus/decline.md", corpus.parent), (str(corpus / "decline.md"), REPOSITORY)):
        shown = assistant_here("show", path, *where, cwd=cwd, ASSISTANT_CORPUS=str(corpus))
        assert shown.stdout == text, shown.stderr
    elsewhere = assistant_here("show", "elsewhere/decline.md", *where)
    assert elsewhere.returncode == 2
    assert "no document 'elsewhere/decline.md': did you mean 'decline.md'?" in elsewhere.stderr


def test_an_empty_folder_makes_an_empty_index_and_a_note_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    indexed = assistant_here("index", "empty", cwd=tmp_path)
    assert indexed.returncode == 0
    assert "there are no briefings in 'empty': put files into it (.md " in indexed.stderr


def test_a_chroma_server_that_cannot_be_reached_is_named_and_costs_no_answer(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    nowhere = "http://127.0.0.1:9"
    where = ("--index", str(index))
    asked = assistant("ask", "why did China decline?", "--corpus", str(corpus), *where, ASSISTANT_CHROMA_URL=nowhere)
    assert DECLINED in asked.stdout
    assert f"note: the Chroma server at {nowhere} cannot be used: it does not answer" in asked.stderr
    indexed = assistant("index", str(corpus), *where, ASSISTANT_CHROMA_URL=nowhere)
    assert f"note: the Chroma server at {nowhere} cannot be used" in indexed.stderr


def test_a_second_run_says_nothing_of_files_that_did_not_change(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "hidden.html").write_text("<p>Seen by all.</p><p hidden>Not seen.</p>", encoding="utf-8")
    first = assistant_here("index", str(corpus), "--index", str(index)).stdout.splitlines()
    assert first[0] == "indexed    hidden.html"
    assert first[1].startswith("           note: ")
    second = assistant_here("index", str(corpus), "--index", str(index)).stdout.splitlines()
    assert [line.split(";")[0] for line in second] == [f"{corpus}: 1 unchanged"]
    (listed,) = json.loads(assistant_here("list", "--index", str(index), "--json").stdout)
    assert listed["warnings"] == [first[1].removeprefix("           note: ")]


def test_a_second_process_is_told_who_has_the_index(folders: tuple[Path, Path]) -> None:
    from assistant.index.lock import FolderLock

    corpus, index = folders
    with FolderLock(index, command="assistant serve", url="http://127.0.0.1:7860"):
        result = assistant("index", str(corpus), "--index", str(index))
    assert result.returncode == 3
    assert str(os.getpid()) in result.stderr
    assert "http://127.0.0.1:7860" in result.stderr


def test_what_is_indexed_can_be_seen_while_another_process_has_the_index(folders: tuple[Path, Path]) -> None:
    from assistant.index.lock import FolderLock

    corpus, index = folders
    where = ("--index", str(index))
    assistant_here("index", str(corpus), *where)
    alone = assistant("list", *where).stdout
    with FolderLock(index, command="assistant serve"):
        listed, shown = assistant("list", *where), assistant("show", "decline.md", *where)
    assert listed.stdout == alone
    assert "decline.md" in alone
    assert DECLINED in shown.stdout
    assert listed.stderr == shown.stderr == ""


def test_the_page_that_is_open_does_what_commands_ask_and_they_do_it_once_that_is_gone(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, index = folders
    where = ("--corpus", str(corpus), "--index", str(index))
    page = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--no-open", "--port", "0", *where],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    added = corpus / "ships.md"
    try:
        assert page.stdout is not None
        said = page.stdout.readline()
        url = re.search(r"http://[\d.]+:\d+", said)
        assert url is not None, said
        asked = assistant("ask", "why did China decline?", *where)
        assert f"note: the page at {url.group()} answers" in asked.stderr
        assert f"{DECLINED} [1]" in asked.stdout
        assert f"{DECLINED} [1]" in assistant("ask", "why did China decline?", "--index", str(index)).stdout
        failed = assistant("ask", "why did China decline?", "--corpus", "corpus", "--index", str(index))
        assert failed.returncode == 2
        assert f"shows {corpus}, not {REPOSITORY / 'corpus'}" in failed.stderr

        added.write_text("# Ships\n\nShips avoid the Red Sea.\n", encoding="utf-8")
        indexed = assistant("index", str(corpus), "--index", str(index))
        assert f"note: the page at {url.group()} has the index open" in indexed.stderr
        assert "indexed    ships.md" in indexed.stdout
        assert f"{corpus}: 1 indexed" in indexed.stdout
        drafted = assistant("memo", "the Red Sea", "--out", str(tmp_path / "memo.md"), *where)
        assert drafted.returncode == 0, drafted.stderr
        assert "Ships avoid the Red Sea." in (tmp_path / "memo.md").read_text(encoding="utf-8")
        verified = assistant("verify", str(tmp_path / "memo.md"), "--index", str(index))
        assert verified.returncode == 0, verified.stdout
        rebuilt = assistant("index", str(corpus), "--index", str(index), "--rebuild")
        assert rebuilt.returncode == 3
        assert f"the page at {url.group()} has it open: end the page (Ctrl+C where it was started)" in rebuilt.stderr
    finally:
        page.kill()  # so that what it wrote into the folder stays
        page.communicate()
        added.unlink(missing_ok=True)
    asked = assistant("ask", "why did China decline?", *where)
    assert f"{DECLINED} [1]" in asked.stdout
    assert "page at" not in asked.stderr


def test_an_index_keeps_its_folder_where_none_is_named_and_refuses_another(tmp_path: Path) -> None:
    for name, text in (("mine", "Ships avoid the Red Sea."), ("corpus", "Grain left Odesa.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.md").write_text(text, encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return assistant_here(*arguments, "--index", "my-index", cwd=tmp_path)

    def paths() -> list[str]:
        return [listed["path"] for listed in json.loads(run("list", "--json").stdout)]

    assert run("index", "mine").returncode == 0
    assert "Ships avoid the Red Sea. [1]" in run("ask", "What do ships avoid?").stdout
    assert run("index").returncode == 0
    assert paths() == ["mine.md"]
    (tmp_path / "memo.md").write_text("# A memo\n\nShips avoid the Red Sea.\n", encoding="utf-8")
    for command in (("ask", "What left Odesa?"), ("memo", "grain"), ("verify", "memo.md"), ("serve", "--no-open")):
        refused = run(*command, "--corpus", "corpus")
        assert refused.returncode == 2
        assert f"was made from '{tmp_path / 'mine'}', not from 'corpus'" in refused.stderr
        assert paths() == ["mine.md"]
    assert run("index", "corpus").returncode == 0
    assert paths() == ["corpus.md"]


def test_help_and_import_load_nothing_heavy() -> None:
    heavy = "('torch', 'gradio', 'chromadb', 'llama_index')"
    code = f"import sys, assistant, assistant.__main__; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert result.stdout.strip() == "[]"
    shown = assistant("--help")
    assert shown.returncode == 0
    for command in ("ask", "index", "serve", "show", "list"):
        assert command in shown.stdout


def test_the_help_shows_no_type_for_an_option_that_takes_no_value() -> None:
    shown = assistant("ask", "--help").stdout
    assert "ask [OPTIONS] {QUESTION}" in shown
    assert "bool" not in shown
    assert re.search(r"--json\s+Print one JSON object", shown)
    assert re.search(r"--index\s+FOLDER\s+Folder of the index", shown)
