"""Answers and abstention of the shipped answerer: `python -m benchmarks.answers DATA_FOLDER [--cache F] [--json F]`.

Per set, with a 95 % bootstrap interval over questions: how often the first shown sentence, or one of the first three,
gives a gold answer (abstention switched off), beside the same for the sentences of the first five passages by cosine;
then how often each kind of question is refused at the shipped threshold, and the AUROC of the shipped probability.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from assistant.answering.calibration import shipped
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.embedding.transformer import TransformerEmbedder
from assistant.retrieval.fused import FusedRetriever
from assistant.types import Answer, Done
from benchmarks import answer_sets
from benchmarks.answer_index import SetIndex, WithoutDocuments
from benchmarks.answer_runs import Scored, run_on
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.encodings import CachedEmbedder
from benchmarks.statistics import estimate, permutation_test


def measure(
    answer_set: AnswerSet, embedder: CachedEmbedder, *, limit: int | None, strangers: Sequence[Question]
) -> dict[str, object]:
    """All figures of one set."""
    index = SetIndex(answer_set.documents, embedder)
    scored = run_on(index, answer_set, embedder, limit=limit, strangers=strangers, delete=True)
    retriever = WithoutDocuments(FusedRetriever(index, embedder))
    calibration = shipped()
    answerer = ExtractiveAnswerer(retriever, embedder, index, calibration=replace(calibration, threshold=0.0))
    answers = []
    for item in scored:
        retriever.deleted = item.question.relevant if item.kind == "deleted" else frozenset()
        *_, last = answerer.stream(item.question.text, item.question.text)
        assert isinstance(last, Done)
        answers.append(last.answer)
    figures: dict[str, object] = {"set": answer_set.name, "documents": len(answer_set.documents)}
    figures |= _sentences(scored, answers)
    return figures | _refusals(scored, answers, calibration.threshold)


def _sentences(scored: Sequence[Scored], answers: Sequence[Answer]) -> dict[str, object]:
    pairs = [(item, answer) for item, answer in zip(scored, answers, strict=True) if item.kind == "answerable"]
    figures: dict[str, object] = {}
    for k in (1, 3):
        ours = [float(any(_gives(item.question, answer, place) for place in range(k))) for item, answer in pairs]
        floor = [float(item.floor[:k].any()) for item, _ in pairs]
        figures[f"Sent@{k}"] = asdict(estimate(ours))
        figures[f"Sent@{k}, cosine"] = asdict(estimate(floor))
        figures[f"Sent@{k}, p"] = permutation_test(ours, floor)
    figures["sentences shown"] = float(np.mean([len(answer.citations) for _, answer in pairs]))
    return figures


def _gives(question: Question, answer: Answer, place: int) -> bool:
    if place >= len(answer.citations):
        return False
    citation = answer.citations[place]
    return question.answered_by(citation.source.document_id, citation.span, citation.quote)


def _refusals(scored: Sequence[Scored], answers: Sequence[Answer], threshold: float) -> dict[str, object]:
    figures: dict[str, object] = {}
    by_kind: dict[str, list[float]] = {}
    for item, answer in zip(scored, answers, strict=True):
        by_kind.setdefault(item.kind, []).append(answer.answerability)
    for kind, probabilities in by_kind.items():
        figures[f"refused, {kind}"] = asdict(estimate([float(p < threshold) for p in probabilities]))
        if kind != "answerable":
            figures[f"AUROC against {kind}"] = auroc(by_kind["answerable"], probabilities)
            cosines = [[i.top_cosine for i in scored if i.kind == wanted] for wanted in ("answerable", kind)]
            figures[f"AUROC against {kind}, cosine"] = auroc(*cosines)
    return figures


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties half."""
    ranks = np.sort(np.asarray(negative))
    below = np.searchsorted(ranks, positive, side="left") + np.searchsorted(ranks, positive, side="right")
    return float(below.mean() / (2 * len(ranks)))


def main() -> None:
    """Prints the figures of each set and writes them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(".benchmark-cache"))
    parser.add_argument("--json", type=Path, default=Path(__file__).parent / "results" / "answers.json")
    parser.add_argument("--limit", type=int, default=1200, help="questions of SQuAD, drawn by chance")
    arguments = parser.parse_args()
    if not (arguments.data / "squad").is_dir():
        print(f"no question sets in {str(arguments.data)!r}: nothing is measured")
        return
    embedder = CachedEmbedder(TransformerEmbedder(), arguments.cache)
    strangers = answer_sets.out_of_corpus(arguments.data, count=400)
    results = [
        measure(answer_sets.squad_dev(arguments.data), embedder, limit=arguments.limit, strangers=strangers[200:300]),
        measure(answer_sets.realtimeqa_all(arguments.data), embedder, limit=None, strangers=strangers[300:]),
    ]
    print(json.dumps(results, indent=2))
    arguments.json.parent.mkdir(exist_ok=True)
    arguments.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
