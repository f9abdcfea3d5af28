from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 50


@pytest.mark.crash
@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="workers are forked")
def test_nothing_acknowledged_is_lost_and_nothing_mixed_by_fifty_kills(tmp_path: Path) -> None:
    # in a process of its own: forking a test runner with threads is asking for trouble
    code = (
        "import sys; from pathlib import Path; from tests.index import crash; "
        f"count = crash.run(Path(sys.argv[1]), kills={KILLS}, seed=2); print(crash.summary(count)); "
        "sys.exit(bool(count.faults) or count.acknowledged < 20 or count.killed_inside_an_operation < 10)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
