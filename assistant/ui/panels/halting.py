"""Steps that come from elsewhere until nobody wants them any more, however long the next one takes."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator
from threading import Event, Thread
from typing import TypeVar

Step = TypeVar("Step")

_LOOK_SECONDS = 0.05


def until(halted: Event, steps: Iterable[Step]) -> Iterator[Step]:
    """The steps, one by one, until there are no more or `halted` is set; raises what making them raises.

    They are made by a thread of their own, which ends at its next step: a language model may be silent for a minute,
    and whoever stops it does not wait for that.
    """
    line: queue.SimpleQueue[tuple[Step, ...]] = queue.SimpleQueue()
    failures: list[BaseException] = []
    left = Event()

    def make() -> None:
        try:
            for step in steps:
                if halted.is_set() or left.is_set():
                    return
                line.put((step,))
        except BaseException as error:  # whoever waits for the steps is to meet it
            failures.append(error)
        finally:
            line.put(())

    Thread(target=make, name="steps", daemon=True).start()
    try:
        while not halted.is_set():
            try:
                made = line.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                continue
            if failures and not made:
                raise failures[0]
            if not made:
                return
            if not halted.is_set():
                yield made[0]
    finally:
        left.set()
