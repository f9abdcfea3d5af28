"""Kills an index at work many times and counts what is lost (it should be nothing).

`python -m benchmarks.crash --kills 1000 --seed 1` writes benchmarks/results/crash.json; about 10 minutes for 1,000.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.index import crash


def main() -> int:
    """Runs the kills and prints the counts; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "crash.json")
    arguments = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        count = crash.run(Path(folder), kills=arguments.kills, seed=arguments.seed)
    result = {"seed": arguments.seed, "seconds": round(time.perf_counter() - started, 1), **asdict(count)}
    text = json.dumps(result, indent=2)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 1 if count.faults else 0


if __name__ == "__main__":
    sys.exit(main())
