"""An LLM that is kept for a while and then built anew, as its server may have been started with another window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from assistant.llms.base import LLM

KEPT_SECONDS = 60.0
"""How long what a server says of itself is believed; to ask costs a few requests to it."""


class KeptLLM:
    """What `build` gives, kept for `seconds`; call it for the LLM. Safe to use from several threads.

    `forget` has it built anew at the next call: a server that refuses a prompt as too long is not what it was.
    """

    def __init__(
        self, build: Callable[[], LLM], *, seconds: float = KEPT_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._build = build
        self._seconds = seconds
        self._clock = clock
        self._guard = threading.Lock()
        self._kept: tuple[LLM, float] | None = None

    def __call__(self) -> LLM:
        """The LLM; raises what `build` raises, and then keeps nothing."""
        with self._guard:
            if self._kept is None or self._clock() >= self._kept[1]:
                self._kept = None
                self._kept = (self._build(), self._clock() + self._seconds)
            return self._kept[0]

    def forget(self) -> None:
        """Keeps nothing any longer."""
        with self._guard:
            self._kept = None
