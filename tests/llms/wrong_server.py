"""A real server on loopback that answers as it is told to, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One response: it comes after `wait` seconds, and promises `missing` bytes more than it has.

    `pause` is the time between its lines, in seconds.
    Without a length (`lengthless`) the end of the connection is the end of the body.
    """

    status: int = 200
    body: str | bytes = ""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    pause: float = 0.0
    missing: int = 0
    lengthless: bool = False

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


class Server(ThreadingHTTPServer):
    """Gives the answers of `answers` in order, and then the last one again; those of `paths` to their paths."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[Answer] = [Answer()]
        self.paths: dict[str, Answer] = {}
        self.requests: list[Asked] = []
        self.left = threading.Event()
        """Set when whoever asked has gone before the end of an answer."""

    @property
    def port(self) -> int:
        return self.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def says(self, *answers: Answer) -> None:
        self.answers = list(answers)


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))

    def _answer(self, body: Any) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append(Asked(self.command, self.path, headers, body))
        answers = self.server.answers
        answer = self.server.paths.get(self.path) or (answers.pop(0) if len(answers) > 1 else answers[0])
        time.sleep(answer.wait)
        try:
            self.send_response(answer.status)
            self.send_header("content-type", answer.media_type)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if not answer.lengthless:
                self.send_header("content-length", str(len(answer.content) + answer.missing))
            self.end_headers()
            for line in answer.content.splitlines(keepends=True) if answer.pause else [answer.content]:
                self.wfile.write(line)
                time.sleep(answer.pause)
        except OSError:
            self.server.left.set()

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[Server]:
    """A running server."""
    server = Server()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def reply(text: str | None, finish_reason: str | None = "stop") -> Answer:
    """A whole reply."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish_reason}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return Answer(body=json.dumps(body))


def event(text: str | None, finish_reason: str | None = None) -> str:
    """One piece of a streamed reply."""
    choice = {"index": 0, "delta": {} if text is None else {"content": text}, "finish_reason": finish_reason}
    body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def stream(*events: str, lengthless: bool = True, missing: int = 0, more: bytes = b"") -> Answer:
    """A streamed reply of these events, and then these bytes."""
    body = "".join(events).encode() + more
    return Answer(body=body, media_type="text/event-stream", lengthless=lengthless, missing=missing)


def error(status: int, message: str, headers: Mapping[str, str] | None = None, **more: str) -> Answer:
    """A refusal in OpenAI's form."""
    return Answer(status, json.dumps({"error": {"message": message, **more}}), headers=headers or {})


DONE = "data: [DONE]\n\n"
