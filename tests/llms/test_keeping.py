"""What a server says of its context window is asked anew after a while, and once it proves wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from assistant.errors import LLMUnavailable
from assistant.llms import Endpoint
from assistant.llms.base import LLM
from assistant.llms.keeping import KeptLLM
from assistant.llms.scripted import ScriptedLLM
from assistant.wiring import build_writer
from tests.llms.wrong_server import Answer, Server, serving


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.says(Answer(404, "not found", "text/plain"))
        yield running


def opens(server: Server, tokens: int) -> None:
    """Lets the server run as llama.cpp does with this context window."""
    props = {"default_generation_settings": {"n_ctx": tokens}}
    server.paths = {"/props": Answer(body=json.dumps(props))}


def test_a_server_that_was_started_anew_is_noticed_after_a_while(server: Server) -> None:
    clock = Clock()
    kept = KeptLLM(lambda: build_writer(Endpoint(server.url, "m")), seconds=60, clock=clock)
    opens(server, 8192)
    assert kept().metadata.context_window == 8192
    opens(server, 2048)
    clock.now = 59.0
    assert kept().metadata.context_window == 8192
    assert len(server.requests) == 1
    clock.now = 60.0
    assert kept().metadata.context_window == 2048


def test_it_is_noticed_at_once_where_a_prompt_was_too_long(server: Server) -> None:
    kept = KeptLLM(lambda: build_writer(Endpoint(server.url, "m")), clock=Clock())
    opens(server, 8192)
    assert kept().metadata.context_window == 8192
    opens(server, 2048)
    kept.forget()
    assert kept().metadata.context_window == 2048


def test_a_model_that_cannot_be_built_is_tried_again() -> None:
    built: list[LLM | Exception] = [LLMUnavailable("nobody answers"), ScriptedLLM([])]

    def build() -> LLM:
        found = built.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    kept = KeptLLM(build, clock=Clock())
    with pytest.raises(LLMUnavailable):
        kept()
    assert kept() is kept()
