from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.chat import Assistant
from assistant.corpus.snapshot import MAX_BYTES
from assistant.errors import IndexBusy, InputError
from assistant.index.report import Scanned
from assistant.ui.open_page import open_page
from assistant.ui.server import bind, close_gradio
from assistant.ui.told import Wanted
from tests.ui.stage import served


@pytest.fixture
def page(assistant: Assistant) -> Iterator[httpx.Client]:
    with served(assistant) as url, httpx.Client(base_url=url, trust_env=False, timeout=20) as client:
        yield client


def config_of(client: httpx.Client) -> dict[str, list[dict[str, Any]]]:
    config: dict[str, list[dict[str, Any]]] = client.get("/config").json()
    return config


def asking(client: httpx.Client) -> int:
    """The number of the event that a question typed into the box starts."""
    box = next(one["id"] for one in config_of(client)["components"] if one["props"].get("elem_id") == "question")
    found = [one["id"] for one in config_of(client)["dependencies"] if [box, "submit"] in one["targets"]]
    assert len(found) == 1
    return int(found[0])


def ask(client: httpx.Client, session: str, question: str, event: int) -> str:
    """Everything that the server sends to one session while it answers."""
    body = {"data": [question, *(None,) * 5, "", "", [], [], []], "fn_index": event, "session_hash": session}
    client.post("/gradio_api/queue/join", json=body).raise_for_status()
    lines = []
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            lines.append(line)
            if '"process_completed"' in line:
                break
    return "\n".join(lines)


def test_a_question_is_answered_in_steps_with_its_citation(page: httpx.Client) -> None:
    said = ask(page, "one", "Why sanctions?", asking(page))
    assert said.count('"process_generating"') >= 3
    assert "The reason was the sanctions of 2018." in said
    assert "data-start" in said


def test_a_file_that_is_too_large_to_be_read_is_refused_by_the_page(page: httpx.Client) -> None:
    config: dict[str, Any] = page.get("/config").json()
    assert config["max_file_size"] == MAX_BYTES
    (invitation,) = [one for one in config["components"] if one["props"].get("elem_id") == "invitation"]
    assert "up to 50 MB each" in invitation["props"]["value"]


def test_two_sessions_do_not_see_each_other(page: httpx.Client) -> None:
    event = asking(page)
    assert "sanctions of 2018" in ask(page, "one", "Why sanctions?", event)
    second = ask(page, "two", "tonnes corridor?", event)
    assert "33 million" in second
    assert "Why sanctions?" not in second
    again = ask(page, "one", "meeting minister?", event)
    assert "Why sanctions?" in again
    assert "tonnes corridor?" not in again


def test_no_event_is_a_public_end_point(page: httpx.Client) -> None:
    dependencies = config_of(page)["dependencies"]
    assert dependencies
    assert {one["api_visibility"] for one in dependencies} == {"private"}
    assert page.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}
    assert page.get("/docs").status_code == page.get("/openapi.json").status_code == 404


def test_the_files_of_the_corpus_and_of_the_machine_are_not_served(page: httpx.Client, assistant: Assistant) -> None:
    for path in (assistant.library.corpus / "talks.md", Path("pyproject.toml").resolve(), Path("/etc/passwd")):
        assert page.get(f"/gradio_api/file={path}").status_code in (403, 404)


def test_a_page_with_users_shows_nothing_before_the_login(assistant: Assistant) -> None:
    with served(assistant, auth=[("ann", "secret")]) as url, httpx.Client(base_url=url, trust_env=False) as client:
        assert client.get("/config").status_code == 401
        call = {"data": ['{"document": "talks.md"}'], "fn_name": "read_source", "component_id": 1, "session_hash": "s"}
        assert client.post("/gradio_api/component_server", json=call).status_code == 401
        assert client.post("/login", data={"username": "ann", "password": "wrong"}).status_code == 400
        assert client.post("/login", data={"username": "ann", "password": "secret"}).status_code == 200
        assert client.get("/config").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "example.test"])
def test_an_address_that_others_can_reach_is_refused_without_users(host: str) -> None:
    with pytest.raises(InputError, match="users"):
        bind(host, 0)


def test_an_address_that_others_can_reach_is_served_with_users() -> None:
    listening = bind("0.0.0.0", 0, auth=[("ann", "secret")])
    assert listening.getsockname()[1] > 0
    listening.close()


def test_a_port_that_is_taken_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=rf"port {port} .*--port 0"):
            bind("127.0.0.1", port)


def test_what_could_open_gradio_up_is_unset_and_uploads_get_a_folder_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GRADIO_SHARE", "GRADIO_ALLOWED_PATHS", "GRADIO_MCP_SERVER", "GRADIO_NUM_WORKERS", "CHROMA_OTEL_X"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("GRADIO_TEMP_DIR", "/nowhere")
    folder = close_gradio()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    left = {name: value for name, value in os.environ.items() if name.startswith(("GRADIO_", "CHROMA_OTEL_"))}
    assert left == {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_TEMP_DIR": str(folder)}
    folder.rmdir()


def test_the_page_is_served_until_it_is_told_to_end_and_leaves_no_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.ui.stage import stage; from assistant.ui.server import serve\n"
        "made = stage(Path(sys.argv[1]), {}, start=False)\n"
        "serve(made, port=0, announce=lambda text: print(text, flush=True))\n"
        "print(made.state().phase, flush=True); made.close()"
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    command = [sys.executable, "-c", code, str(tmp_path / "stage")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        url = child.stdout.readline().split()[4]
        assert httpx.get(url, trust_env=False).status_code == 200
        assert list(temporary.glob("briefing-uploads-*"))
        child.terminate()
        rest, _ = child.communicate(timeout=30)
    assert child.returncode == 0
    assert rest.split() in (["ready"], ["starting"], ["indexing"])
    assert not list(temporary.glob("briefing-uploads-*"))


def test_a_page_that_is_ended_while_a_command_uses_it_says_so_in_one_line_on_both_sides(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from assistant.index.report import Scanned\n"
        "from tests.ui.stage import stage; from assistant.ui.server import serve\n"
        "made = stage(Path(sys.argv[1]), {}, start=False)\n"
        "def endless():\n"
        "    while True:\n"
        "        yield Scanned(files=1, to_read=1)\n"
        "        time.sleep(0.1)\n"
        "made.sync = endless\n"
        "serve(made, port=0, announce=lambda text: print(text, flush=True)); made.close()"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "stage")]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert child.stdout.readline().startswith("Briefing Assistant is at")
        page = open_page(tmp_path / "stage" / "index")
        assert page is not None
        events = page.sync(Wanted())
        assert events is not None
        assert next(events) == Scanned(files=1, to_read=1)
        child.terminate()
        with pytest.raises(IndexBusy, match="was closed meanwhile: start the command again"):
            assert all(event == Scanned(files=1, to_read=1) for event in events)
        _, said = child.communicate(timeout=30)
    finally:
        child.kill()
    assert child.returncode == 0
    (line,) = said.strip().splitlines()
    assert "1 request was under way when the page was ended and broken off" in line


def test_importing_the_server_imports_neither_gradio_nor_a_model() -> None:
    code = (
        "import sys, json, assistant.ui.server; print(json.dumps([m for m in ('gradio', 'torch') if m in sys.modules]))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(made.stdout) == []
