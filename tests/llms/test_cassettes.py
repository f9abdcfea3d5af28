"""What a cassette keeps, and what a test says whose requests are not the recorded ones: whole runs of pytest."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from vcr.request import Request

from tests.cassettes import KEY, neutral_request

REPOSITORY = Path(__file__).parent.parent.parent
RECORDED = sorted(REPOSITORY.glob("tests/**/cassettes/**/*.yaml"))
ASKING = """
import asyncio
import httpx
import pytest
from assistant.llms import Sampling, build

pytestmark = [pytest.mark.vcr, pytest.mark.block_network]


def ask(endpoint, prompt, **more):
    body = {"model": endpoint.model, "messages": [{"role": "user", "content": prompt}], **more}
    headers = {"authorization": f"Bearer {endpoint.key}", "x-api-key": endpoint.key, "cookie": endpoint.key}
    return httpx.post(f"{endpoint.url}/chat/completions", json=body, headers=headers, timeout=5).json()


def test_the_same(recorded_endpoint):
    assert "reply" in ask(recorded_endpoint, "Why did the ferry stop?")["reply"]
    assert "ünd" in ask(recorded_endpoint, "When did the ferry stop?")["reply"]
"""
CHANGED = """
def test_less(recorded_endpoint):
    ask(recorded_endpoint, "Why did the ferry stop?")

def test_a_word(recorded_endpoint):
    ask(recorded_endpoint, "Why did the train stop?")

def test_a_parameter(recorded_endpoint):
    ask(recorded_endpoint, "Why did the ferry stop?", seed=7)

def test_once_more(recorded_endpoint):
    ask(recorded_endpoint, "Why did the ferry stop?")
    ask(recorded_endpoint, "Why did the ferry stop?")

def test_never_recorded(recorded_endpoint):
    ask(recorded_endpoint, "Why did the ferry stop?")

def test_swallowed(recorded_endpoint):
    ask(recorded_endpoint, "Why did the ferry stop?")
    ask(recorded_endpoint, "When did the ferry stop?")
    try:
        ask(recorded_endpoint, "Why did the train stop?")
    except BaseException:
        pass

def test_other_fault(recorded_endpoint):
    ask(recorded_endpoint, "Why did the ferry stop?")
    assert not "the other fault"

def question():
    from llama_index.core.base.llms.types import ChatMessage
    return [ChatMessage(role="user", content="Say in one short sentence what a harbor is.")]

def test_streamed(recorded_endpoint):
    list(build(recorded_endpoint, Sampling(max_tokens=24)).stream_chat(question()))

def test_asynchronous(recorded_endpoint):
    asyncio.run(build(recorded_endpoint, Sampling(max_tokens=24)).achat(question()))
"""
STREAMED = (
    Path(__file__).parent / "cassettes/test_recorded/test_a_streamed_reply_has_every_piece_that_was_recorded.yaml"
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a server on loopback that sets secrets in its headers and numbers its replies."""
    served = ThreadingHTTPServer(("127.0.0.1", 0), _Replying)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}/v1"
    served.shutdown()
    served.server_close()


