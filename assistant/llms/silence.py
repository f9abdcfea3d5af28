"""How long a server may send no word of its reply: a connection that it only keeps alive is silent all the same."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from typing import Any

import httpx

_FIELD = b"data:"


class Silence:
    """Adds up how long was waited since the last word. Raises `httpx.ReadTimeout` where that is too long.

    In a stream a word is an event that says something: comments, and pieces without text, do not. Elsewhere it is
    anything but white space. What whoever reads the reply does meanwhile is no waiting.
    """

    def __init__(self, response: httpx.Response) -> None:
        self._request = response.request
        self._longest = response.request.extensions.get("timeout", {}).get("read")
        self._events = "text/event-stream" in response.headers.get("content-type", "")
        self._waited = 0.0
        self._line = b""

    def waited(self, seconds: float, received: bytes) -> None:
        """Takes note of these bytes, for which so long was waited."""
        self._waited += seconds
        if self._says(received):
            self._waited = 0.0
        elif self._longest is not None and self._waited > self._longest:
            raise httpx.ReadTimeout("no word for too long", request=self._request)

    def _says(self, received: bytes) -> bool:
        if not self._events:
            return bool(received.strip())
        *lines, self._line = (self._line + received).replace(b"\r", b"\n").split(b"\n")
        return any(_is_word(line) for line in lines)


class Watched(httpx.SyncByteStream):
    """The bytes of a response while its server is not silent for too long."""

    def __init__(self, response: httpx.Response) -> None:
        assert isinstance(response.stream, httpx.SyncByteStream)
        self._stream = response.stream
        self._silence = Silence(response)

    def __iter__(self) -> Iterator[bytes]:
        asked = time.monotonic()
        for received in self._stream:
            self._silence.waited(time.monotonic() - asked, received)
            yield received
            asked = time.monotonic()

    def close(self) -> None:
        """See httpx."""
        self._stream.close()


class WatchedAsync(httpx.AsyncByteStream):
    """As `Watched`, asynchronous."""

    def __init__(self, response: httpx.Response) -> None:
        assert isinstance(response.stream, AsyncIterable)
        self._stream: Any = response.stream
        self._silence = Silence(response)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        asked = time.monotonic()
        async for received in self._stream:
            self._silence.waited(time.monotonic() - asked, received)
            yield received
            asked = time.monotonic()

    async def aclose(self) -> None:
        """See httpx."""
        await self._stream.aclose()


def _is_word(line: bytes) -> bool:
    """Whether a line of a stream of events says something; what cannot be read is left to who reads the reply."""
    if not line.startswith(_FIELD):
        return False
    try:
        said = json.loads(line.removeprefix(_FIELD))
    except ValueError:
        return True
    choices = said.get("choices") if isinstance(said, dict) else None
    return not isinstance(choices, list) or any(map(_is_said, choices))


def _is_said(choice: Any) -> bool:
    """Whether a piece has text, of the reply or of what a model thinks before it, or is the end."""
    if not isinstance(choice, dict) or choice.get("finish_reason"):
        return True
    delta = choice.get("delta")
    return not isinstance(delta, dict) or any(value for name, value in delta.items() if name != "role")
