"""A verifier that reads: the reading model's support beside the agreement of words, numbers and names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib import resources
from typing import Protocol

import numpy as np

from assistant.reading import words_and_vectors
from assistant.reading.rules import Features, support_by_rules
from assistant.reading.words_and_vectors import WordsAndVectors

FEATURES = ("read", *words_and_vectors.FEATURES)

_BOUND = 8.0  # of the model's log-odds: beyond it the model is sure


class SupportReader(Protocol):
    """What reads whether a premise supports a hypothesis (`CrossEncoder`)."""

    @property
    def name(self) -> str:
        """The model and what it rests on."""
        ...

    def support(self, claims: Sequence[tuple[str, str]]) -> Sequence[float]:
        """Log-odds of support for each (premise, hypothesis)."""
        ...


class ReadingVerifier:
    """Satisfies `Verifier` by a logistic model of the reading model's judgment and of what words and vectors tell.

    Each is good where the other is not: the model reads who did what, words and vectors find it in a long source. The
    weights come from `support.json`, which `benchmarks/training/calibrate_support.py` writes.
    """

    def __init__(
        self,
        reader: SupportReader,
        floor: WordsAndVectors,
        *,
        weights: Mapping[str, float] | None = None,
        threshold: float = 0.5,
    ) -> None:
        stored = shipped_weights() if weights is None else weights
        self._reader = reader
        self._floor = floor
        self._weights = np.array([stored[name] for name in FEATURES])
        self._intercept = stored["intercept"]
        self.threshold = threshold

    @property
    def name(self) -> str:
        """The reading model, and a digest of how its judgment is weighed."""
        weighed = (self._weights.tolist(), self._intercept, self.threshold)
        return f"reading and words {sha256(repr(weighed).encode()).hexdigest()[:8]} over {self._reader.name}"

    def support(self, claims: Sequence[tuple[str, str]]) -> list[float]:
        """For each (premise, hypothesis) the probability of support; nothing is read where words decide."""
        return support_by_rules(claims, lambda open_ones: self.features(open_ones) @ self._weights + self._intercept)

    def features(self, claims: Sequence[tuple[str, str]]) -> Features:
        """The features of each claim, shape (len(claims), len(FEATURES)), in the order of `FEATURES`."""
        read = np.clip(np.asarray(self._reader.support(claims), dtype=np.float64), -_BOUND, _BOUND)
        return np.hstack([read[:, None], self._floor.features(claims)])


def shipped_weights() -> Mapping[str, float]:
    """The weights in `support.json`, by feature, and the `intercept`."""
    stored = json.loads(resources.files(__package__).joinpath("support.json").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in stored["weights"].items()}
