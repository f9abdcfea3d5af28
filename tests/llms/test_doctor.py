"""`assistant doctor` over real folders, a real database and a real server on loopback that has each fault in turn."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.__main__ import cli
from assistant.commands.checkup import Finding, check_machine
from assistant.commands.checkup_llm import check_llm
from assistant.embedding.hashing import HashingEmbedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.index.briefing_index import BriefingIndex
from assistant.index.library import Library
from assistant.index.opening import DATABASE
from assistant.llms import discovery
from assistant.settings import Settings
from assistant.wiring import build_chunker
from tests.llms.wrong_server import DONE, Answer, Server, error, event, reply, serving, stream

UNREAD = (
    "2 files, 2 passages; 1 file could not be read (`assistant list` says why); "
    "every text, offset and vector is as it should be"
)
KEY = "sk-the-secret-of-this-test"
MODELS = Answer(body=json.dumps({"data": [{"id": "other"}, {"id": "some-model", "max_model_len": 9000}]}))
STREAM = stream(event("rea"), event("dy"), event(None, "stop"), DONE)


@pytest.fixture(scope="module")
def embedder() -> HashingEmbedder:
    """Vectors without the model's weight, under its name: what they say is of no matter here."""
    real = TransformerEmbedder()
    hashing = HashingEmbedder(real.dimensions)
    hashing.fingerprint = real.fingerprint
    return hashing


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A corpus of two briefings and one file that is none, and no index."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ships.md").write_text("# Ships\n\nShips avoid the Red Sea.", encoding="utf-8")
    (corpus / "grain.txt").write_text("The Razoni left Odesa with corn.", encoding="utf-8")
    (corpus / "notes.xyz").write_text("?", encoding="utf-8")
    return corpus, tmp_path / "index"


@pytest.fixture
def server() -> Iterator[Server]:
    """A server at which everything is in order, for a whole reply and a stream."""
    with serving() as running:
        running.paths = {"/v1/models": MODELS, **dict.fromkeys(UNKNOWN, Answer(404))}
        running.says(reply("Ready."), STREAM)
        yield running


UNKNOWN = ("/props", "/api/v0/models", "/api/ps")


def opened(folders: tuple[Path, Path], embedder: HashingEmbedder) -> Library:
    """The library as the page has it open."""
    chunker = build_chunker(TransformerEmbedder())
    index = BriefingIndex(folders[1], embedder=embedder, chunker=chunker, command="assistant serve", vectors=None)
    return Library(index, folders[0])


def filled(folders: tuple[Path, Path], embedder: HashingEmbedder) -> Path:
    """The index folder after both briefings were indexed and the page was closed."""
    library = opened(folders, embedder)
    with library.index:
        list(library.sync())
    return folders[1]


def machine(folders: tuple[Path, Path]) -> dict[str, Finding]:
    found = check_machine(Settings.read(corpus=folders[0], index=folders[1]))
    return {finding.check: finding for finding in found}


def asked(server_url: str, model: str = "some-model", context: int | None = None) -> dict[str, Finding]:
    settings = Settings.read(llm_url=server_url, llm_model=model, llm_key=KEY, llm_seconds=5, llm_context=context)
    found = {finding.check: finding for finding in check_llm(settings)}
    assert KEY not in repr(found)
    return found


def run(folders: tuple[Path, Path], *options: str) -> Result:
    return CliRunner().invoke(cli, ["doctor", "--corpus", str(folders[0]), "--index", str(folders[1]), *options])


def test_a_machine_in_order_is_said_to_be_so_line_by_line(
    folders: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"URL": server.url, "MODEL": "some-model", "KEY": KEY}.items():
        monkeypatch.setenv(f"ASSISTANT_LLM_{name}", value)
    result = run(folders)
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert all(line.startswith("OK, ") and line.endswith(".") for line in lines[:-1])
    assert f"OK, briefings: 2 files in {folders[0]}; 1 other is not read." in lines
    assert "OK, LLM key: accepted." in lines
    assert "OK, LLM context window: 9,000 tokens, as the server says." in lines
    assert lines[-1] == "Everything is in order."
    assert KEY not in result.output
    assert not folders[1].exists()


