"""A sync that waits its turn, such as one that files on the page or a command ask for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.errors import SyncRunning

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from assistant.index.report import SyncEvent

_TURN_SECONDS = 0.5


def synced_in_turn(assistant: Assistant) -> Iterator[SyncEvent | None]:
    """The events of a sync; None again and again while another one has to end first, such as that of the start."""
    while True:
        try:
            yield from assistant.sync()
        except SyncRunning:
            yield None
            time.sleep(_TURN_SECONDS)
        else:
            return
