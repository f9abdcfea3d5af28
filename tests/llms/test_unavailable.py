"""Each thing that can go wrong with an LLM, done by a real server on loopback: the error, its words, the requests.

The key and other secrets are in no message, representation, traceback or log.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.base.llms.types import ChatMessage

from assistant.errors import ContextTooLong, LLMUnavailable, OutOfRoom, ReplyCutShort, SettingsError
from assistant.llms import LLM, Endpoint, Sampling, build
from assistant.llms.openai_compatible import openai_compatible
from assistant.llms.retrying import Patience
from tests.llms.wrong_server import DONE, Answer, Server, error, event, reply, serving, stream

KEY = "sk-the-secret-of-this-test"
ASKED = [ChatMessage(role="user", content="Why?")]
NO_SERVER = "does not answer as an OpenAI-compatible server does: correct llm_url"
BROKE_OFF = "broke off in the middle of its reply: ask again"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that any library logs in each test; the key must not be in it."""
    with caplog.at_level(logging.DEBUG):
        yield caplog
    assert KEY not in caplog.text


class Waits(list[float]):
    """The waits between the attempts, which are not waited."""

    def patience(self, **more: float) -> Patience:
        async def sleep(seconds: float) -> None:
            self.append(seconds)

        return Patience(sleep=self.append, sleep_async=sleep, fraction=lambda: 1.0, **more)  # type: ignore[arg-type]


@pytest.fixture
def waits() -> Waits:
    return Waits()


def llm(url: str, waits: Waits, *, seconds: float = 5, key: str | None = KEY) -> LLM:
    return openai_compatible(Endpoint(url, "some-model", key, seconds), Sampling(), waits.patience())


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


async def collected(replies: AsyncIterator[object]) -> list[object]:
    return [item async for item in replies]


def asynchronous_stream(asked: LLM) -> object:
    async def items() -> list[object]:
        return await collected(await asked.astream_chat(ASKED))

    return asyncio.run(items())


def asynchronous_prompt_stream(asked: LLM) -> object:
    async def items() -> list[object]:
        return await collected(await asked.astream_complete("Why?"))

    return asyncio.run(items())


Way = Callable[[LLM], object]
WHOLE: list[Way] = [whole, prompted, asynchronous, asynchronous_prompt]
STREAMED: list[Way] = [streamed, streamed_prompt, asynchronous_stream, asynchronous_prompt_stream]
WAYS = [*WHOLE, *STREAMED]
FEW: list[Way] = [whole, streamed, asynchronous, asynchronous_prompt_stream]


def failure_of(way: Way, asked: LLM) -> LLMUnavailable:
    """The error of this way of asking, which shows the key nowhere."""
    with pytest.raises(LLMUnavailable) as raised:
        way(asked)
    shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + repr(asked) + str(asked.to_dict())
    assert KEY not in shown
    return raised.value


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


