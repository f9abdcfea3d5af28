"""Questions and documents for a system that runs in another environment, and its replies read back.

    python -m benchmarks.handed_over DATA_FOLDER --to QUESTIONS.json [--questions 5]

Written are the sets of `benchmarks.written`, with so many questions of each kind: the first of those that we are asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.wiring import build_models
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.runs import runner, sets_there
from benchmarks.written_sets import drawn, loaders
from benchmarks.written_systems import Reply, marked_share, refuses


class Recorded:
    """A system that replied elsewhere to questions of a set; `file` has its replies as lines of JSON, of all sets."""

    def __init__(self, file: Path, data: AnswerSet) -> None:
        rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        self._replies = {row["question"]: row for row in rows if row["set"] == data.name}
        self.questions = min(self._in_order(drawn(data, kind=kind)) for kind in (True, False))

    def ask(self, question: str) -> Reply:
        """What it replied; raises KeyError where it was not asked."""
        row = self._replies[question]
        text = str(row["text"])
        share = marked_share(text)
        return Reply(text, tuple(row["cited"]), row["seconds"], row["refuses"] or refuses(text), share)

    def _in_order(self, questions: Sequence[Question]) -> int:
        """How many of the first questions have a reply."""
        return sum(1 for _ in takewhile(lambda each: each.text in self._replies, questions))


def as_json(sets: Iterable[AnswerSet], *, questions: int) -> list[dict[str, Any]]:
    """The sets with their documents and so many questions of each kind, one of each in turn."""

    def chosen(data: AnswerSet) -> list[Question]:
        answerable, unanswerable = (drawn(data, kind=kind)[:questions] for kind in (True, False))
        return list(chain.from_iterable(zip(answerable, unanswerable, strict=True)))

    return [
        {
            "name": data.name,
            "documents": [
                {"id": each.id, "title": each.source.title or "", "text": each.text} for each in data.documents
            ],
            "questions": [each.text for each in chosen(data)],
        }
        for data in sets
    ]


def main() -> None:
    """Writes the file."""
    parser = runner("handed_over", __doc__, data=True)
    parser.add_argument("--to", type=Path, required=True, help="the file to write")
    parser.add_argument("--questions", type=int, default=5, help="of each kind and set")
    arguments = parser.parse_args()
    sets = [data for _, data in sets_there(loaders(build_models(Settings.read())), arguments.data)]
    arguments.to.write_text(json.dumps(as_json(sets, questions=arguments.questions), ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