def test_as_json_it_says_the_same_and_ends_with_1(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_URL", f"http://127.0.0.1:{closed_port()}/v1")
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "m")
    result = run(folders, "--json")
    found = json.loads(result.output)
    assert (result.exit_code, found["ok"]) == (1, False)
    wrong = [check for check in found["checks"] if not check["ok"]]
    assert [check["check"] for check in wrong] == ["LLM server"]
    assert "cannot be reached: start the server" in wrong[0]["said"]


def test_a_server_on_this_machine_is_offered_and_asked_for_nothing_else(
    folders: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = discovery.found_servers
    monkeypatch.setattr(discovery, "found_servers", lambda: real({"Ollama": server.port}))
    output = run(folders).output
    assert "OK, LLM: none is set; answers are quotes from the briefings" in output
    assert "Found on this machine, and not used: Ollama. It has 2 models." in output
    assert f"ASSISTANT_LLM_URL={server.url} and ASSISTANT_LLM_MODEL=other" in output
    assert [request.path for request in server.requests] == ["/v1/models"]


def test_an_index_is_checked_down_to_its_texts(folders: tuple[Path, Path], embedder: HashingEmbedder) -> None:
    filled(folders, embedder)
    found = machine(folders)
    assert found["index"].said == UNREAD
    assert found["index folder"].said.endswith("can be written, and no process has it open")


def test_an_index_in_use_is_checked_by_another_process_and_left_alone(
    folders: tuple[Path, Path], embedder: HashingEmbedder
) -> None:
    corpus, index = folders
    library = opened(folders, embedder)
    with library.index:
        list(library.sync())
        library.index.announce("http://127.0.0.1:7860")
        before = contents(index)
        command = ("-m", "assistant", "doctor", "--corpus", str(corpus), "--index", str(index), "--json")
        result = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=240, check=True)
        said = {check["check"]: check["said"] for check in json.loads(result.stdout)["checks"]}
        assert f"process {os.getpid()} (assistant serve at http://127.0.0.1:7860)" in said["index folder"]
        assert said["index"] == UNREAD
        assert contents(index) == before
        (corpus / "more.txt").write_text("Ships came back.", encoding="utf-8")
        list(library.sync())
        assert len(library.entries()) == 4  # with the file that is not read


def test_a_closed_index_is_left_as_it_was(folders: tuple[Path, Path], embedder: HashingEmbedder) -> None:
    index = filled(folders, embedder)
    before = contents(index)
    machine(folders)
    assert contents(index) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE documents SET text = replace(text, 'Red', 'Dead')", "is damaged (the text of document"),
        ("UPDATE chunks SET start = start + 1", "is damaged (a passage of document"),
        ("UPDATE meta SET value = '99' WHERE key = 'schema_version'", "was written by a newer version"),
        ("UPDATE meta SET value = 'other' WHERE key = 'embedder'", "built with another model than is set: run `assist"),
    ],
)
def test_a_fault_of_the_index_is_told_with_its_remedy(
    folders: tuple[Path, Path], embedder: HashingEmbedder, change: str, said: str
) -> None:
    path = filled(folders, embedder) / DATABASE
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA journal_mode = DELETE")
        file.execute(change)
    file.close()
    found = machine(folders)["index"]
    assert not found.ok
    assert said in found.said


def test_a_file_that_is_no_database_is_told(folders: tuple[Path, Path]) -> None:
    folders[1].mkdir()
    (folders[1] / DATABASE).write_bytes(b"no database at all" * 100)
    found = machine(folders)["index"]
    assert not found.ok
    assert "is damaged (file is not a database): run `assistant index`" in found.said


