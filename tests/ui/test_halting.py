"""Steps that nobody wants any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assistant.ui.panels.halting import until


def three(go: threading.Event, closed: threading.Event) -> Iterator[int]:
    """Three steps, of which the second waits for `go`; `closed` tells that they have ended."""
    try:
        yield 1
        go.wait()
        yield 2
        yield 3
    finally:
        closed.set()


def test_all_steps_come_in_order() -> None:
    assert list(until(threading.Event(), range(1000))) == list(range(1000))


def test_what_making_them_raises_is_raised_behind_the_steps_before_it() -> None:
    def steps() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    made = until(threading.Event(), steps())
    assert next(made) == 1
    with pytest.raises(ValueError, match="no more"):
        next(made)


def test_a_step_that_does_not_come_is_not_waited_for_and_its_maker_is_left_at_the_next() -> None:
    halted, go, closed = threading.Event(), threading.Event(), threading.Event()
    made = until(halted, three(go, closed))
    assert next(made) == 1
    threading.Timer(0.1, halted.set).start()
    assert list(made) == []
    assert not closed.is_set()
    go.set()
    assert closed.wait(10)


def test_who_goes_away_lets_the_maker_end() -> None:
    go, closed = threading.Event(), threading.Event()
    made = until(threading.Event(), three(go, closed))
    assert next(made) == 1
    made.close()  # type: ignore[attr-defined]
    go.set()
    assert closed.wait(10)
