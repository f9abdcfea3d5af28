"""Kills an index at work many times and counts what is lost (it should be nothing).

    python -m benchmarks.crash --kills 1000 --seed 1

takes about 10 minutes and writes benchmarks/results/crash.json. With `--vectors` it kills with Chroma at work, which
takes longer to start (about 10 minutes for 100 kills), and writes benchmarks/results/crash_vectors.json.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks.runs import RESULTS, runner, write_results
from tests.index import crash, crash_vectors


def main() -> int:
    """Runs the kills and prints the counts; 1 where anything was lost."""
    parser = runner("crash", __doc__)
    parser.set_defaults(json=None)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--vectors", action="store_true", help="with Chroma at work")
    arguments = parser.parse_args()
    arguments.json = arguments.json or RESULTS / f"crash{'_vectors' if arguments.vectors else ''}.json"
    run = crash_vectors.run if arguments.vectors else crash.run
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        count = run(Path(folder), kills=arguments.kills, seed=arguments.seed)
    results = {"seconds": round(time.perf_counter() - started, 1), **asdict(count)}
    print(json.dumps(results, indent=1))
    write_results(parser, arguments, results, settings={"seed": arguments.seed})
    return 1 if count.faults else 0


if __name__ == "__main__":
    sys.exit(main())