def test_folders_that_are_not_as_they_should_be_are_told(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert (
        "holds no file that can be read: put briefings" in machine((tmp_path / "empty", folders[1]))["briefings"].said
    )
    missing = machine((tmp_path / "none", folders[1]))["briefings"]
    assert not missing.ok
    assert "there is no folder" in missing.said


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_cannot_be_written_is_told(folders: tuple[Path, Path]) -> None:
    folders[1].mkdir(mode=0o500)
    found = machine(folders)["index folder"]
    assert not found.ok
    assert "cannot write to" in found.said


def test_an_embedding_model_that_is_not_there_is_told(folders: tuple[Path, Path], tmp_path: Path) -> None:
    settings = Settings.read(corpus=folders[0], index=folders[1], embedding_model=str(tmp_path / "no-model"))
    found = {finding.check: finding for finding in check_machine(settings)}
    assert not found["embedding model"].ok
    assert "put the model's folder on this machine" in found["embedding model"].said
    assert found["briefings"].ok


def test_everything_about_an_llm_in_order(server: Server) -> None:
    found = asked(server.url)
    assert all(finding.ok for finding in found.values())
    assert list(found) == ["LLM server", "LLM key", "LLM model", "LLM context window", "LLM reply", "LLM stream"]
    assert found["LLM server"].said == f"{server.url} answers; questions and passages stay on this machine"
    assert found["LLM reply"].said.startswith("“Ready.” after ")
    assert found["LLM stream"].said.startswith("2 pieces, the first after ")


def test_a_refused_key_ends_the_checks(server: Server) -> None:
    server.paths["/v1/models"] = error(401, f"bad: {KEY}")
    found = asked(server.url)
    assert list(found) == ["LLM server", "LLM key"]
    assert found["LLM key"] == Finding(
        "LLM key", False, "refused (HTTP 401): set ASSISTANT_LLM_KEY to one that the server accepts"
    )


def test_a_key_that_is_refused_only_for_replies_is_told(server: Server) -> None:
    server.says(error(401, f"bad: {KEY}"))
    found = asked(server.url)
    assert "LLM key" not in found
    assert not found["LLM reply"].ok
    assert "refused the key (HTTP 401)" in found["LLM reply"].said
    assert "LLM stream" not in found


def test_a_model_that_is_not_listed_is_told_with_those_that_are(server: Server) -> None:
    server.says(error(404, "model not found"))
    found = asked(server.url, "llama")
    assert found["LLM model"] == Finding(
        "LLM model",
        False,
        "llama is not among those that the server lists: set ASSISTANT_LLM_MODEL to one of other, some-model",
    )


def test_a_model_that_replies_needs_no_list(server: Server) -> None:
    assert asked(server.url, "alias")["LLM model"].said == "alias replies, though the server's list does not name it"
    server.paths["/v1/models"] = Answer(404)
    server.says(reply("Ready."), STREAM)
    assert asked(server.url)["LLM model"].said == "some-model replies"


def test_a_window_larger_than_the_server_s_is_told(server: Server) -> None:
    found = asked(server.url, context=10_000)["LLM context window"]
    assert not found.ok
    assert "10,000 tokens are set, but the server says 9,000: start it with a larger window" in found.said
    server.says(reply("Ready."), STREAM)
    assert asked(server.url, context=8_000)["LLM context window"].said == "8,000 tokens, as set"


def test_a_model_that_says_more_than_a_word_is_in_order(server: Server) -> None:
    server.says(reply("Ready as I am", "length"), stream(event("Ready"), event(None, "length"), DONE))
    found = asked(server.url)
    assert found["LLM reply"].said.startswith("64 tokens after ")
    assert found["LLM stream"].said.startswith("1 piece, the first after ")


def test_a_stream_that_breaks_off_is_told(server: Server) -> None:
    server.says(reply("Ready."), stream(event("rea")))
    found = asked(server.url)["LLM stream"]
    assert not found.ok
    assert "broke off in the middle of its reply" in found.said


def test_a_page_that_is_no_llm_is_told(server: Server) -> None:
    page = Answer(body="<html></html>", media_type="text/html")
    server.paths = {}
    server.says(page)
    found = asked(server.url)["LLM reply"]
    assert not found.ok
    assert "does not answer as an OpenAI-compatible server does" in found.said


@pytest.mark.parametrize("url", ["ftp://host/v1", f"http://host/v1?key={KEY}", "http:///v1"])
def test_an_address_that_cannot_be_one_is_told(url: str) -> None:
    found = asked(url)
    assert [finding.ok for finding in found.values()] == [False]
    assert "llm_url" in found["LLM server"].said


def test_a_script_in_place_of_a_server_is_asked_for_its_words_only(tmp_path: Path) -> None:
    (tmp_path / "replies.json").write_text('["Ready.", "Ready."]', encoding="utf-8")
    found = asked(f"scripted:{tmp_path / 'replies.json'}")
    assert all(finding.ok for finding in found.values())
    assert "LLM server" not in found
    assert found["LLM context window"].said.startswith("4,096 tokens are assumed")


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder with its bytes and time of change; SQLite's shared memory holds no data."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm")]
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