@pytest.mark.parametrize("way", [whole, streamed, asynchronous, asynchronous_stream])
def test_a_silent_server_is_waited_for_once_as_long_as_set(server: Server, waits: Waits, way: Way) -> None:
    server.says(Answer(wait=1))
    said = str(failure_of(way, llm(server.url, waits, seconds=0.2)))
    assert "was silent for 0.2 seconds: raise llm_seconds, or take a smaller model" in said
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body="<html>Welcome</html>", media_type="text/html"),
        Answer(body="<html>Welcome</html>"),
        Answer(body='{"choices": []}'),
        Answer(body='{"choices": '),
        Answer(body="[]"),
        Answer(body="null"),
        Answer(body='{"choices": [{"message": null}]}'),
        Answer(body=""),
        Answer(body="a", headers={"content-encoding": "gzip"}),
    ],
)
@pytest.mark.parametrize("way", FEW)
def test_a_page_that_is_no_llm_is_told_apart(server: Server, waits: Waits, way: Way, answer: Answer) -> None:
    server.says(answer)
    assert NO_SERVER in str(failure_of(way, llm(server.url, waits)))
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize("way", STREAMED)
def test_an_event_that_is_no_json_is_told_apart(server: Server, waits: Waits, way: Way) -> None:
    server.says(stream(event("Because "), "data: {oops\n\n"))
    assert NO_SERVER in str(failure_of(way, llm(server.url, waits)))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        stream(event("Because "), lengthless=False, missing=100),  # a promised length that does not come
        stream(event("Because ")),  # an end in order, before [DONE]
        stream(event("Because "), more=event("it rained.", "stop").encode()[:40]),  # in the middle of an event
        stream(event("Because "), more=b'data: {"choices": [{"delta": {"content": "\xe2\x82'),  # of a letter
        stream(event("Because "), event("so", "error"), DONE),
    ],
)
@pytest.mark.parametrize("way", STREAMED)
def test_a_stream_that_breaks_off_is_an_error_and_no_short_answer(
    server: Server, waits: Waits, way: Way, answer: Answer
) -> None:
    server.says(answer)
    failure = failure_of(way, llm(server.url, waits))
    assert type(failure) is ReplyCutShort
    assert BROKE_OFF in str(failure)
    assert (len(server.requests), waits) == (1, [])  # no second attempt after the first word


def test_a_stream_that_nobody_reads_on_is_closed_at_once(server: Server, waits: Waits) -> None:
    server.says(Answer(body=event("on ") * 200, media_type="text/event-stream", lengthless=True, pause=0.02))
    replies = llm(server.url, waits).stream_chat(ASKED)
    assert next(iter(replies)).delta == "on "
    replies.close()
    assert server.left.wait(2)  # the whole reply would take 8 s


def test_an_asynchronous_stream_that_nobody_reads_on_is_closed_at_once(server: Server, waits: Waits) -> None:
    async def first() -> str:
        replies = await llm(server.url, waits).astream_chat(ASKED)
        piece = await anext(replies)
        await replies.aclose()
        return str(piece.delta)

    server.says(Answer(body=event("on ") * 200, media_type="text/event-stream", lengthless=True, pause=0.02))
    assert asyncio.run(first()) == "on "
    assert server.left.wait(2)


LETTERS = [event("Zürich "), event("is "), event("10 € "), event("away."), event(None, "stop")]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len("".join(LETTERS).encode())), st.booleans())
def test_wherever_a_stream_is_cut_the_pieces_before_are_given_and_no_part_is_taken_for_the_whole(
    length: int, told: bool
) -> None:
    whole_body = "".join(LETTERS).encode()
    came = whole_body[:length]
    events = came.count(b"\n\n")
    pieces: list[str] = []
    with serving() as running:
        running.says(stream(more=came, lengthless=not told, missing=len(whole_body) - length))
        failure = None
        try:
            pieces.extend(each.delta for each in llm(running.url, Waits()).stream_chat(ASKED))
        except LLMUnavailable as error:
            failure = error
        assert len(running.requests) == 1
    assert "".join(pieces) == "".join(["Zürich ", "is ", "10 € ", "away.", ""][:events])
    assert (failure is None) == (length == len(whole_body))
    if failure is not None and (events or told):
        assert isinstance(failure, ReplyCutShort)


def test_a_broken_stream_gives_all_that_came_before_its_error(server: Server, waits: Waits) -> None:
    server.says(stream(event("Because "), event("it ")))
    pieces: list[object] = []
    with pytest.raises(ReplyCutShort):
        pieces.extend(each.delta for each in llm(server.url, waits).stream_chat(ASKED))
    assert pieces == ["Because ", "it "]


