"""What servers say of themselves, in the words of each kind of server, from a real one on loopback."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from assistant.errors import LLMUnavailable
from assistant.llms import Endpoint
from assistant.llms.capabilities import Listing, context_window, is_listed, listing
from assistant.llms.discovery import FoundServer, found_servers
from tests.llms.wrong_server import Answer, Server, serving

KEY = "sk-the-secret-of-this-test"
NOT_FOUND = Answer(404, "not found", "text/plain")


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that knows no path yet."""
    with serving() as running:
        running.says(NOT_FOUND)
        yield running


def has(server: Server, **paths: object) -> None:
    """Lets the server answer these paths, with `__` for `/`, with this JSON."""
    server.paths = {f"/{path.replace('__', '/')}": Answer(body=json.dumps(reply)) for path, reply in paths.items()}


def window(server: Server, model: str = "m", context: int | None = None) -> int:
    return context_window(Endpoint(server.url, model, KEY, context=context))


LLAMA_CPP = {"default_generation_settings": {"n_ctx": 8192}, "total_slots": 4}
VLLM = {"object": "list", "data": [{"id": "other", "max_model_len": 1}, {"id": "m", "max_model_len": 32768}]}
LM_STUDIO = {"data": [{"id": "m", "max_context_length": 131072, "loaded_context_length": 6000}]}
PS = {"models": [{"name": "m:latest", "context_length": 16384}]}
SHOW = {"model_info": {"general.architecture": "llama", "llama.context_length": 131072}, "parameters": "stop x"}


def test_what_is_set_is_taken_and_nobody_is_asked(server: Server) -> None:
    has(server, props=LLAMA_CPP)
    assert window(server, context=2000) == 2000
    assert server.requests == []


def test_llama_cpp_says_what_each_of_its_slots_holds(server: Server) -> None:
    has(server, props=LLAMA_CPP, v1__models={"data": [{"id": "m", "meta": {"n_ctx": 1}}]})
    assert window(server) == 8192
    assert [asked.path for asked in server.requests] == ["/props"]


def test_vllm_says_it_in_its_list_of_models(server: Server) -> None:
    has(server, v1__models=VLLM)
    assert window(server) == 32768


def test_a_list_may_say_it_below_meta(server: Server) -> None:
    has(server, v1__models={"data": [{"id": "m", "meta": {"n_ctx": 5000, "n_ctx_train": 40000}}]})
    assert window(server) == 5000


def test_of_lm_studio_the_loaded_length_counts(server: Server) -> None:
    has(server, v1__models={"data": [{"id": "m"}]}, api__v0__models=LM_STUDIO)
    assert window(server) == 6000


def test_of_ollama_what_is_loaded_counts(server: Server) -> None:
    has(server, v1__models={"data": [{"id": "m:latest"}]}, api__ps=PS, api__show=SHOW)
    assert window(server) == 16384


def test_else_what_ollama_s_model_is_set_to(server: Server) -> None:
    has(server, api__ps={"models": []}, api__show={**SHOW, "parameters": "stop x\nnum_ctx      12000\n"})
    assert window(server) == 12000
    assert server.requests[-1].body == {"model": "m"}


@pytest.mark.parametrize(("longest", "expected"), [(131072, 4096), (2048, 2048)])
def test_what_ollama_s_model_could_read_is_no_window(server: Server, longest: int, expected: int) -> None:
    about = {"general.architecture": "llama", "llama.context_length": longest}
    has(server, api__ps={"models": []}, api__show={"model_info": about})
    assert window(server) == expected


def test_the_key_goes_along(server: Server) -> None:
    assert window(server) == 4096
    assert {asked.headers["authorization"] for asked in server.requests} == {f"Bearer {KEY}"}


@pytest.mark.parametrize(
    "body",
    [
        "<html></html>",
        "[]",
        "null",
        '{"data": 5}',
        '{"data": ["m"]}',
        '{"data": [{"id": "m", "max_model_len": "many"}]}',
        '{"data": [{"id": "m", "max_model_len": true}], "default_generation_settings": {"n_ctx": 0}}',
        '{"models": {}, "parameters": ["num_ctx"], "model_info": []}',
        b"\xff\xfe{",
    ],
)
def test_what_says_nothing_is_the_smallest_usual_window(server: Server, body: str | bytes) -> None:
    server.says(Answer(body=body))
    assert window(server) == 4096


def test_whatever_fails_is_the_smallest_usual_window(server: Server) -> None:
    server.says(Answer(body="{}", missing=10))
    assert window(server) == 4096
    assert len(server.requests) == 1
    for url in (f"http://127.0.0.1:{closed_port()}/v1", "http:///", "scripted:replies.json", "http://[::/v1"):
        assert context_window(Endpoint(url, "m")) == 4096


def test_a_redirect_is_not_followed(server: Server) -> None:
    with serving() as other:
        server.says(Answer(307, headers={"location": f"{other.url}/models"}))
        assert window(server) == 4096
        assert listing(Endpoint(server.url, "m", KEY)) == Listing(307, ())
        assert other.requests == []


def test_the_models_of_a_server_are_listed(server: Server) -> None:
    has(server, v1__models=VLLM)
    assert listing(Endpoint(server.url, "m", KEY)) == Listing(200, ("other", "m"))


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_server_without_a_list_is_a_server(server: Server, status: int) -> None:
    server.says(Answer(status, f'{{"error": "{KEY}"}}'))
    assert listing(Endpoint(server.url, "m", KEY)) == Listing(status, ())


def test_no_server_is_unavailable() -> None:
    url = f"http://127.0.0.1:{closed_port()}/v1"
    with pytest.raises(LLMUnavailable, match=f"{url} cannot be reached: start the server, or correct llm_url"):
        listing(Endpoint(url, "m", KEY))


def test_ollama_s_names_need_no_tag() -> None:
    assert is_listed("llama3.2", ["qwen", "llama3.2:latest"])
    assert is_listed("llama3.2:1b", ["llama3.2:1b"])
    assert not is_listed("llama3.2", ["llama3.2:1b"])


def test_servers_on_this_machine_are_found_with_their_models(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    has(server, v1__models=VLLM)
    with serving() as page, serving() as empty:
        page.says(Answer(body="<html></html>", media_type="text/html"))
        has(empty, v1__models={"data": []})
        ports = {"LM Studio": page.port, "none": closed_port(), "Ollama": server.port, "empty": empty.port}
        assert found_servers(ports) == (FoundServer("Ollama", server.url, ("other", "m")),)
        assert [(asked.method, asked.path) for asked in server.requests] == [("GET", "/v1/models")]


def test_servers_that_send_elsewhere_are_not_followed(server: Server) -> None:
    with serving() as other:
        has(other, v1__models=VLLM)
        server.says(Answer(307, headers={"location": f"{other.url}/models"}))
        assert found_servers({"Ollama": server.port}) == ()
        assert other.requests == []


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
