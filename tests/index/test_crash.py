from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked"),
]


def _run(folder: Path, module: str, kills: int, *, enough: str) -> None:
    # in a process of its own: forking a test runner with threads is asking for trouble
    code = (
        f"import sys; from pathlib import Path; from tests.index import crash, {module} as kind; "
        f"count = kind.run(Path(sys.argv[1]), kills={kills}, seed=2); print(crash.summary(count)); "
        f"sys.exit(bool(count.faults) or not ({enough}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_nothing_acknowledged_is_lost_and_nothing_mixed_by_fifty_kills(tmp_path: Path) -> None:
    _run(tmp_path, "crash", 50, enough="count.acknowledged >= 20 and count.killed_inside_an_operation >= 10")


def test_every_answer_is_right_after_six_kills_with_chroma_at_work(tmp_path: Path) -> None:
    _run(tmp_path, "crash_vectors", 6, enough="count.kills == 6 and count.questions >= 36 and not count.not_by_chroma")
