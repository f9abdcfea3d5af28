"""How long a second sync over unchanged files takes, and what an edit of one file costs.

    python -m benchmarks.sync [--files 1000] [--paragraphs 2] [--rounds 5] [--json FILE]

Uses the bundled model and the readers' child process, as the program does. The second sync and the edit are repeated
and their medians reported; every time is from opening the index to closing it.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from pathlib import Path

from assistant.embedding.transformer import TransformerEmbedder
from assistant.index.report import SyncReport
from benchmarks.made_corpus import made_folder, synced, write_corpus
from benchmarks.runs import runner, write_results


def sync_once(corpus: Path, place: Path) -> tuple[SyncReport, float]:
    """One sync with a model that is not loaded yet; the report and the seconds."""
    started = time.perf_counter()
    with synced(corpus, place, TransformerEmbedder()) as (_, report):
        pass
    return report, time.perf_counter() - started


def main() -> None:
    """Measures and writes the result."""
    parser = runner("sync", __doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--paragraphs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with made_folder(files=arguments.files, paragraphs=arguments.paragraphs) as made:
        write_corpus(made.corpus / "long", files=1, paragraphs=24, seed=1)
        for path in made.corpus.rglob("*.txt"):  # files older than two seconds, as nearly all are
            os.utime(path, (time.time() - 60, time.time() - 60))
        first, first_seconds = sync_once(made.corpus, made.indexes)
        again = [sync_once(made.corpus, made.indexes) for _ in range(arguments.rounds)]
        [long] = (made.corpus / "long").rglob("*.txt")
        text = long.read_text(encoding="utf-8")
        edits = []
        for number in range(arguments.rounds):
            long.write_text(text.replace("Item 0-12.", f"Item twelve, edit {number}."), encoding="utf-8")
            edits.append(sync_once(made.corpus, made.indexes))
    [changed] = [outcome for outcome in edits[-1][0].outcomes if outcome.status == "indexed"]
    results = {
        "files": arguments.files + 1,
        "first": {"seconds": round(first_seconds, 2), "embedded": first.embedded, "indexed": first.count("indexed")},
        "unchanged": {
            "median_seconds": round(statistics.median(seconds for _, seconds in again), 3),
            "embedded": sum(report.embedded for report, _ in again),
            "unchanged": again[-1][0].count("unchanged"),
            "rounds": [round(seconds, 3) for _, seconds in again],
        },
        "one_edit": {
            "median_seconds": round(statistics.median(seconds for _, seconds in edits), 2),
            "chunks_of_the_file": changed.chunks,
            "embedded_per_edit": statistics.mean(report.embedded for report, _ in edits),
            "rounds": [round(seconds, 2) for _, seconds in edits],
        },
        "first_over_unchanged": round(first_seconds / statistics.median(seconds for _, seconds in again), 1),
    }
    print(json.dumps(results, indent=1))
    write_results(parser, arguments, results, settings={"embedder": TransformerEmbedder().fingerprint})


if __name__ == "__main__":
    main()
