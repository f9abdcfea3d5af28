"""Questions that hang on a time: TimeQA's easy and hard wordings of the same facts, over 318 encyclopaedia pages.

    python -m benchmarks.timeqa DATA_FOLDER [--questions 300] [--cache FOLDER] [--json FILE]

Easy questions name the time as the page does, hard ones otherwise ("before Mar 1811"); a system that ignores time does
about as badly on both. How often one of the first five passages holds the gold place, for words, vectors, and ours with
and without reading the time of the question; and how often the first sentence shown, or one of the first three, does.
The pages bear no date, so that a time can only be found in their text. Abstention is switched off.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answering.calibration import shipped
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.embedding.base import Embedder
from assistant.language.dates import time_of_question
from assistant.retrieval.base import Retriever
from assistant.retrieval.dense import DenseRetriever
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.lexical import LexicalRetriever
from assistant.retrieval.temporal import TemporalRetriever
from assistant.types import DateRange, Document, Done, Passage, Span
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.datasets import make_document
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex
from benchmarks.statistics import difference, estimate, permutation_test

WORDINGS = ("easy", "hard")
_TODAY = date(2021, 8, 1)  # when the set was made; only "last year" and the like would hang on it
_DEPTH = 5

Find = Callable[[Question], Sequence[Passage]]


def timeqa(folder: Path, wording: str) -> AnswerSet:
    """The answerable questions of one wording (Chen, Wang and Wang 2021), over the pages of both wordings."""
    rows = {each: _rows(folder / "timeqa" / f"human_train.{each}.json.gzip") for each in WORDINGS}
    documents: dict[str, Document] = {}
    for row in (row for every in rows.values() for row in every):
        page = _page(row)
        title = page.removeprefix("/wiki/").replace("_", " ")
        documents.setdefault(page, make_document(page, row["context"], title=title))
    questions = []
    for row in rows[wording]:
        page = _page(row)
        places = zip(row["from"], row["end"], row["targets"], strict=True)
        gold = tuple((page, Span(start, end)) for start, end, target in places if target)
        if gold and documents[page].text == row["context"]:
            questions.append(Question(row["question"], tuple(row["targets"]), gold, frozenset({page})))
    return AnswerSet(f"timeqa:{wording}", tuple(documents.values()), tuple(questions))


def measure(sets: Sequence[AnswerSet], embedder: Embedder, *, questions: int) -> dict[str, object]:
    """All figures; the sets share their documents."""
    with SetIndex(sets[0].documents, embedder) as index:
        fused = FusedRetriever(index, embedder)
        answerer = ExtractiveAnswerer(fused, embedder, index, calibration=replace(shipped(), threshold=0.0))
        figures: dict[str, object] = {"documents": len(sets[0].documents)}
        for data in sets:
            asked = random.Random(0).sample(data.questions, min(questions, len(data.questions)))
            found = {
                "words": _found(asked, _by(LexicalRetriever(index))),
                "vectors": _found(asked, _by(DenseRetriever(index, embedder))),
                "without time": _found(asked, _by(fused)),
                "ours": _found(asked, lambda question: _timely(fused, question)),
            }
            shown = {k: [float(_shows(answerer, question, k)) for question in asked] for k in (1, 3)}
            figures[data.name] = {
                "questions": len(asked),
                f"R@{_DEPTH}": {name: asdict(estimate(values)) for name, values in found.items()},
                "ours minus without time": asdict(difference(found["ours"], found["without time"])),
                "p": permutation_test(found["ours"], found["without time"]),
                "time read": sum(_time(question) is not None for question in asked),
                **{f"Sent@{k}": asdict(estimate(values)) for k, values in shown.items()},
            }
    return figures


def _by(retriever: Retriever) -> Find:
    return lambda question: retriever.retrieve(question.text, k=_DEPTH)


def _timely(fused: FusedRetriever, question: Question) -> Sequence[Passage]:
    time = _time(question)
    retriever = fused if time is None else TemporalRetriever(fused, time)
    return retriever.retrieve(question.text, k=_DEPTH)


def _time(question: Question) -> DateRange | None:
    found = time_of_question(question.text, today=_TODAY)
    return found[0] if found is not None else None


def _found(questions: Sequence[Question], find: Find) -> list[float]:
    return [
        float(any(question.answered_by(each.chunk.document_id, each.chunk.span, each.chunk.text) for each in found))
        for question in questions
        for found in [find(question)]
    ]


def _shows(answerer: ExtractiveAnswerer, question: Question, sentences: int) -> bool:
    *_, last = answerer.stream(question.text, question.text, time=_time(question))
    assert isinstance(last, Done)
    return any(
        question.answered_by(each.source.document_id, each.span, each.quote)
        for each in last.answer.citations[:sentences]
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    content = path.read_bytes()
    text = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content  # named gzip, and plain in some copies
    return [json.loads(line) for line in text.decode("utf-8").splitlines()]


def _page(row: dict[str, Any]) -> str:
    return str(row["idx"]).split("#", 1)[0]


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("timeqa", __doc__, data=True)
    parser.add_argument("--questions", type=int, default=300, help="questions of each wording, drawn by chance")
    arguments = parser.parse_args()
    loaders = {f"timeqa:{each}": (lambda folder, each=each: timeqa(folder, each)) for each in WORDINGS}
    sets = [data for _, data in sets_there(loaders, arguments.data)]
    if sets:
        with bundled_embedder(arguments.cache) as embedder:
            results = measure(sets, embedder, questions=arguments.questions)
            print(json.dumps(results, indent=1), flush=True)
            settings = {"embedder": embedder.fingerprint, "questions": arguments.questions}
            write_results(parser, arguments, results, settings=settings)


if __name__ == "__main__":
    main()
