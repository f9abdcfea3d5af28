"""A verifier that reads: the reading model's support beside the agreement of words, numbers and names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib import resources
from typing import Protocol

import numpy as np

from assistant.reading import words_and_vectors
from assistant.reading.agreement import missing_numbers, verbatim
from assistant.reading.words_and_vectors import Features, WordsAndVectors

FEATURES = ("read", *words_and_vectors.FEATURES)

_BOUND = 8.0  # of the model's log-odds: beyond it the model is sure
_WITHOUT_A_NUMBER = 0.1  # the most that a claim with a number which the premise does not have can reach


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

    Each is good where the other is not: the model reads who did what, words and vectors find it in a long source.

    A hypothesis that stands word for word in the premise is supported with certainty, one with a number in figures
    that the premise does not have is not. The weights come from `support.json`, which
    `benchmarks/training/calibrate_support.py` writes.
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
        found = [verbatim(premise, hypothesis) for premise, hypothesis in claims]
        still_open = [place for place, known in enumerate(found) if known is None]
        if still_open:
            matrix = self.features([claims[place] for place in still_open])
            odds = matrix @ self._weights + self._intercept
            for place, probability in zip(still_open, (1 / (1 + np.exp(-odds))).tolist(), strict=True):
                found[place] = probability
        return [
            min(probability or 0.0, _WITHOUT_A_NUMBER) if missing_numbers(premise, hypothesis) else probability or 0.0
            for (premise, hypothesis), probability in zip(claims, found, strict=True)
        ]

    def features(self, claims: Sequence[tuple[str, str]]) -> Features:
        """The features of each claim, shape (len(claims), len(FEATURES)), in the order of `FEATURES`."""
        read = np.clip(np.asarray(self._reader.support(claims), dtype=np.float64), -_BOUND, _BOUND)
        return np.hstack([read[:, None], self._floor.features(claims)])


def shipped_weights() -> Mapping[str, float]:
    """The weights in `support.json`, by feature, and the `intercept`."""
    stored = json.loads(resources.files(__package__).joinpath("support.json").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in stored["weights"].items()}
