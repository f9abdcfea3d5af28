"""A folder of made briefings of any size: paragraphs of the sample corpus, shuffled and numbered."""

from __future__ import annotations

import random
from pathlib import Path

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
