from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.corpus.loading import documents_of
from assistant.corpus.sandbox import Limits, ParserProcess
from assistant.errors import StorageError, UnreadableFile

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the limits need Linux")


@pytest.fixture(scope="module")
def parser() -> Iterator[ParserProcess]:
    with ParserProcess() as process:
        yield process


@pytest.fixture
def briefing(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text("---\ndate: 2023-05-31\n---\n# Talks\n\nChina declined – 谢绝 👍.\n", encoding="utf-8")
    return path


def large(path: Path) -> Path:
    path.write_text("# Talks\n\n" + "| a | b |\n|---|---|\n" + "| *x* | [y](z) |\n" * 200_000)
    return path


def test_a_document_comes_back_as_if_it_was_read_in_this_process(parser: ParserProcess, briefing: Path) -> None:
    assert parser.parse(briefing, "x/a.md") == documents_of(briefing, "x/a.md")


def test_a_refusal_comes_back_with_its_reason_and_the_process_goes_on(parser: ParserProcess, tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.touch()
    parser_before = parser.pid
    with pytest.raises(UnreadableFile, match="the file is empty"):
        parser.parse(empty, "empty.md")
    assert parser.pid == parser_before or parser_before is None


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path: Path, briefing: Path) -> None:
    with ParserProcess(Limits(seconds=0.3)) as parser:
        with pytest.raises(UnreadableFile, match=r"longer than 0\.3 s"):
            parser.parse(large(tmp_path / "b.md"), "b.md")
        assert parser.pid is None
        parser._limits = Limits()
        assert parser.parse(briefing, "a.md")[0].source.title == "Talks"


def test_no_copy_of_a_file_is_left_behind(tmp_path: Path, briefing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    with ParserProcess(Limits(seconds=0.3)) as parser:
        with pytest.raises(UnreadableFile, match=r"longer than 0\.3 s"):
            parser.parse(large(tmp_path / "b.md"), "b.md")
        assert not list(temporary.iterdir())
        parser._limits = Limits()
        assert parser.parse(briefing, "a.md")
        assert parser.pid
        os.kill(parser.pid, signal.SIGKILL)
        assert parser.parse(briefing, "a.md")
        assert len(list(temporary.iterdir())) == 1
    assert not list(temporary.iterdir())


def test_without_room_for_temporary_files_it_is_said(
    tmp_path: Path, briefing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with ParserProcess() as parser, pytest.raises(StorageError, match="needs a temporary folder"):
        parser.parse(briefing, "a.md")


@linux_only
def test_a_file_that_takes_too_much_processor_time_is_given_up(tmp_path: Path) -> None:
    with ParserProcess(Limits(processor_seconds=0)) as parser, pytest.raises(UnreadableFile, match="processor time"):
        parser.parse(large(tmp_path / "b.md"), "b.md")


@linux_only
def test_a_file_that_takes_too_much_memory_is_given_up_and_the_next_one_is_read(tmp_path: Path, briefing: Path) -> None:
    with ParserProcess(Limits(memory=220_000_000)) as parser:
        (tmp_path / "b.txt").write_text("word\n\n" * 5_000_000)
        with pytest.raises(UnreadableFile, match="memory"):
            parser.parse(tmp_path / "b.txt", "b.txt")
        assert parser.parse(briefing, "a.md")


@linux_only
def test_a_process_that_was_killed_while_idle_is_replaced(briefing: Path) -> None:
    with ParserProcess() as parser:
        parser.parse(briefing, "a.md")
        first = parser.pid
        assert first
        os.kill(first, signal.SIGKILL)
        assert parser.parse(briefing, "a.md")
        assert parser.pid != first


def test_threads_share_one_process(parser: ParserProcess, tmp_path: Path) -> None:
    titles: list[str] = []

    def read(number: int) -> None:
        path = tmp_path / f"{number}.txt"
        path.write_text(f"The talks of round {number}.")
        for _ in range(5):
            titles.append(parser.parse(path, f"{number}.txt")[0].text)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(titles) == sorted(f"The talks of round {number}." for number in range(4) for _ in range(5))


def test_closing_leaves_no_process(briefing: Path) -> None:
    parser = ParserProcess()
    parser.parse(briefing, "a.md")
    pid = parser.pid
    assert pid
    parser.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@linux_only
def test_the_process_ends_when_its_parent_is_killed(briefing: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom assistant.corpus.sandbox import ParserProcess\n"
        "parser = ParserProcess()\nparser.parse(Path(sys.argv[1]), 'a.md')\nprint(parser.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code, str(briefing)], capture_output=True, text=True, cwd=root)
    child = Path(f"/proc/{int(done.stdout)}")
    for _ in range(100):
        if not child.exists():
            return
        time.sleep(0.1)
    pytest.fail("the parser process outlived its parent")


@linux_only
def test_the_process_sees_no_keys_and_no_proxies(briefing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret-canary")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy-canary")
    with ParserProcess() as parser:
        parser.parse(briefing, "a.md")
        assert b"canary" not in Path(f"/proc/{parser.pid}/environ").read_bytes()


def test_foreign_modules_in_the_working_folder_are_not_run(
    briefing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    with ParserProcess() as parser:
        assert parser.parse(Path("a.md"), "a.md")


@linux_only
def test_a_link_is_refused(parser: ParserProcess, briefing: Path) -> None:
    link = briefing.with_name("link.md")
    link.symlink_to(briefing)
    with pytest.raises(UnreadableFile, match="symbolic link"):
        parser.parse(link, "link.md")


@linux_only
def test_a_name_that_is_not_utf_8_is_refused(parser: ParserProcess, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")
    with pytest.raises(UnreadableFile, match="not valid UTF-8"):
        parser.parse(Path(path), os.path.basename(path))  # noqa: PTH119 (a Path may not decode it)
