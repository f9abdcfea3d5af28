"""What the reading model learns from: a text that is read for a question or a claim, and what is right about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Task = Literal["question", "claim"]


@dataclass(frozen=True, slots=True)
class Example:
    """A `text`, read for a question or a claim (`asked`).

    For a question `answers` are spans of the text that answer it; without any the text does not. For a claim `answers`
    is empty and `supported` tells whether the text bears it out. `sentences` are the spans that can be evidence.
    `source` names the data it was made from, and how.
    """

    task: Task
    asked: str
    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    answers: tuple[tuple[int, int], ...] = ()
    supported: bool | None = None
    source: str = ""


def write(examples: Iterable[Example], file: Path) -> int:
    """Writes one JSON object a line; returns how many."""
    count = 0
    with file.open("w", encoding="utf-8") as lines:
        for example in examples:
            lines.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            count += 1
    return count


def read(file: Path) -> Iterator[Example]:
    """The examples of a file, in order."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row["sentences"] = tuple(map(tuple, row["sentences"]))
            row["answers"] = tuple(map(tuple, row["answers"]))
            yield Example(**row)
