"""How long a second sync over unchanged files takes, and what an edit of one file costs.

`python -m benchmarks.sync --files 1000` writes benchmarks/results/sync.json. Uses the bundled model and the readers'
child process, as the program does.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from pathlib import Path

from assistant.chunking.sentences import SentenceChunker
from assistant.corpus import SUPPORTED
from assistant.corpus.sandbox import ParserProcess
from assistant.embedding.transformer import TransformerEmbedder
from assistant.index.briefing_index import BriefingIndex
from assistant.index.report import SyncReport
from benchmarks.made_corpus import write_corpus


def sync_once(corpus: Path, folder: Path) -> tuple[SyncReport, float]:
    """Opens, syncs and closes with fresh objects, as a new process would; the report and all seconds."""
    started = time.perf_counter()
    embedder = TransformerEmbedder()
    chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
    with ParserProcess() as parser, BriefingIndex.open(folder, embedder=embedder, chunker=chunker) as index:
        *_, report = index.sync(corpus, parse=parser.parse, suffixes=SUPPORTED)
    if not isinstance(report, SyncReport):
        raise AssertionError("the last event of a sync is its report")
    return report, time.perf_counter() - started


def main() -> None:
    """Measures and writes the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--paragraphs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "sync.json")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        corpus, folder = Path(place, "corpus"), Path(place, "index")
        write_corpus(corpus, files=arguments.files, paragraphs=arguments.paragraphs)
        write_corpus(corpus / "long", files=1, paragraphs=24, seed=1)
        for path in corpus.rglob("*.txt"):  # files older than two seconds, as nearly all are
            os.utime(path, (time.time() - 60, time.time() - 60))
        first, first_seconds = sync_once(corpus, folder)
        second, second_seconds = sync_once(corpus, folder)
        [edited] = (corpus / "long").rglob("*.txt")
        edited.write_text(edited.read_text(encoding="utf-8").replace("Item 0-12.", "Item twelve."), encoding="utf-8")
        third, third_seconds = sync_once(corpus, folder)
    [changed] = [outcome for outcome in third.outcomes if outcome.status == "indexed"]
    result = {
        "machine": {"cores": os.cpu_count(), "load_at_end": os.getloadavg(), "python": platform.python_version()},
        "files": arguments.files + 1,
        "first": {"seconds": round(first_seconds, 2), "embedded": first.embedded, "indexed": first.count("indexed")},
        "second": {
            "seconds": round(second_seconds, 2),
            "sync_seconds": round(second.seconds, 2),
            "embedded": second.embedded,
            "unchanged": second.count("unchanged"),
        },
        "one_edit": {
            "seconds": round(third_seconds, 2),
            "chunks_of_the_file": changed.chunks,
            "embedded": third.embedded,
        },
    }
    text = json.dumps(result, indent=2)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
