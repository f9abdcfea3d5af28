"""The rules that every verifier keeps, whatever judges what they leave open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.reading.agreement import missing_numbers, verbatim

_WITHOUT_A_NUMBER = 0.1  # the most that a claim with a number which the premise does not have can reach

Features = NDArray[np.float64]
"""Numbers about claims: one row a claim."""


def support_by_rules(
    claims: Sequence[tuple[str, str]], odds: Callable[[Sequence[tuple[str, str]]], Features]
) -> list[float]:
    """For each (premise, hypothesis) the probability that the premise supports the hypothesis.

    A hypothesis that stands word for word in the premise is supported with certainty, one with a number in figures
    that the premise does not have is not. `odds` gives the log-odds of the claims that words do not decide; it is not
    called where there are none.
    """
    found = [verbatim(premise, hypothesis) for premise, hypothesis in claims]
    open_ones = [claim for claim, known in zip(claims, found, strict=True) if known is None]
    judged = iter((1 / (1 + np.exp(-odds(open_ones)))).tolist() if open_ones else ())
    support = [next(judged) if known is None else known for known in found]
    return [
        min(probability, _WITHOUT_A_NUMBER) if missing_numbers(premise, hypothesis) else probability
        for (premise, hypothesis), probability in zip(claims, support, strict=True)
    ]
