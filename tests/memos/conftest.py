from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chat import Assistant
from assistant.memos.memo import Memo
from tests.memos.briefings import drafted, staged


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = staged(tmp_path_factory.mktemp("memos"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def memo(assistant: Assistant) -> Memo:
    return drafted(assistant)
