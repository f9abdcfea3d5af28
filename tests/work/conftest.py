from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.work.database import Database
from assistant.work.opening import open_work


class Clock:
    """A minute goes by each time that it is looked at."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 3, 10, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_work(tmp_path)
    assert opened.database is not None
    assert opened.warnings == ()
    yield opened.database
    opened.database.close()
