"""How the page ends: in one line, also where requests are still under way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

_CANCELS = "Cancel %s running task(s), timeout graceful shutdown exceeded"  # what uvicorn says
_BROKEN_OFF = "%s under way when the page was ended and broken off: what is missing can be asked for again"


@contextmanager
def ending_plainly() -> Iterator[None]:
    """Within it, uvicorn says once that requests were broken off at the end, instead of a traceback for each."""
    log, plainly = logging.getLogger("uvicorn.error"), _Plainly()
    log.addFilter(plainly)
    try:
        yield
    finally:
        log.removeFilter(plainly)


class _Plainly(logging.Filter):
    """Drops the traceback of a request that was cancelled: uvicorn cancels none before it ends."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg == _CANCELS and isinstance(record.args, tuple) and isinstance(record.args[0], int):
            count = record.args[0]
            record.msg, record.args = _BROKEN_OFF, (f"{count} request{' was' if count == 1 else 's were'}",)
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            return True
        return record.exc_info is None or not isinstance(record.exc_info[1], asyncio.CancelledError)
