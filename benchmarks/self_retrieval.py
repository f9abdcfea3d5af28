"""Does every vector find itself, and does Chroma find what exact search finds, after changes in place?

    python -m benchmarks.self_retrieval [--vectors 10000] [--seed 0] [--json FILE]

Clustered unit vectors (one cluster for about 50), a tenth of them bit-identical copies of others; three rounds in
which 6 % of the rows are deleted and as many new ones put in, few enough to be changed in place. After each round every
vector must be among the first 10 for itself (a copy counts where any of its twins' keys stands for it), and recall@10
is taken over 1,000 new questions.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.embedding.base import Vectors
from assistant.index.vectors.index import VectorIndex
from benchmarks.runs import runner, write_results

DIMENSIONS = 384
ASKED = 1_000
K = 10
CHANGED = 0.03


def clustered(count: int, centres: Vectors, random: np.random.Generator) -> Vectors:
    """Unit vectors around `centres`."""
    found = centres[random.integers(0, len(centres), count)] + 0.5 * random.standard_normal((count, DIMENSIONS))
    unit: Vectors = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return unit


def main() -> None:
    """Runs the rounds and writes the figures."""
    parser = runner("self_retrieval", __doc__)
    parser.add_argument("--vectors", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    centres = random.standard_normal((options.vectors // 50 + 1, DIMENSIONS)).astype(np.float32)
    fresh = clustered(options.vectors - options.vectors // 10, centres, random)
    twins = fresh[random.integers(0, len(fresh), options.vectors // 10)]
    rows = {f"{place:032x}": vector for place, vector in enumerate(np.concatenate([fresh, twins]))}
    rounds = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "index.sqlite"
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL)")
            connection.execute("CREATE TABLE vectors(key TEXT PRIMARY KEY, vector BLOB NOT NULL)")
            connection.executemany("INSERT INTO vectors VALUES (?, ?)", [(k, v.tobytes()) for k, v in rows.items()])
        vectors = VectorIndex(folder, database, DIMENSIONS)
        questions = clustered(ASKED, centres, random)
        for number in range(4):
            if number:
                change(rows, database, number, centres, random)
            vectors.apply_changes()
            if not vectors.wait_until_proved(1_800):
                raise SystemExit(f"not proved: {vectors.status()}")
            rounds.append(measured(vectors, rows, questions))
            print(rounds[-1], flush=True)
        vectors.close()
    settings = {"dimensions": DIMENSIONS, "identical": 0.1, "changed a round": 2 * CHANGED, "seed": options.seed}
    write_results(parser, options, {"vectors": options.vectors, "rounds": rounds}, settings=settings)


def change(
    rows: dict[str, Vectors], database: Path, number: int, centres: Vectors, random: np.random.Generator
) -> None:
    """One round of delete and re-add: of the rows taken out half come back, the rest are new vectors."""
    count = int(len(rows) * CHANGED)
    gone = [str(key) for key in random.choice(sorted(rows), 2 * count, replace=False)]
    back = {f"{number:01x}e{place:030x}": rows[key] for place, key in enumerate(gone[:count])}
    new = {f"{number:01x}f{place:030x}": vector for place, vector in enumerate(clustered(count, centres, random))}
    for key in gone:
        del rows[key]
    rows.update({**back, **new})
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("DELETE FROM vectors WHERE key = ?", [(key,) for key in gone])
        added = [(key, vector.tobytes()) for key, vector in {**back, **new}.items()]
        connection.executemany("INSERT INTO vectors VALUES (?, ?)", added)


def measured(vectors: VectorIndex, rows: dict[str, Vectors], questions: Vectors) -> dict[str, object]:
    """The figures of one round."""
    keys = list(rows)
    matrix = np.stack([rows[key] for key in keys])
    lost = sum(key not in {found for found, _ in vectors.nearest(rows[key], K)} for key in keys)
    hits, seconds = 0, 0.0
    for question in questions:
        cosines = matrix @ question
        # The k-th best cosine decides, so that identical vectors may stand for one another.
        least = float(np.partition(cosines, -K)[-K]) - 1e-6
        began = time.perf_counter()
        found = vectors.nearest(question, K)
        seconds += time.perf_counter() - began
        hits += sum(cosine >= least - 1e-5 for _, cosine in found)
    status = vectors.status()
    return {
        "done": status.why,
        "generation": status.generation,
        "seconds": round(status.seconds, 2),
        "vectors": len(rows),
        "distinct": status.vectors,
        "not_found_for_themselves": lost,
        "recall_at_10": round(hits / (K * len(questions)), 5),
        "milliseconds_a_question": round(1_000 * seconds / len(questions), 2),
    }


if __name__ == "__main__":
    main()
