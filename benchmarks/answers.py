"""Answers and abstention of the shipped answerer, without a language model.

    python -m benchmarks.answers DATA_FOLDER [--limit 1200] [--cache FOLDER] [--json FILE]

Per set, with a 95 % bootstrap interval over questions: how often the first shown sentence, or one of the first three,
gives a gold answer (abstention switched off), beside the same without the reading model, and for the sentences of the
first five passages by cosine; then how often each kind of question is refused at the shipped threshold, and the AUROC
of the shipped probability.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from assistant.answering.base import Answerer
from assistant.answering.calibration import shipped, shipped_scale
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.embedding.base import Embedder
from assistant.reading.base import Reader
from assistant.retrieval.base import Retriever
from assistant.retrieval.fused import FusedRetriever
from assistant.types import Answer, Done
from benchmarks.answer_runs import Scored, run_on, shipped_reader
from benchmarks.answer_sets import AnswerSet, Question, out_of_corpus, realtimeqa_all, squad_dev
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex, WithoutDocuments
from benchmarks.statistics import auroc_estimate, difference, estimate, permutation_test


def measure(
    answer_set: AnswerSet, embedder: Embedder, reader: Reader, *, limit: int | None, strangers: Sequence[Question]
) -> dict[str, object]:
    """All figures of one set."""
    with SetIndex(answer_set.documents, embedder) as index:
        scored = run_on(index, answer_set, embedder, limit=limit, strangers=strangers, delete=True)
        unread = _answers(scored, index, embedder, None)
        answers = _answers(scored, index, embedder, reader)
    figures: dict[str, object] = {"set": answer_set.name, "documents": len(answer_set.documents)}
    threshold = shipped_scale().told(shipped(reading=True).threshold)
    figures |= _sentences(scored, answers, unread) | _refusals(scored, answers, threshold)
    figures["without_reading"] = _refusals(scored, unread, shipped_scale().told(shipped().threshold))
    return figures


def _answers(scored: Sequence[Scored], index: SetIndex, embedder: Embedder, reader: Reader | None) -> list[Answer]:
    """The answers of the shipped answerer, with or without a reader, abstention switched off."""
    retriever = WithoutDocuments(FusedRetriever(index, embedder))
    answerer = always_answering(retriever, index, embedder, reader)
    answers = []
    for item in scored:
        retriever.deleted = item.question.relevant if item.kind == "deleted" else frozenset()
        *_, last = answerer.stream(item.question.text, item.question.text)
        assert isinstance(last, Done)
        answers.append(last.answer)
    return answers


def _sentences(scored: Sequence[Scored], answers: Sequence[Answer], unread: Sequence[Answer]) -> dict[str, object]:
    asked = [place for place, item in enumerate(scored) if item.kind == "answerable"]
    found = {}

    def given(shown: Sequence[Answer], k: int) -> list[float]:
        return [float(any(gives(scored[place].question, shown[place], rank) for rank in range(k))) for place in asked]

    for k in (1, 3):
        ours, others = given(answers, k), given(unread, k)
        cosine = [float(scored[place].floor[:k].any()) for place in asked]
        found[f"Sent@{k}"] = compared(ours, others, cosine)
    pairs = [(scored[place], answers[place]) for place in asked]
    return {"sentences": found, "sentences_shown": asdict(estimate([len(answer.citations) for _, answer in pairs]))}


def compared(ours: Sequence[float], unread: Sequence[float], cosine: Sequence[float]) -> dict[str, object]:
    """Ours, the same without reading, and the cosine on the same questions."""
    return {
        "ours": asdict(estimate(ours)),
        "without_reading": asdict(estimate(unread)),
        "cosine": asdict(estimate(cosine)),
        "difference": asdict(difference(ours, cosine)),
        "p": permutation_test(ours, cosine),
        "p_without_reading": permutation_test(ours, unread),
    }


def always_answering(retriever: Retriever, index: SetIndex, embedder: Embedder, reader: Reader | None) -> Answerer:
    """The shipped answerer, with or without a reader, abstention switched off."""
    always = replace(shipped(reading=reader is not None), threshold=0.0)
    return ExtractiveAnswerer(retriever, embedder, index, reader=reader, calibration=always, chunks_of=index.chunks_of)


def gives(question: Question, answer: Answer, place: int) -> bool:
    """Whether the citation at this place, from 0, gives a gold answer."""
    if place >= len(answer.citations):
        return False
    citation = answer.citations[place]
    return question.answered_by(citation.source.document_id, citation.span, citation.quote)


def _refusals(scored: Sequence[Scored], answers: Sequence[Answer], threshold: float) -> dict[str, object]:
    ours: dict[str, list[float]] = {}
    cosine: dict[str, list[float]] = {}
    for item, answer in zip(scored, answers, strict=True):
        ours.setdefault(item.kind, []).append(answer.answerability)
        cosine.setdefault(item.kind, []).append(item.top_cosine)
    return {
        "refused": {kind: asdict(estimate([float(p < threshold) for p in column])) for kind, column in ours.items()},
        "auroc": {
            kind: {
                "ours": asdict(auroc_estimate(ours["answerable"], ours[kind])),
                "cosine": asdict(auroc_estimate(cosine["answerable"], cosine[kind])),
            }
            for kind in ours
            if kind != "answerable"
        },
    }


def main() -> None:
    """Prints the figures of each set and writes them as JSON."""
    parser = runner("answers", __doc__, data=True)
    parser.add_argument("--limit", type=int, default=1200, help="questions of SQuAD, drawn by chance")
    arguments = parser.parse_args()
    strangers: Sequence[Question] = ()
    for _, found in sets_there({"nq_open": lambda folder: out_of_corpus(folder, count=400)}, arguments.data):
        strangers = found
    asked = {"squad": strangers[200:300], "realtimeqa": strangers[300:]}  # the others fitted the calibration
    results = []
    reader = shipped_reader()
    with bundled_embedder(arguments.cache) as embedder:
        for name, data in sets_there({"squad": squad_dev, "realtimeqa": realtimeqa_all}, arguments.data):
            limit = arguments.limit if name == "squad" else None
            results.append(measure(data, embedder, reader, limit=limit, strangers=asked[name]))
            print(json.dumps(results[-1], indent=1), flush=True)
    if results:
        settings = {
            "embedder": embedder.fingerprint,
            "reader": reader.name,
            "threshold": shipped(reading=True).threshold,
            "threshold without reading": shipped().threshold,
            "limit": arguments.limit,
        }
        write_results(parser, arguments, results, settings=settings)


if __name__ == "__main__":
    main()
