"""A server that does what a test wants of it, and the watch over what is logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.llms.failing.asking import KEY, Waits
from tests.llms.wrong_server import Server, serving


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


@pytest.fixture
def waits() -> Waits:
    return Waits()