@pytest.mark.parametrize("way", WHOLE)
def test_a_whole_reply_that_breaks_off_is_an_error(server: Server, waits: Waits, way: Way) -> None:
    answer = reply("Because.")
    server.says(Answer(body=answer.body, missing=100))
    failure = failure_of(way, llm(server.url, waits))
    assert type(failure) is ReplyCutShort
    assert BROKE_OFF in str(failure)
    assert len(server.requests) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("reason", "kind", "advice"),
    [
        ("length", OutOfRoom, "had no room left before its reply was at its end: ask for less at once"),
        ("content_filter", LLMUnavailable, "withheld its reply (its content filter): ask in other words"),
    ],
)
def test_a_reply_that_ended_too_early_is_an_error(
    server: Server, waits: Waits, way: Way, reason: str, kind: type[LLMUnavailable], advice: str
) -> None:
    server.says(reply("Because ", reason) if way in WHOLE else stream(event("Because "), event(None, reason), DONE))
    failure = failure_of(way, llm(server.url, waits))
    assert type(failure) is kind
    assert advice in str(failure)
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize("way", FEW)
@pytest.mark.parametrize("nothing", [None, "", " \n"])
def test_an_empty_reply_is_an_error(server: Server, waits: Waits, way: Way, nothing: str | None) -> None:
    server.says(reply(nothing) if way in WHOLE else stream(event(nothing), event(None, "stop"), DONE))
    failure = failure_of(way, llm(server.url, waits))
    assert "replied with nothing: ask again, or take another model" in str(failure)
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize("way", FEW)
def test_bytes_that_are_no_utf_8_are_an_error(server: Server, waits: Waits, way: Way) -> None:
    text = reply("Because") if way in WHOLE else stream(event("Because"), event(None, "stop"), DONE)
    wrong = text.content.replace(b"Because", b"Be\xff\xfecause")
    server.says(Answer(body=wrong, media_type=text.media_type))
    failure = failure_of(way, llm(server.url, waits))
    assert "sent bytes that are no UTF-8: update the server, or take another model" in str(failure)
    assert len(server.requests) == 1


@pytest.mark.parametrize("way", [streamed, asynchronous_stream])
def test_an_error_within_a_stream_is_an_error(server: Server, waits: Waits, way: Way) -> None:
    server.says(stream(event("So"), f'data: {{"error": {{"message": "out of memory with {KEY}"}}}}\n\n'))
    assert str(failure_of(way, llm(server.url, waits))).endswith("broke off: out of memory with ***")
    assert len(server.requests) == 1


@pytest.mark.parametrize("way", FEW)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(server: Server, waits: Waits, way: Way, status: int) -> None:
    with serving() as other:
        location = f"http://name:{KEY}@127.0.0.1:{other.port}/v1/chat/completions"
        server.says(Answer(status, "", headers={"location": location}))
        failure = failure_of(way, llm(server.url, waits))
        assert str(failure).endswith(f"sends requests on to {other.url}: set llm_url to that if you trust it")
        assert (len(server.requests), other.requests) == (1, [])


def test_a_redirect_that_names_nothing_that_may_be_shown_is_told_without_it(server: Server, waits: Waits) -> None:
    server.says(Answer(307, "", headers={"location": f"https://elsewhere.example/?key={KEY}"}))
    assert "sends requests on to another address" in str(failure_of(whole, llm(server.url, waits)))


def test_a_plain_server_asked_over_tls_says_so(server: Server, waits: Waits) -> None:
    failure = failure_of(whole, llm(server.url.replace("http:", "https:"), waits))
    assert "or write http: in llm_url where it speaks without TLS" in str(failure)


def test_a_proxy_s_password_is_never_shown_and_this_machine_needs_no_proxy(
    server: Server, waits: Waits, monkeypatch: pytest.MonkeyPatch, logged: pytest.LogCaptureFixture
) -> None:
    with serving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, f"http://name:{KEY}@127.0.0.1:{proxy.port}")
        proxy.says(Answer(407, f"who is {KEY}?"))
        failure = failure_of(whole, llm("http://llm.invalid/v1", waits))
        assert str(failure).startswith("the LLM at http://llm.invalid/v1 is behind a proxy that refuses: correct HTTPS")
        assert [asked.path for asked in proxy.requests] == ["http://llm.invalid/v1/chat/completions"]
        server.says(reply("Because."))
        whole(llm(server.url, waits))
        assert (len(proxy.requests), len(server.requests)) == (1, 1)


