"""Is the sentence shown first the one that entails the answer? QED: natural questions, the sentence chosen by people.

    python -m benchmarks.qed DATA_FOLDER [--questions 600] [--cache FOLDER] [--json FILE]

All paragraphs as one corpus. A sentence counts where it covers part of the middle half of the chosen one, so that a
neighbour that only touches it does not. Beside ours the sentences of the first five passages by cosine.
"""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import replace
from pathlib import Path

from assistant.types import Document, Span
from benchmarks.answer_runs import shipped_reader
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.answers import measure
from benchmarks.datasets import make_document
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, sets_there, write_results


def qed(folder: Path) -> AnswerSet:
    """QED dev (Lamm et al. 2021): the questions that one sentence answers, over the paragraphs of all."""
    documents: dict[str, Document] = {}
    questions: list[Question] = []
    for line in (folder / "qed" / "qed-dev.jsonlines").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = str(row["paragraph_text"])
        path = hashlib.sha256(text.encode()).hexdigest()[:16]
        documents.setdefault(path, make_document(path, text, title=str(row["title_text"])))
        annotation = row["annotation"]
        if annotation["explanation_type"] == "single_sentence":
            chosen = annotation["selected_sentence"]
            quarter = (chosen["end"] - chosen["start"]) // 4
            middle = Span(chosen["start"] + quarter, chosen["end"] - quarter)
            questions.append(Question(str(row["question_text"]), gold=((path, middle),), relevant=frozenset({path})))
    return AnswerSet("qed", tuple(documents.values()), tuple(questions))


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("qed", __doc__, data=True)
    parser.add_argument("--questions", type=int, default=600, help="questions, drawn by chance")
    arguments = parser.parse_args()
    reader = shipped_reader()
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there({"qed": qed}, arguments.data):
            asked = random.Random(0).sample(data.questions, min(arguments.questions, len(data.questions)))
            results = measure(replace(data, questions=tuple(asked)), embedder, reader, limit=None, strangers=())
            print(json.dumps(results, indent=1), flush=True)
            settings = {"embedder": embedder.fingerprint, "reader": reader.name, "questions": arguments.questions}
            write_results(parser, arguments, results, settings=settings)


if __name__ == "__main__":
    main()
