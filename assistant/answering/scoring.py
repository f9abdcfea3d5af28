"""Scores the sentences of the passages found as evidence for a question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answering.candidates import Candidate, begins_within_a_list, candidates_of
from assistant.answering.evidence import Evidence
from assistant.answering.query import Query, WordStatistics, coverage, read_query
from assistant.answering.questions import holds
from assistant.answering.readings import READ_SENTENCE_FEATURES, Readings, answer_in, as_read
from assistant.answering.remembering import RememberedVectors
from assistant.answering.subjects import Subject
from assistant.embedding.base import Embedder, Vectors
from assistant.language.abbreviations import OtherName
from assistant.reading.base import UNREAD, Reader
from assistant.retrieval.reranked import read_by
from assistant.types import Chunk, Passage

MAX_SENTENCES = 40
MAX_TOKENS = 1500
"""What one question may encode: with 17,000 tokens a second (2 cores, bf16) about a tenth of a second."""


SENTENCE_FEATURES = (
    "cosine",
    "context_cosine",
    "coverage",
    "neighbour_coverage",
    "context_coverage",
    "first_passage",
    "passage_rank",
    "passage_score",
    "kind_time",
    "kind_number",
    "kind_person",
    "kind_place",
    "kind_reason",
    "kind_means",
    "kind_other",
    "length",
    "subjects",
    *READ_SENTENCE_FEATURES,
)
"""What a sentence is judged by, in the order of the columns of `EvidenceScorer.features`; the last ones by reading."""


class ChunksOf(Protocol):
    """Looks up the chunks of a document."""

    def __call__(self, document_id: str, ordinals: range | None = None) -> Sequence[Chunk]:
        """The chunks of the document with this id, in order, of `ordinals` only those."""
        ...


_CHUNKS_OF_A_LIST = 3  # so far before a passage the beginning of its list is looked for


class EvidenceScorer:
    """Scores sentences by a linear model over `SENTENCE_FEATURES`: embeddings, words, the kind of answer, rank.

    With a `reader` its judgments are features too. The weights come from `evidence.json`, or with a reader from
    `evidence_reading.json`, which `benchmarks/fit_evidence.py` writes (see there for the data). Two scorers of one
    embedder may share their remembered `vectors`. With `chunks_of` what leads to a list is known also where a passage
    only goes on with it.
    """

    def __init__(
        self,
        embedder: Embedder,
        statistics: WordStatistics,
        *,
        reader: Reader | None = None,
        weights: Mapping[str, float] | None = None,
        vectors: RememberedVectors | None = None,
        chunks_of: ChunksOf | None = None,
    ) -> None:
        self._embedder = embedder
        self._vectors = vectors or RememberedVectors(embedder)
        self._statistics = statistics
        self._reader = reader
        self._chunks_of = chunks_of
        weights = shipped_weights(reading=reader is not None) if weights is None else weights
        self._weights = np.array([weights.get(name, 0.0) for name in SENTENCE_FEATURES])

    def read(self, question: str, subjects: Sequence[Subject] = (), other_names: Sequence[OtherName] = ()) -> Query:
        """The question with the weights of its words in this corpus."""
        return read_query(question, self._statistics, subjects, other_names)

    def score(self, query: Query, passages: Sequence[Passage], reader: Reader | None = None) -> list[Evidence]:
        """The sentences of the passages as evidence, best first; none where no passage has a sentence.

        A `reader` may be given as for `readings`.
        """
        readings = self.readings(query, passages, reader)
        candidates = self.affordable(
            query, [c for passage in passages for c in self._candidates(query, passage)], readings
        )
        if not candidates:
            return []
        vectors = self._vectors.encode([query.text, *(candidate.in_full for candidate in candidates)])
        matrix = self.features(query, candidates, vectors[0], vectors[1:], readings)
        scores = matrix @ self._weights
        column = {name: matrix[:, number] for number, name in enumerate(SENTENCE_FEATURES)}
        names = query.names
        found = [
            Evidence(
                passage=candidate.passage,
                span=candidate.span,
                text=candidate.text,
                score=float(scores[row]),
                cosine=float(max(column["cosine"][row], column["context_cosine"][row])),
                coverage=float(column["coverage"][row]),
                context_coverage=float(column["context_coverage"][row]),
                subjects=float(column["subjects"][row]),
                names=candidate.share_of(names),
                held=float(column[f"kind_{query.kind}"][row]),
                vector=vectors[1 + row],
                read=float(column["read_sentence"][row]),
                relevance=float(column["read_passage"][row]),
                introduces=candidate.introduces,
                leads=candidate.leads,
                answer=None if query.kind == "reason" else answer_in(candidate, readings),
            )
            for row, candidate in enumerate(candidates)
        ]
        return sorted(found, key=lambda evidence: (-evidence.score, evidence.passage.rank, evidence.span))

    def _candidates(self, query: Query, passage: Passage) -> list[Candidate]:
        """The sentences of a passage that can be evidence, of a list that began before it with what led to that."""
        chunk = passage.chunk
        if self._chunks_of is None or not begins_within_a_list(chunk):
            return candidates_of(passage, comparable=query.comparable)
        before = range(max(0, chunk.ordinal - _CHUNKS_OF_A_LIST), chunk.ordinal)
        earlier = self._chunks_of(chunk.document_id, before)
        return candidates_of(passage, earlier, comparable=query.comparable)

    def readings(self, query: Query, passages: Sequence[Passage], reader: Reader | None = None) -> Readings:
        """What the reader says of the passages, by chunk; nothing without a reader.

        The sentence that asks is read: what is told before that is for words and vectors (docs/reading-model.md).
        A `reader` that knows what was read for this answer already may take the place of the scorer's own.
        """
        if self._reader is None:
            return {}
        read = read_by(reader or self._reader, query.text, passages, query.other_names)
        return {p.chunk.id: reading for p, reading in zip(passages, read, strict=True) if reading is not None}

    def features(
        self,
        query: Query,
        candidates: Sequence[Candidate],
        question: Vectors,
        vectors: Vectors,
        readings: Readings = MappingProxyType({}),
    ) -> NDArray[np.float64]:
        """The matrix (candidates x SENTENCE_FEATURES); `vectors` are the unit vectors of the candidates' sentences."""
        cosines = vectors @ question
        smooth = _with_neighbours(candidates, vectors) @ question
        rows = []
        for candidate, cosine, context in zip(candidates, cosines, smooth, strict=True):
            held = holds(query.kind, candidate.text, query.text)
            values = {
                "cosine": float(cosine),
                "context_cosine": float(context),
                "coverage": coverage(query, candidate.stems | candidate.lead_stems),
                "neighbour_coverage": coverage(query, candidate.stems | candidate.neighbour_stems),
                "context_coverage": coverage(query, candidate.stems | candidate.neighbour_stems | candidate.head_stems),
                "first_passage": float(candidate.passage.rank == 1),
                "passage_rank": 1.0 / candidate.passage.rank,
                "passage_score": candidate.passage.score,
                f"kind_{query.kind}": held,
                "length": min(1.0, len(candidate.stems) / 10),
                "subjects": candidate.share_of(query.subjects),
                **as_read(candidate, readings),
            }
            rows.append([values.get(name, 0.0) for name in SENTENCE_FEATURES])
        return np.array(rows, dtype=np.float64)

    def affordable(
        self, query: Query, candidates: list[Candidate], readings: Readings = MappingProxyType({})
    ) -> list[Candidate]:
        """The candidates worth encoding, most promising first, within the limits; in text order.

        Promising is what was read as an answer; without a reader, what shares the question's words in a high rank.
        """

        def promise(candidate: Candidate) -> float:
            if candidate.passage.chunk.id in readings:
                return readings[candidate.passage.chunk.id].sentences[candidate.position]
            if readings:
                return UNREAD
            near = coverage(query, candidate.stems | candidate.neighbour_stems)
            return coverage(query, candidate.stems | candidate.lead_stems) + 0.5 * near + 1.0 / candidate.passage.rank

        ranked = sorted(range(len(candidates)), key=lambda number: (-promise(candidates[number]), number))
        sizes = self._embedder.count_tokens([candidates[number].in_full for number in ranked[: 2 * MAX_SENTENCES]])
        kept: list[int] = []
        tokens = 0
        for number, size in zip(ranked, sizes, strict=False):
            tokens += min(size, self._embedder.max_tokens)
            if kept and (len(kept) == MAX_SENTENCES or tokens > MAX_TOKENS):
                break
            kept.append(number)
        return [candidates[number] for number in sorted(kept)]


def shipped_weights(*, reading: bool = False) -> Mapping[str, float]:
    """The weights in `evidence.json`, or those for the features of a reader too."""
    file = "evidence_reading.json" if reading else "evidence.json"
    stored = json.loads(resources.files(__package__).joinpath(file).read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in stored["weights"].items()}


def _with_neighbours(candidates: Sequence[Candidate], vectors: Vectors) -> Vectors:
    """Each sentence's vector with half of those of the sentences beside it in its passage, as unit vectors.

    It stands for the sentence read in its context without encoding anything twice.
    """
    places = {(c.passage.chunk.id, c.position): row for row, c in enumerate(candidates)}
    smooth = vectors.copy()
    for row, candidate in enumerate(candidates):
        for step in (-1, 1):
            near = places.get((candidate.passage.chunk.id, candidate.position + step))
            if near is not None:
                smooth[row] += 0.5 * vectors[near]
    norms = np.linalg.norm(smooth, axis=1, keepdims=True).astype(np.float32)
    unit: Vectors = smooth / np.maximum(norms, np.float32(1e-9))
    return unit