@pytest.mark.parametrize("proxy", [f"ftp://name:{KEY}@127.0.0.1:9", f"http://name\x7f:{KEY}@127.0.0.1:9"])
@pytest.mark.parametrize("way", [whole, streamed, asynchronous])
def test_a_proxy_that_cannot_be_one_is_a_failure_that_does_not_show_it(
    waits: Waits, monkeypatch: pytest.MonkeyPatch, proxy: str, way: Way
) -> None:
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, proxy)
    failure = failure_of(way, llm("http://llm.invalid/v1", waits))
    assert "is behind a proxy that cannot be used: correct HTTPS_PROXY" in str(failure)


def test_the_key_is_sent_and_stands_in_no_representation(server: Server, waits: Waits) -> None:
    server.says(error(401, f"bad: {KEY}"))
    asked = llm(server.url, waits)
    failure_of(whole, asked)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(asked) + str(asked) + repr(Endpoint(f"http://{KEY}@host/v1", "m", KEY))


@pytest.mark.parametrize("way", WAYS)
def test_a_password_in_the_url_is_sent_and_never_shown_or_logged(
    server: Server, waits: Waits, logged: pytest.LogCaptureFixture, way: Way
) -> None:
    header = base64.b64encode(f"na@me:{KEY}".encode()).decode()
    server.says(error(503, f"no: {KEY}, Basic {header}"))
    failure = failure_of(way, llm(f"http://na%40me:{KEY}@127.0.0.1:{server.port}/v1", waits, key=None))
    assert f"the LLM at {server.url} failed with HTTP 503: no: ***, Basic ***" in str(failure)
    assert server.requests[0].headers["authorization"] == f"Basic {header}"
    assert "127.0.0.1" in logged.text
    assert "na@me" not in logged.text + str(failure)


@pytest.mark.parametrize(
    "url",
    [
        f"http://127.0.0.1:9/v1?token={KEY}",
        f"http://127.0.0.1:9/v1#{KEY}",
        f"http://name:{KEY}/x@127.0.0.1:9/v1",
        f"http://{KEY}:x@127.0.0.1:99999/v1",
        "http:///v1",
    ],
)
def test_an_address_that_cannot_be_one_is_a_mistake_in_the_settings_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingsError, match="llm_url") as failure:
        build(Endpoint(url, "m"))
    assert KEY not in "".join(traceback.format_exception(failure.value))


@pytest.mark.parametrize("path", ["", "/chat/completions"])
def test_azure_is_asked_with_its_version_and_its_own_header(server: Server, waits: Waits, path: str) -> None:
    server.says(reply("Because."))
    whole(llm(f"http://127.0.0.1:{server.port}/openai/deployments/d{path}?api-version=2024-10-21", waits))
    (asked,) = server.requests
    assert asked.path == "/openai/deployments/d/chat/completions?api-version=2024-10-21"
    assert asked.headers["api-key"] == KEY
    assert "authorization" not in asked.headers


def test_without_a_key_none_is_taken_from_the_environment(
    server: Server, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_BASE", "http://192.0.2.1/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    server.says(error(401, "no"))
    failure_of(whole, llm(server.url, waits, key=None))
    assert [asked.headers["authorization"] for asked in server.requests] == ["Bearer none"]


def test_a_request_has_the_sampling_that_was_asked_for(server: Server) -> None:
    server.says(reply("Because."))
    whole(build(Endpoint(server.url, "m"), Sampling(temperature=0.25, seed=11, max_tokens=7)))
    (asked,) = server.requests
    body = asked.body
    assert (body["temperature"], body["seed"], body["max_tokens"], body["model"]) == (0.25, 11, 7, "m")


def test_a_model_without_chat_completions_is_a_mistake_in_the_settings() -> None:
    with pytest.raises(SettingsError, match=r"'gpt-5\.4-pro' has no chat completions: set another llm_model"):
        build(Endpoint("https://llm.invalid/v1", "gpt-5.4-pro"))
