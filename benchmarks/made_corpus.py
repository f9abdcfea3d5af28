"""A folder of made briefings of any size (paragraphs of the samples, shuffled and numbered), and an index of it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.chunking.sentences import SentenceChunker
from assistant.corpus import SUPPORTED
from assistant.corpus.sandbox import ParserProcess
from assistant.embedding.base import Embedder
from assistant.index.briefing_index import BriefingIndex
from assistant.index.report import SyncReport

SAMPLE = Path(__file__).parents[1] / "corpus"


def write_corpus(folder: Path, *, files: int, paragraphs: int = 8, seed: int = 0) -> int:
    """Writes `files` text files, the same for the same arguments; returns their size in bytes.

    Every paragraph carries a number of its own, so that no two are equal and each must be embedded.
    """
    pool = [
        paragraph
        for path in sorted(SAMPLE.glob("*/*.md"))
        for paragraph in path.read_text(encoding="utf-8").split("---", 2)[-1].split("\n\n")
        if len(paragraph) > 120 and "http" not in paragraph
    ]
    if not pool:
        raise SystemExit(f"no sample briefings in {SAMPLE}")
    chance = random.Random(seed)
    size = 0
    for number in range(files):
        chosen = [f"Item {number}-{place}. {chance.choice(pool).strip()}" for place in range(paragraphs)]
        path = folder / f"{number % 20:02}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n\n".join(chosen) + "\n"
        path.write_text(text, encoding="utf-8")
        size += len(text.encode("utf-8"))
    return size


@dataclass(frozen=True, slots=True)
class MadeFolder:
    """Made briefings of `size` bytes in `corpus`, and an empty folder for indexes beside it."""

    corpus: Path
    indexes: Path
    size: int


@contextmanager
def made_folder(*, files: int, paragraphs: int) -> Iterator[MadeFolder]:
    """A made corpus that is gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place, "corpus")
        yield MadeFolder(corpus, Path(place, "indexes"), write_corpus(corpus, files=files, paragraphs=paragraphs))


def chunker_for(embedder: Embedder) -> SentenceChunker:
    """The product's chunker for this model."""
    return SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)


@contextmanager
def synced(corpus: Path, place: Path, embedder: Embedder) -> Iterator[tuple[BriefingIndex, SyncReport]]:
    """The index in `place` after one sync with the folder, opened and closed as a process of its own would."""
    chunker = chunker_for(embedder)
    with ParserProcess() as parser, BriefingIndex.open(place, embedder=embedder, chunker=chunker) as index:
        *_, report = index.sync(corpus, parse=parser.parse, suffixes=SUPPORTED)
        if not isinstance(report, SyncReport):
            raise AssertionError("the last event of a sync is its report")
        yield index, report
