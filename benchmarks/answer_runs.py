"""Runs questions of a set through the product's retrieval and evidence scoring, with all sentences encoded at once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked.asked_for import asked_for
from assistant.answering.asked.presupposition import parted
from assistant.answering.candidates import Candidate, candidates_of
from assistant.answering.evidence import Evidence
from assistant.answering.judging import PASSAGES, PASSAGES_READ, of_what_is_asked
from assistant.answering.query import Query
from assistant.answering.readings import Readings
from assistant.answering.scoring import SENTENCE_FEATURES, EvidenceScorer, shipped_weights
from assistant.answering.subjects import subjects_of, unknown
from assistant.embedding.base import Embedder
from assistant.reading.base import Reader
from assistant.reading.cross_encoder import CrossEncoder
from assistant.reading.remembering import ReadOnce
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.reranked import RerankedRetriever
from assistant.wiring import build_reader
from benchmarks.answer_sets import AnswerSet, Question
from benchmarks.set_index import SetIndex, WithoutDocuments

Kind = Literal["answerable", "unanswerable", "deleted", "out of corpus"]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question with what the scorer saw: candidates, their features, and which of them give a gold answer.

    `floor` are the gold answers' flags of all sentences of the first five passages, by cosine, best first.
    `strange` tells that the question names something that the corpus never does.
    """

    question: Question
    kind: Kind
    query: Query
    candidates: Sequence[Candidate]
    features: NDArray[np.float64]
    gold: NDArray[np.bool_]
    floor: NDArray[np.bool_]
    top_cosine: float
    strange: bool


def run(
    answer_set: AnswerSet,
    embedder: Embedder,
    *,
    limit: int | None = None,
    strangers: Sequence[Question] = (),
    delete: bool = False,
    reader: Reader | None = None,
) -> list[Scored]:
    """Every question once, `strangers` as out of corpus, and with `delete` again without its relevant documents."""
    with SetIndex(answer_set.documents, embedder) as index:
        return run_on(index, answer_set, embedder, limit=limit, strangers=strangers, delete=delete, reader=reader)


def shipped_reader() -> Reader:
    """The reading model as the product wires it."""
    return build_reader(CrossEncoder())


def run_on(
    index: SetIndex,
    answer_set: AnswerSet,
    embedder: Embedder,
    *,
    limit: int | None = None,
    strangers: Sequence[Question] = (),
    delete: bool = False,
    reader: Reader | None = None,
) -> list[Scored]:
    """The same over an index that is there already; with a `reader` as the product reads, ranks and scores."""
    hidden = WithoutDocuments(FusedRetriever(index, embedder))
    passages = PASSAGES if reader is None else PASSAGES_READ
    scorer = EvidenceScorer(embedder, index, reader=reader, weights={})
    questions = list(answer_set.questions)
    random.Random(0).shuffle(questions)
    jobs: list[tuple[Question, Kind]] = [
        (q, "answerable" if q.answerable else "unanswerable") for q in questions[:limit]
    ]
    if delete:
        jobs += [(q, "deleted") for q, kind in jobs if kind == "answerable" and q.relevant]
    jobs += [(q, "out of corpus") for q in strangers]
    embedder.encode([q.text for q, _ in jobs])
    seen = []
    for question, kind in jobs:
        hidden.deleted = question.relevant if kind == "deleted" else frozenset()
        subjects = subjects_of(question.text, index.document_frequency)
        names = [subject for subject in subjects if subject.proper]
        once = None if reader is None else ReadOnce(reader)
        retriever = hidden if once is None else RerankedRetriever(hidden, once)
        found = retriever.retrieve(question.text, k=10)
        query = scorer.read(question.text, subjects)
        every = [candidate for passage in found[:passages] for candidate in candidates_of(passage)]
        readings = scorer.readings(query, found[:passages], once)
        seen.append((question, kind, query, every, readings, bool(unknown(names, index.document_frequency))))
    embedder.encode([candidate.text for _, _, _, every, _, _ in seen for candidate in every])
    return [_score(*each, embedder, scorer) for each in seen if each[3]]


def _score(
    question: Question,
    kind: Kind,
    query: Query,
    every: list[Candidate],
    readings: Readings,
    strange: bool,
    embedder: Embedder,
    scorer: EvidenceScorer,
) -> Scored:
    def gives(candidate: Candidate) -> bool:
        if kind != "answerable":
            return False
        return question.answered_by(candidate.passage.source.document_id, candidate.span, candidate.text)

    kept = scorer.affordable(query, every, readings)
    vectors = embedder.encode([query.text, *(candidate.text for candidate in kept)])
    first = [candidate for candidate in every if candidate.passage.rank <= 5]
    cosines = embedder.encode([candidate.text for candidate in first]) @ vectors[0]
    order = np.argsort(-cosines, kind="stable")
    return Scored(
        question=question,
        kind=kind,
        query=query,
        candidates=kept,
        features=scorer.features(query, kept, vectors[0], vectors[1:], readings),
        gold=np.array([gives(candidate) for candidate in kept]),
        floor=np.array([gives(first[place]) for place in order]),
        top_cosine=float(cosines.max(initial=0.0)),
        strange=strange,
    )


def judged(item: Scored, *, reading: bool = False) -> tuple[list[Evidence], bool]:
    """The evidence by which the product decides whether a question is answered, and whether a sentence was contrary.

    No time is asked about, as the questions of these sets are not read for one.
    """
    found = of_what_is_asked(item.query, asked_for(item.query, None), evidence_of(item, reading=reading))
    evidence, against = parted(item.query, found)
    return evidence, against is not None


def evidence_of(item: Scored, *, reading: bool = False) -> list[Evidence]:
    """The question's candidates as the product's evidence, by the shipped weights, best first."""
    weights = shipped_weights(reading=reading)
    scores = item.features @ np.array([weights.get(name, 0.0) for name in SENTENCE_FEATURES])
    column = {name: item.features[:, number] for number, name in enumerate(SENTENCE_FEATURES)}
    nothing = np.zeros(1, dtype=np.float32)
    return [
        Evidence(
            passage=item.candidates[row].passage,
            span=item.candidates[row].span,
            text=item.candidates[row].text,
            score=float(scores[row]),
            cosine=float(max(column["cosine"][row], column["context_cosine"][row])),
            coverage=float(column["coverage"][row]),
            context_coverage=float(column["context_coverage"][row]),
            subjects=float(column["subjects"][row]),
            held=float(column[f"kind_{item.query.kind}"][row]),
            vector=nothing,
            read=float(column["read_sentence"][row]),
            relevance=float(column["read_passage"][row]),
            introduces=item.candidates[row].introduces,
        )
        for row in np.argsort(-scores, kind="stable")
    ]
