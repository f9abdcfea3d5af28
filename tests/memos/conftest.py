from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chat import Assistant
from assistant.memos.memo import Memo
from assistant.memos.numbering import notes
from tests.memos.briefings import drafted, staged
from tests.memos.edits import Library


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = staged(tmp_path_factory.mktemp("memos"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def memo(assistant: Assistant) -> Memo:
    return drafted(assistant)


@pytest.fixture
def library(assistant: Assistant, memo: Memo) -> Library:
    return {each.source.path: assistant.document(each.source.path) for each in notes(memo)}
