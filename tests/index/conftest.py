from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.corpora import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "corpus").mkdir()
    return Desk(tmp_path / "corpus", tmp_path / "index")
