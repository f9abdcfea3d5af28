"""Does an evaluation catch an assistant that was made worse, and is it quiet about one that was not?

    python -m benchmarks.planted [--unchanged 20] [--json FILE]

Runs the whole golden set of this repository: once to make a baseline, `--unchanged` times as it is, and once with each
of the plants of `tests/evaluation/planted.py` (worse chunking, a shuffled ranking, citations off by one character, a
dropped abstention threshold, a reader that loses one page). Counts the findings and keeps the reasons.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import time
from collections import Counter
from pathlib import Path

from assistant.__main__ import main as assistant
from benchmarks.runs import runner, write_results
from tests.evaluation.planted import PLANTED, planted

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"


def main() -> None:
    """Runs from the command line."""
    parser = runner("planted", __doc__)
    parser.add_argument("--unchanged", type=int, default=20, help="runs of the assistant as it is")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        folder = Path(name)
        baseline = folder / "baseline.json"
        code, _, seconds = evaluated(folder / "cache", baseline, "--accept")
        if code:
            raise SystemExit("the assistant as it is breaks an invariant: run `assistant eval tests/golden`")
        print(f"baseline: {seconds:.0f} s with indexing", flush=True)
        results: dict[str, object] = {"baseline_seconds": round(seconds, 1)}
        results["planted"] = {
            plant: caught(plant, folder / plant.replace(" ", "-"), baseline) for plant in sorted(PLANTED)
        }
        results["unchanged"] = quiet(arguments.unchanged, folder / "cache", baseline)
    write_results(parser, arguments, results, settings={"golden": "tests/golden", "unchanged": arguments.unchanged})


def caught(plant: str, cache: Path, baseline: Path) -> dict[str, object]:
    """The exit code and the reasons of a run with this plant."""
    with planted(plant):
        code, printed, seconds = evaluated(cache, baseline)
    reasons = [line.strip() for line in printed.rpartition("Failed.")[2].splitlines() if line.startswith("  ")]
    print(f"{plant}: exit {code}, {reasons[:1]}, {seconds:.0f} s", flush=True)
    return {"exit": code, "reasons": [reason for reason in reasons if reason][:8]}


def quiet(runs: int, cache: Path, baseline: Path) -> dict[str, object]:
    """How often an unchanged assistant passed, and what the comparisons found."""
    passed, findings, times = 0, Counter[str](), []
    for _ in range(runs):
        code, printed, seconds = evaluated(cache, baseline)
        passed += code == 0
        times.append(round(seconds, 1))
        for finding in ("no difference shown", "cannot tell", "worse", "better"):
            findings[finding] += sum(line.rstrip().endswith(finding) for line in printed.splitlines())
    print(f"unchanged: {passed} of {runs} passed, {dict(findings)}, {sorted(times)[len(times) // 2]} s", flush=True)
    return {"runs": runs, "passed": passed, "findings": dict(findings), "seconds": times}


def evaluated(cache: Path, baseline: Path, *options: str) -> tuple[int, str, float]:
    """The exit code of `assistant eval`, what it printed, and its seconds."""
    os.environ["XDG_CACHE_HOME"] = str(cache)
    printed, code, start = io.StringIO(), 0, time.perf_counter()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            assistant(["eval", str(GOLDEN), "--baseline", str(baseline), *options])
        except SystemExit as ended:
            code = int(ended.code or 0)
    return code, printed.getvalue(), time.perf_counter() - start


if __name__ == "__main__":
    main()
