"""A verifier without a reading model: agreement of words, numbers and names, and nearness of vectors."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from assistant.embedding.base import Embedder
from assistant.language.sentences import sentence_spans
from assistant.language.words import stems
from assistant.reading.agreement import coverage, missing_names, negations_differ
from assistant.reading.rules import Features, support_by_rules

FEATURES = ("coverage", "best cosine", "missing names", "negation differs")

# Fitted by `python -m benchmarks.support --fit` on FEVER and halves of PAWS-X and WiCE; the last one is the intercept.
_WEIGHTS = (3.21, 0.09, -0.17, -0.47, -2.01)


class WordsAndVectors:
    """Satisfies `Verifier` by a logistic model of four features, for where nothing is read, within the rules of all.

    It is blind to what words cannot show: roles exchanged, one thing confused
    with another of the same kind, and conclusions.
    """

    def __init__(self, embedder: Embedder, *, weights: Sequence[float] = _WEIGHTS, threshold: float = 0.5) -> None:
        self._embedder = embedder
        self._weights = np.asarray(weights, dtype=np.float64)
        if self._weights.shape != (len(FEATURES) + 1,):
            raise ValueError(f"{len(FEATURES)} weights and an intercept are needed, got {len(weights)}")
        self.threshold = threshold
        digest = sha256(repr((tuple(map(float, weights)), threshold)).encode()).hexdigest()[:8]
        self.name = f"words and vectors {digest} over {embedder.fingerprint}"

    def support(self, claims: Sequence[tuple[str, str]]) -> Sequence[float]:
        """For each (premise, hypothesis) the probability of support; all texts are encoded together, each once.

        Nothing is encoded where every claim is decided by its words.
        """
        return support_by_rules(
            claims, lambda open_ones: self.features(open_ones) @ self._weights[:-1] + self._weights[-1]
        )

    def features(self, claims: Sequence[tuple[str, str]]) -> Features:
        """The features of each claim, shape (len(claims), len(FEATURES)), in the order of `FEATURES`."""
        sentences = [[span.of(premise) for span in sentence_spans(premise)] for premise, _ in claims]
        texts = list(dict.fromkeys([*(each for group in sentences for each in group), *(claim[1] for claim in claims)]))
        row = {text: number for number, text in enumerate(texts)}
        vectors = self._embedder.encode(texts)
        rows: list[tuple[float, ...]] = []
        for (premise, hypothesis), group in zip(claims, sentences, strict=True):
            cosines = vectors[[row[each] for each in group]] @ vectors[row[hypothesis]]
            nearest = group[int(np.argmax(cosines))]
            rows.append(
                (
                    coverage(stems(premise), stems(hypothesis)),
                    float(cosines.max()),
                    float(len(missing_names(premise, hypothesis)) > 0),
                    float(negations_differ(nearest, hypothesis)),
                )
            )
        return np.asarray(rows, dtype=np.float64)
