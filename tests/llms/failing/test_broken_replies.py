"""Replies that come late, are none, or break off, from a real server on loopback: the error and what came before.

The key and other secrets are in no message, representation, traceback or log.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import LLMUnavailable, OutOfRoom, ReplyCutShort
from tests.llms.failing.asking import (
    ASKED,
    BROKE_OFF,
    FEW,
    KEY,
    NO_SERVER,
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
from tests.llms.wrong_server import DONE, Answer, Server, event, reply, serving, stream


@pytest.mark.parametrize("way", [whole, streamed, asynchronous, asynchronous_stream])
def test_a_silent_server_is_waited_for_once_as_long_as_set(server: Server, waits: Waits, way: Way) -> None:
    server.says(Answer(wait=1))
    said = str(failure_of(way, llm(server.url, waits, seconds=0.2)))
    assert "was silent for 0.2 seconds: raise llm_seconds, or take a smaller model" in said
    assert (len(server.requests), waits) == (1, [])


ALIVE = [": keep-alive\n\n" * 12, event("") * 12, 'data: {"choices": []}\n\n' * 12]


@pytest.mark.parametrize("alive", ALIVE)
@pytest.mark.parametrize("way", [streamed, asynchronous_stream])
def test_a_stream_that_is_only_kept_alive_is_silent(server: Server, waits: Waits, way: Way, alive: str) -> None:
    server.says(replace(stream(event("Because "), alive, event("it rained.", "stop"), DONE), pause=0.05))
    assert "was silent for 0.2 seconds" in str(failure_of(way, llm(server.url, waits, seconds=0.2)))
    assert (len(server.requests), waits) == (1, [])


@pytest.mark.parametrize("way", [whole, asynchronous])
def test_a_whole_reply_before_which_there_is_only_white_space_is_silent(server: Server, waits: Waits, way: Way) -> None:
    server.says(replace(reply("Because."), body="\n" * 12 + str(reply("Because.").body), pause=0.05))
    assert "was silent for 0.2 seconds" in str(failure_of(way, llm(server.url, waits, seconds=0.2)))
    assert (len(server.requests), waits) == (1, [])


def test_who_writes_slowly_or_thinks_is_not_silent_nor_is_who_reads_slowly(server: Server, waits: Waits) -> None:
    thought = event("").replace('"content": ""', '"content": null, "reasoning_content": "Hm."')
    pieces = [": alive\n\n", thought, event("so ")] * 6
    server.says(replace(stream(*pieces, event("it rained.", "stop"), DONE), pause=0.05))
    assert len(list(streamed(llm(server.url, waits, seconds=0.4)))) == 13  # type: ignore[call-overload]
    server.says(replace(stream(event("so "), ": alive\n\n" * 3, event("it rained.", "stop"), DONE), pause=0.05))
    for _ in llm(server.url, waits, seconds=0.5).stream_complete("Why?"):
        time.sleep(0.6)


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
