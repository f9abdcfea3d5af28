"""A server that is not there, is busy or refuses, on loopback: the error, its words, the requests.

The key and other secrets are in no message, representation, traceback or log.
"""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from assistant.errors import ContextTooLong, LLMUnavailable
from tests.llms.failing.asking import (
    FEW,
    KEY,
    STREAMED,
    WAYS,
    WHOLE,
    Waits,
    Way,
    asynchronous,
    asynchronous_stream,
    failure_of,
    llm,
    streamed,
    whole,
)
from tests.llms.wrong_server import DONE, Answer, Server, error, event, reply, stream


@pytest.mark.parametrize("way", WHOLE)
def test_a_whole_reply_is_a_reply(server: Server, waits: Waits, way: Way) -> None:
    server.says(reply("Because."))
    assert "Because." in str(way(llm(server.url, waits)))
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize("way", STREAMED)
def test_a_whole_stream_is_a_reply(server: Server, waits: Waits, way: Way) -> None:
    server.says(stream(event("Be"), event("cause."), event(None, "stop"), DONE))
    assert "Because." in str(way(llm(server.url, waits)))
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize("way", WAYS)
def test_a_server_that_is_not_there_is_asked_twice_and_said_to_be_unreachable(waits: Waits, way: Way) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # taken, but nobody listens
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        failure = failure_of(way, llm(url, waits))
    assert str(failure) == f"the LLM at {url} cannot be reached: start the server, or correct llm_url"
    assert (failure.exit_code, waits) == (7, [0.5])


@pytest.mark.parametrize("way", FEW)
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_three_times(server: Server, waits: Waits, way: Way, status: int) -> None:
    server.says(error(status, f"loading for {KEY}"))
    failure = failure_of(way, llm(server.url, waits))
    assert f"HTTP {status}" in str(failure)
    assert (len(server.requests), waits) == (4, [0.5, 1.0, 2.0])


@pytest.mark.parametrize("way", WAYS)
def test_what_has_passed_is_no_failure(server: Server, waits: Waits, way: Way) -> None:
    good = reply("Because.") if way in WHOLE else stream(event("Because."), event(None, "stop"), DONE)
    server.says(error(503, "loading the model"), error(429, "slow down"), good)
    assert "Because." in str(way(llm(server.url, waits)))
    assert (len(server.requests), waits) == (3, [0.5, 1.0])


def test_the_words_of_a_failing_server_are_kept_without_the_key(server: Server, waits: Waits) -> None:
    server.says(error(503, f"out\nof \x1b[31mmemory, {KEY} {'!' * 500}"))
    said = str(failure_of(whole, llm(server.url, waits)))
    assert "failed with HTTP 503: out of [31mmemory, *** !!!" in said
    assert said.endswith("! (try again later, or look at its log)")
    assert len(said) < 350


@pytest.mark.parametrize("way", [whole, streamed, asynchronous])
def test_a_server_s_own_wait_is_kept(server: Server, waits: Waits, way: Way) -> None:
    server.says(error(429, "slow down", {"retry-after": "7"}))
    said = str(failure_of(way, llm(server.url, waits)))
    assert said.endswith("takes no more requests for now (HTTP 429): wait 7 seconds, or look at your quota there")
    assert (len(server.requests), waits) == (3, [7.0, 7.0])  # a third wait would be more than 20 s in all


def test_a_wait_may_be_given_as_a_date(server: Server, waits: Waits) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True)
    server.says(error(503, "maintenance", {"retry-after": later}), reply("Because."))
    whole(llm(server.url, waits))
    assert len(waits) == 1
    assert 5 < waits[0] <= 10


@pytest.mark.parametrize("value", ["soon", "nan", "inf", "-3", "", "Wed, 99 Nov 2026 07:28:00 GMT"])
def test_a_wait_that_cannot_be_read_is_ours(server: Server, waits: Waits, value: str) -> None:
    server.says(error(429, "slow down", {"retry-after": value}), reply("Because."))
    whole(llm(server.url, waits))
    assert waits == [0.5]


def test_a_wait_that_is_too_long_is_not_begun(server: Server, waits: Waits) -> None:
    server.says(error(429, "slow down", {"retry-after": "21"}))
    failure_of(whole, llm(server.url, waits))
    assert (len(server.requests), waits) == (1, [])


def test_an_empty_purse_is_not_asked_again(server: Server, waits: Waits) -> None:
    server.says(error(429, "You exceeded your quota", code="insufficient_quota"))
    assert "has no quota left for this key (HTTP 429): look at your plan" in str(
        failure_of(whole, llm(server.url, waits))
    )
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize("way", FEW)
@pytest.mark.parametrize(
    ("answer", "kind", "advice"),
    [
        (error(401, f"bad: {KEY}"), LLMUnavailable, "refused the key (HTTP 401): set ASSISTANT_LLM_KEY to one that"),
        (error(403, f"bad: {KEY}"), LLMUnavailable, "refused the key (HTTP 403): set ASSISTANT_LLM_KEY to one that"),
        (error(404, f"bad: {KEY}"), LLMUnavailable, "does not know the model 'some-model' or this path (HTTP 404)"),
        (
            error(400, "The model `some-model` does not exist."),
            LLMUnavailable,
            "does not know the model 'some-model' or this path (HTTP 400): correct llm_model, or llm_url",
        ),
        (
            error(400, f"5000 tokens are too many for {KEY}"),
            LLMUnavailable,
            "HTTP 400: 5000 tokens are too many for *** (change what it names)",
        ),
        (error(400, "no", code="content_filter"), LLMUnavailable, "withheld its reply (its content filter): ask in"),
        (Answer(422, "<html>no</html>", "text/html"), LLMUnavailable, "failed with HTTP 422: <html>no</html>"),
        (error(413, "too large"), ContextTooLong, "was sent more text than its context window holds: set llm_context"),
    ],
)
def test_a_refusal_says_what_to_correct_and_is_not_asked_again(
    server: Server, waits: Waits, way: Way, answer: Answer, kind: type[LLMUnavailable], advice: str
) -> None:
    server.says(answer)
    failure = failure_of(way, llm(server.url, waits))
    assert type(failure) is kind
    assert advice in str(failure)
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize(
    "answer",
    [
        error(400, "too long", code="context_length_exceeded"),  # OpenAI, Azure
        error(400, "request (1407 tokens) exceeds the available context size", type="exceed_context_size_error"),
        error(400, "This model's maximum context length is 4096 tokens. However, you requested 5000."),  # vLLM
        error(400, "the input length exceeds the context length"),  # Ollama
        error(400, "The number of tokens to keep is greater than the context length."),  # LM Studio
        error(400, "Requested tokens (2285) exceed context window of 2048"),  # llama-cpp-python
    ],
)
@pytest.mark.parametrize("way", [whole, asynchronous_stream])
def test_too_long_a_prompt_is_told_apart_whatever_words_say_it(
    server: Server, waits: Waits, way: Way, answer: Answer
) -> None:
    server.says(answer)
    failure = failure_of(way, llm(server.url, waits))
    assert type(failure) is ContextTooLong
    assert len(server.requests) == 1


@pytest.mark.parametrize("way", [streamed, asynchronous_stream])
def test_too_long_a_prompt_may_be_noticed_within_a_stream(server: Server, waits: Waits, way: Way) -> None:
    said = {"code": 400, "message": "the request exceeds the available context size"}
    server.says(stream(f"data: {json.dumps({'error': said})}\n\n"))
    assert type(failure_of(way, llm(server.url, waits))) is ContextTooLong
    assert len(server.requests) == 1