class _Replying(BaseHTTPRequestHandler):
    asked = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        type(self).asked += 1
        body = json.dumps({"reply": f"reply {self.asked} ünd"}).encode()
        self.send_response(200)
        for name, value in {"set-cookie": f"session={KEY}", "openai-organization": KEY, "server": "elsewhere"}.items():
            self.send_header(name, value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, server: str) -> Path:
    """A folder with a test that was recorded from that server."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(Path(__file__).parent / "conftest.py", folder)
    record(folder, server)
    return folder


@pytest.fixture(scope="module")
def said(desk: Path) -> dict[str, str]:
    """What pytest said of each test, when the recorded one ran again beside others that ask something else."""
    cassettes = desk / "cassettes" / "test_it"
    for name in (
        "test_less",
        "test_a_word",
        "test_a_parameter",
        "test_once_more",
        "test_swallowed",
        "test_other_fault",
    ):
        shutil.copy(cassettes / "test_the_same.yaml", cassettes / f"{name}.yaml")
    for name in ("test_streamed", "test_asynchronous"):
        shutil.copy(STREAMED, cassettes / f"{name}.yaml")
    served = _Replying.asked
    run(desk, ASKING + CHANGED, "--junitxml=report.xml")
    assert _Replying.asked == served
    cases = ElementTree.parse(desk / "report.xml").getroot().iter("testcase")
    return {case.attrib["name"]: " ".join(" ".join(case.itertext()).split()) for case in cases}


def record(folder: Path, url: str) -> list[dict[str, Any]]:
    """The requests and responses in the cassette after recording `test_the_same` in this folder."""
    environment = {"ASSISTANT_LLM_URL": url, "ASSISTANT_LLM_MODEL": "some-model"}
    status, printed = run(folder, ASKING, "--record-mode=rewrite", **environment)
    assert status == 0, printed
    (cassette,) = folder.glob("cassettes/**/test_the_same.yaml")
    interactions: list[dict[str, Any]] = yaml.safe_load(cassette.read_text(encoding="utf-8"))["interactions"]
    return interactions


def run(folder: Path, tests: str, *options: str, **environment: str) -> tuple[int, str]:
    """Runs pytest on these tests in this folder; the exit status and what was printed."""
    (folder / "test_it.py").write_text(tests, encoding="utf-8")
    plugin = ("-p", "no:cacheprovider", "-p", "pytest_recording.plugin")
    environment |= {"PYTHONPATH": str(REPOSITORY), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugin, "--rootdir", ".", "-c", os.devnull, *options, "."],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    return outcome.returncode, outcome.stdout + outcome.stderr


def test_a_cassette_keeps_no_key_host_port_or_model_name(desk: Path, server: str) -> None:
    (cassette,) = desk.glob("cassettes/**/test_the_same.yaml")
    text = cassette.read_text(encoding="utf-8")
    port = str(urlsplit(server).port)
    for secret in (KEY, "Bearer", "cookie", "organization", "127.0.0.1", port, "some-model", "elsewhere", "user-agent"):
        assert secret.lower() not in text.lower()
    assert "Why did the ferry stop?" in text
    assert "ünd" in text


def test_a_cassette_replays_without_its_server(said: dict[str, str]) -> None:
    assert said["test_the_same"] == ""


def test_a_recording_that_is_not_asked_for_fails_the_test_and_names_its_prompt(said: dict[str, str]) -> None:
    assert "1 of 2 recorded requests were not made again: user: When did the ferry stop?" in said["test_less"]


@pytest.mark.parametrize(
    ("name", "prompt", "why"),
    [
        ("test_a_word", "Why did the train stop?", "user: Why did the [-ferry-] {+train+} stop?"),
        ("test_swallowed", "Why did the train stop?", "user: Why did the [-ferry-] {+train+} stop?"),
        ("test_a_parameter", "Why did the ferry stop?", "seed: [-None-] {+7+}"),
        ("test_once_more", "Why did the ferry stop?", "was replayed already"),
        ("test_never_recorded", "Why did the ferry stop?", "which holds nothing: record it (docs/cassettes.md)"),
        ("test_streamed", "Say in one short sentence what a harbor is.", "what a [-harbour-] {+harbor+} is."),
        ("test_asynchronous", "Say in one short sentence what a harbor is.", "stream: [-True-] {+False+}"),
    ],
)
def test_a_request_without_a_recording_names_its_prompt_and_the_difference(
    said: dict[str, str], name: str, prompt: str, why: str
) -> None:
    assert f"this prompt has no recording: user: {prompt}" in said[name]
    assert why in said[name]
    assert said[name].count("this prompt has no recording") == 1


def test_a_test_that_failed_already_is_not_failed_again_for_what_it_did_not_ask(said: dict[str, str]) -> None:
    assert "the other fault" in said["test_other_fault"]
    assert "were not made again" not in said["test_other_fault"]


def test_recording_again_takes_the_place_of_the_old_recording(tmp_path: Path, server: str) -> None:
    shutil.copy(Path(__file__).parent / "conftest.py", tmp_path)
    before, after = record(tmp_path, server), record(tmp_path, server)
    assert len(before) == len(after) == 2
    assert [one["request"] for one in before] == [one["request"] for one in after]
    assert [one["response"] for one in before] != [one["response"] for one in after]


def test_recording_is_refused_beyond_loopback(desk: Path) -> None:
    environment = {"ASSISTANT_LLM_URL": "http://192.0.2.1/v1", "ASSISTANT_LLM_MODEL": "m"}
    status, printed = run(desk, ASKING, "--record-mode=rewrite", **environment)
    assert status == 4
    assert "a server on loopback" in printed


def test_the_recordings_of_this_project_hold_no_key_host_or_path_of_a_machine() -> None:
    assert len(RECORDED) > 5
    for cassette in RECORDED:
        text = cassette.read_text(encoding="utf-8")
        assert not re.search(
            rf"{KEY}|bearer|api.key|cookie|127\.0\.0\.1|localhost|/home/|/work/|\.gguf", text, re.IGNORECASE
        )
        hosts = set(re.findall(r"https?://([^/\s\"]+)", text))
        assert hosts == {"llm.invalid"}, cassette
        assert len(text) < 40_000, cassette


def test_making_a_request_neutral_twice_changes_nothing() -> None:
    request = Request("POST", "http://127.0.0.1:80/v1/x?key=1", b'{"model": "m", "a": 1}', {"authorization": KEY})
    once = neutral_request(request)
    first = (once.uri, once.body, dict(once.headers))
    again = neutral_request(once)
    assert (again.uri, again.body, dict(again.headers)) == first
    assert first[0] == "http://llm.invalid/v1/x"
