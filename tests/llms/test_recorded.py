"""Replies of a real model, recorded from a server on loopback (docs/cassettes.md)."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from llama_index.core.base.llms.types import ChatMessage

from assistant.llms import Endpoint, Sampling, build

pytestmark = [pytest.mark.vcr, pytest.mark.block_network]

SHORT = Sampling(max_tokens=24)
CASSETTES = Path(__file__).parent / "cassettes" / "test_recorded"


def messages(question: str) -> list[ChatMessage]:
    return [ChatMessage(role="user", content=question)]


def test_a_plain_reply(recorded_endpoint: Endpoint) -> None:
    reply = build(recorded_endpoint, SHORT).chat(messages("Name the capital of Singapore in one word."))
    assert "Singapore" in str(reply.message.content)


def test_a_plain_reply_without_waiting_for_it(recorded_endpoint: Endpoint) -> None:
    llm = build(recorded_endpoint, SHORT)
    with ThreadPoolExecutor(1) as alone:  # the loop of a browser test may be running in this thread
        reply = alone.submit(lambda: asyncio.run(llm.acomplete("Name the capital of Japan in one word."))).result()
    assert "Tokyo" in reply.text


def test_a_streamed_reply_has_every_piece_that_was_recorded(recorded_endpoint: Endpoint, record_mode: str) -> None:
    asked = messages("Say in one short sentence what a harbour is.")
    items = list(build(recorded_endpoint, SHORT).stream_chat(asked))
    pieces = [item.delta for item in items]
    assert len(pieces) > 5
    assert items[-1].message.content == "".join(pieces)
    if record_mode == "none":
        assert pieces == recorded_pieces("test_a_streamed_reply_has_every_piece_that_was_recorded.yaml")


def recorded_pieces(cassette: str) -> list[str]:
    """The texts of the events as they stand in the file, read without vcrpy and without the client."""
    (interaction,) = yaml.safe_load((CASSETTES / cassette).read_text(encoding="utf-8"))["interactions"]
    events = [line.removeprefix("data: ") for line in interaction["response"]["body"]["string"].splitlines() if line]
    assert events[-1] == "[DONE]"
    return [json.loads(event)["choices"][0]["delta"].get("content") or "" for event in events[:-1]]
