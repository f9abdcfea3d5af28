from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant
from tests.ui.stage import stage

BRIEFINGS: dict[str, str | bytes] = {
    "talks.md": "# Talks in Singapore\n\nThe minister declined the meeting. The reason was the sanctions of 2018.\n",
    "grain.txt": "Grain exports\n\nThe corridor carried 33 million tonnes of grain. It ended in July 2023.\n",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    made = stage(tmp_path, dict(BRIEFINGS))
    yield made
    made.close()
