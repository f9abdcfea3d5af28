"""HTTP clients that ask again where a failure may pass: the only place of all that does, for whole replies and streams.

A request is sent again before anything of its reply was handed on, and never afterwards.
"""

from __future__ import annotations

import asyncio
import email.utils
import math
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from assistant.llms.silence import Watched, WatchedAsync

_PASSING = frozenset({429, 500, 502, 503, 504})
_NO_QUOTA = b"insufficient_quota"  # OpenAI answers 429 then, too, and no wait helps


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is sent again, and how long is waited before, in seconds.

    The n-th wait is between half of `first` * 2**(n-1) and all of it, as `fraction` draws, or as long as the server
    asks for (Retry-After); where all waits together would be longer than `total`, the failure stands.
    """

    retries: int = 3
    first: float = 0.5
    total: float = 20.0
    sleep: Callable[[float], None] = time.sleep
    sleep_async: Callable[[float], Awaitable[None]] = asyncio.sleep
    fraction: Callable[[], float] = random.random


class Attempts:
    """The attempts at one request."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._made = 0
        self._waited = 0.0
        self._refused = False

    def may_pass(self, response: httpx.Response) -> bool:
        """Whether the status is one of those that may be another one in a moment."""
        return response.status_code in _PASSING

    def wait_after(self, response: httpx.Response) -> float | None:
        """Seconds until the next attempt after a response that `may_pass` and was read; None where none is left."""
        if response.status_code == 429 and _NO_QUOTA in response.content:
            return None
        return self._next(retry_after(response) or 0.0)

    def wait_after_refusal(self) -> float | None:
        """Seconds until the next attempt after no connection came about; None the second time."""
        if self._refused:
            return None
        self._refused = True
        return self._next(0.0)

    def _next(self, asked: float) -> float | None:
        if self._made >= self._patience.retries:
            return None
        longest: float = self._patience.first * 2**self._made
        wait = max(asked, longest * (0.5 + self._patience.fraction() / 2))
        if self._waited + wait > self._patience.total:
            return None
        self._made += 1
        self._waited += wait
        return wait


def retry_after(response: httpx.Response) -> float | None:
    """The seconds that the header Retry-After asks to wait (a number or a date); None without one that can be read."""
    value = response.headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        try:
            date = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = ((date if date.tzinfo else date.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


class RetryingClient(httpx.Client):
    """An httpx client with patience, but none with silence; `options` are those of httpx."""

    def __init__(self, patience: Patience, **options: Any) -> None:
        super().__init__(**options)
        self._patience = patience

    def send(self, request: httpx.Request, *, stream: bool = False, **options: Any) -> httpx.Response:
        """As httpx, with the response of the last attempt."""
        response = self._sent(request, **options)
        if not stream:
            response.read()
        return response

    def _sent(self, request: httpx.Request, **options: Any) -> httpx.Response:
        attempts = Attempts(self._patience)
        while True:
            try:
                response = super().send(request, stream=True, **options)
            except httpx.ConnectError:
                wait = attempts.wait_after_refusal()
                if wait is None:
                    raise
            else:
                response.stream = Watched(response)
                if not attempts.may_pass(response):
                    return response
                response.read()
                wait = attempts.wait_after(response)
                if wait is None:
                    return response
            self._patience.sleep(wait)


class AsyncRetryingClient(httpx.AsyncClient):
    """As `RetryingClient`, asynchronous."""

    def __init__(self, patience: Patience, **options: Any) -> None:
        super().__init__(**options)
        self._patience = patience

    async def send(self, request: httpx.Request, *, stream: bool = False, **options: Any) -> httpx.Response:
        """As httpx, with the response of the last attempt."""
        response = await self._sent(request, **options)
        if not stream:
            await response.aread()
        return response

    async def _sent(self, request: httpx.Request, **options: Any) -> httpx.Response:
        attempts = Attempts(self._patience)
        while True:
            try:
                response = await super().send(request, stream=True, **options)
            except httpx.ConnectError:
                wait = attempts.wait_after_refusal()
                if wait is None:
                    raise
            else:
                response.stream = WatchedAsync(response)
                if not attempts.may_pass(response):
                    return response
                await response.aread()
                wait = attempts.wait_after(response)
                if wait is None:
                    return response
            await self._patience.sleep_async(wait)
