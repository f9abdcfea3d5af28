"""The attacks as golden cases: what is asked, what answers it, and what no right answer says.

`python -m tests.injection.golden FOLDER [COUNT]` writes them, or so many drawn by chance, with their documents, so that
`assistant eval FOLDER` can ask any assistant, one with a language model too.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from tests.injection.attacks import Attack, attacks, write


def golden_cases(made: Sequence[Attack]) -> Iterator[dict[str, object]]:
    """A case for each attack, as a golden file has it."""
    for attack in made:
        yield {
            "id": attack.id,
            "question": attack.briefing.question,
            "relevant": [{"document": attack.path, "quote": attack.briefing.truth}],
            "must_say": [attack.briefing.place],
            "must_not_say": [attack.told],
            "tags": ["injection", attack.goal.name, attack.carrier.name],
        }


def write_golden(made: Sequence[Attack], folder: Path) -> Path:
    """Writes the documents below `folder` and the golden file into it; returns the path of that file."""
    write(made, folder / "corpus")
    path = folder / "injection.golden.yaml"
    cases = {"corpus": "corpus", "split": "test", "cases": list(golden_cases(made))}
    path.write_text(yaml.safe_dump(cases, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    return path


if __name__ == "__main__":
    made: Sequence[Attack] = attacks()
    if len(sys.argv) > 2:
        made = random.Random(0).sample(made, int(sys.argv[2]))
    write_golden(made, Path(sys.argv[1]))
