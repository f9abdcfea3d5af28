"""Kills an index at work many times and counts what is lost (it should be nothing).

`python -m benchmarks.crash --kills 1000 --seed 1` writes benchmarks/results/crash.json; about 10 minutes for 1,000.
`python -m benchmarks.crash --kills 100 --vectors` kills with Chroma at work, which takes longer to start, and writes
benchmarks/results/crash_vectors.json; about 10 minutes for 100.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.index import crash, crash_vectors


def main() -> int:
    """Runs the kills and prints the counts; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--vectors", action="store_true", help="with Chroma at work")
    parser.add_argument("--out", type=Path, help="where the counts go")
    arguments = parser.parse_args()
    out = arguments.out or Path(__file__).parent / "results" / f"crash{'_vectors' if arguments.vectors else ''}.json"
    run = crash_vectors.run if arguments.vectors else crash.run
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        count = run(Path(folder), kills=arguments.kills, seed=arguments.seed)
    result = {"seed": arguments.seed, "seconds": round(time.perf_counter() - started, 1), **asdict(count)}
    text = json.dumps(result, indent=2)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 1 if count.faults else 0


if __name__ == "__main__":
    sys.exit(main())
