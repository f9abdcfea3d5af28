"""How probable it is that the corpus answers a question, judged by the evidence found."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from assistant.answering.evidence import Evidence

READ_ABSTENTION_FEATURES = ("read", "relevance")
ABSTENTION_FEATURES = ("score", "cosine", "context_coverage", "subjects", *READ_ABSTENTION_FEATURES)
"""What answerability is judged by; none depends on the size of the corpus. The last ones need a reader."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over `ABSTENTION_FEATURES` and the probability below which an answer is withheld.

    The numbers come from `benchmarks/calibrate_abstention.py`, which writes `calibration.json` and, for evidence that
    was read, `calibration_reading.json`. A feature without a coefficient does not count.
    """

    coefficients: Mapping[str, float]
    intercept: float
    threshold: float

    def probability(self, evidence: Sequence[Evidence]) -> float:
        """The probability that the corpus answers the question for which this evidence was found, best first."""
        if not evidence:
            return 0.0
        values = features_of(evidence)
        return logistic(self.intercept + sum(weight * values[name] for name, weight in self.coefficients.items()))


@dataclass(frozen=True, slots=True)
class Scale:
    """Platt (1999) scaling: from the probability that decides to the one that is told.

    The calibration is learnt from sets of which less than half is answerable, and whose questions share more words with
    their answers than an analyst's do: what it gives decides well and is too low as a probability. The two numbers come
    from `benchmarks/scale_answerability.py`, which writes `scale.json`; they are fitted on evidence that was read and
    serve where none was, too. The order of questions stays as it is.
    """

    slope: float
    intercept: float

    def told(self, probability: float) -> float:
        """The probability that is told; what is ruled out stays so."""
        if probability <= 0.0:
            return 0.0
        return logistic(self.slope * logit(probability) + self.intercept)

    def decided(self, told: float) -> float:
        """The probability that decided, from the one that was told."""
        return logistic((logit(told) - self.intercept) / self.slope) if told > 0.0 else 0.0


def shipped_scale() -> Scale:
    """The scale in `scale.json`."""
    stored = json.loads(resources.files(__package__).joinpath("scale.json").read_text(encoding="utf-8"))
    return Scale(stored["slope"], stored["intercept"])


def features_of(evidence: Sequence[Evidence]) -> dict[str, float]:
    """The values of `ABSTENTION_FEATURES` for scored sentences, best first; at least one."""
    best = evidence[0]
    return {
        "score": best.score,
        "cosine": max(near.cosine for near in evidence[:5]),
        "context_coverage": best.context_coverage,
        "subjects": best.subjects,
        "read": max(near.read for near in evidence[:5]),
        "relevance": max(near.relevance for near in evidence),
    }


def shipped(*, reading: bool = False) -> Calibration:
    """The calibration in `calibration.json`, or the one for evidence that was read."""
    file = "calibration_reading.json" if reading else "calibration.json"
    stored = json.loads(resources.files(__package__).joinpath(file).read_text(encoding="utf-8"))
    return Calibration(stored["coefficients"], stored["intercept"], stored["threshold"])


def logistic(log_odds: float) -> float:
    """The probability for log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


def logit(probability: float) -> float:
    """The log-odds for a probability, within bounds."""
    bounded = max(1e-6, min(1.0 - 1e-6, probability))
    return math.log(bounded / (1.0 - bounded))
