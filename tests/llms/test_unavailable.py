"""What can be wrong with an endpoint, with a real server on loopback that does it wrong; the key is never said."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from llama_index.core.base.llms.types import ChatMessage

from assistant.errors import LLMUnavailable
from assistant.llms import LLM, Endpoint, Sampling, build

KEY = "sk-the-secret-of-this-test"
ASKED = [ChatMessage(role="user", content="Why?")]


class Server(ThreadingHTTPServer):
    """Answers every request with `status` and `body`, after `wait` seconds; promises `missing` bytes more."""

    status, body, wait, missing, media_type = 200, "", 0.0, 0, "application/json"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Wrong)
        self.requests: list[tuple[str, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Wrong(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.requests.append((self.headers["authorization"], body))
        time.sleep(self.server.wait)
        reply = self.server.body.encode()
        self.send_response(self.server.status)
        self.send_header("content-type", self.server.media_type)
        self.send_header("content-length", str(len(reply) + self.server.missing))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def llm(url: str, *, seconds: float = 5) -> LLM:
    return build(Endpoint(url, "some-model", KEY, seconds))


def whole(asked: LLM) -> object:
    return asked.chat(ASKED)


def prompted(asked: LLM) -> object:
    return asked.complete("Why?")


def streamed(asked: LLM) -> object:
    return list(asked.stream_chat(ASKED))


def streamed_prompt(asked: LLM) -> object:
    return list(asked.stream_complete("Why?"))


def asynchronous(asked: LLM) -> object:
    return asyncio.run(asked.achat(ASKED))


def asynchronous_prompt(asked: LLM) -> object:
    return asyncio.run(asked.acomplete("Why?"))


def asynchronous_stream(asked: LLM) -> object:
    async def items() -> list[object]:
        return [item async for item in await asked.astream_chat(ASKED)]

    return asyncio.run(items())


def asynchronous_prompt_stream(asked: LLM) -> object:
    async def items() -> list[object]:
        return [item async for item in await asked.astream_complete("Why?")]

    return asyncio.run(items())


WAYS = [
    whole,
    prompted,
    streamed,
    streamed_prompt,
    asynchronous,
    asynchronous_prompt,
    asynchronous_stream,
    asynchronous_prompt_stream,
]


@pytest.mark.parametrize("way", WAYS)
def test_a_server_that_is_not_there_is_said_to_be_unreachable(way: Callable[[LLM], object]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # taken, but nobody listens
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        with pytest.raises(LLMUnavailable, match=f"{url} cannot be reached: start the server") as failure:
            way(llm(url))
    assert failure.value.exit_code == 7


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "refused the key (HTTP 401): set ASSISTANT_LLM_KEY"),
        (404, "does not know the model 'some-model' or this path (HTTP 404)"),
    ],
)
def test_a_refusal_says_what_to_correct(server: Server, way: Callable[[LLM], object], status: int, advice: str) -> None:
    server.status, server.body = status, json.dumps({"error": {"message": f"bad: {KEY}"}})
    with pytest.raises(LLMUnavailable) as failure:
        way(llm(server.url))
    assert advice in str(failure.value)
    assert KEY not in str(failure.value)


@pytest.mark.parametrize(
    ("status", "body", "advice"),
    [
        (
            400,
            {"error": {"message": f"5000 tokens are too many for {KEY}"}},
            "HTTP 400: 5000 tokens are too many for ***",
        ),
        (403, {}, "refused the key (HTTP 403)"),
        (429, {"error": {"message": "slow down"}}, "takes no more requests for now (HTTP 429)"),
        (503, {"error": {"message": "loading the model"}}, "failed with HTTP 503: loading the model"),
    ],
)
def test_other_failures_keep_the_words_of_the_server_without_the_key(
    server: Server, status: int, body: object, advice: str
) -> None:
    server.status, server.body = status, json.dumps(body)
    with pytest.raises(LLMUnavailable) as failure:
        whole(llm(server.url))
    assert advice in str(failure.value)
    assert KEY not in str(failure.value)


@pytest.mark.parametrize("way", [whole, streamed, asynchronous])
def test_a_silent_server_is_waited_for_as_long_as_set(server: Server, way: Callable[[LLM], object]) -> None:
    server.wait = 2
    with pytest.raises(LLMUnavailable, match=r"was silent for 0\.3 seconds: raise llm_seconds"):
        way(llm(server.url, seconds=0.3))


@pytest.mark.parametrize("way", [whole, prompted, asynchronous])
@pytest.mark.parametrize(
    ("body", "media_type"), [("<html>Welcome</html>", "text/html"), ('{"choices": []}', "application/json")]
)
def test_a_page_that_is_no_llm_is_told_apart(
    server: Server, way: Callable[[LLM], object], body: str, media_type: str
) -> None:
    server.body, server.media_type = body, media_type
    with pytest.raises(LLMUnavailable, match="does not answer as an OpenAI-compatible server does"):
        way(llm(server.url))


@pytest.mark.parametrize("way", [streamed, asynchronous_stream])
def test_a_stream_that_breaks_off_is_an_error_and_no_short_answer(server: Server, way: Callable[[LLM], object]) -> None:
    piece = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    piece["choices"] = [{"index": 0, "delta": {"content": "Because "}, "finish_reason": None}]
    server.media_type, server.missing = "text/event-stream", 100
    server.body = f"data: {json.dumps(piece)}\n\n"
    with pytest.raises(LLMUnavailable, match="broke off in the middle of its reply: ask again"):
        way(llm(server.url))


def test_an_error_within_a_stream_is_an_error(server: Server) -> None:
    server.media_type = "text/event-stream"
    server.body = f'data: {{"error": {{"message": "out of memory with {KEY}"}}}}\n\n'
    with pytest.raises(LLMUnavailable, match=r"broke off: out of memory with \*\*\*"):
        streamed(llm(server.url))


def test_the_key_is_sent_and_stands_in_no_log_no_traceback_and_no_representation(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.status, server.body = 401, json.dumps({"error": {"message": f"bad: {KEY}"}})
    asked = llm(server.url)
    with caplog.at_level(logging.DEBUG), pytest.raises(LLMUnavailable) as failure:
        whole(asked)
    assert server.requests[0][0] == f"Bearer {KEY}"
    ours = "".join(traceback.format_exception_only(failure.value))
    assert KEY not in caplog.text + ours + repr(asked) + str(asked) + str(asked.to_dict())
    assert KEY not in repr(Endpoint(server.url, "m", KEY))


def test_a_url_with_a_password_is_shown_without_it() -> None:
    with pytest.raises(LLMUnavailable) as failure:
        whole(llm("http://name:password@127.0.0.1:9/v1?token=secret"))
    assert "http://127.0.0.1:9/v1" in str(failure.value)
    assert "password" not in str(failure.value)
    assert "secret" not in str(failure.value)


def test_without_a_key_none_is_taken_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_BASE", "http://192.0.2.1/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    server.status = 401
    with pytest.raises(LLMUnavailable):
        whole(build(Endpoint(server.url, "m")))
    assert [key for key, _ in server.requests] == ["Bearer none"]


def test_a_request_has_the_sampling_that_was_asked_for(server: Server) -> None:
    server.status = 400
    with pytest.raises(LLMUnavailable):
        whole(build(Endpoint(server.url, "m"), Sampling(temperature=0.25, seed=11, max_tokens=7)))
    ((_, body),) = server.requests
    assert (body["temperature"], body["seed"], body["max_tokens"], body["model"]) == (0.25, 11, 7, "m")


def test_a_failed_request_is_sent_once_more_and_no_oftener(server: Server) -> None:
    server.status, server.body = 500, "{}"
    with pytest.raises(LLMUnavailable):
        whole(llm(server.url))
    assert len(server.requests) == 2
