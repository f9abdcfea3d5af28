"""The seam of reading: does a source support a claim?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Claim(NamedTuple):
    """A `hypothesis` and the `premise` that should support it, as in natural language inference."""

    premise: str
    hypothesis: str


class Verifier(Protocol):
    """Judges whether a premise supports a hypothesis: whether who reads only the premise must grant it.

    `name` is shown in reports as the judge and changes with anything that changes a judgment. A claim counts as
    supported from `threshold` on.
    """

    @property
    def name(self) -> str:
        """The judge and what it rests on."""
        ...

    @property
    def threshold(self) -> float:
        """The lowest probability that counts as support."""
        ...

    def support(self, claims: Sequence[tuple[str, str]]) -> Sequence[float]:
        """For each (premise, hypothesis) the probability, 0 to 1, that the premise supports the hypothesis.

        An empty premise supports nothing. Several claims at once are cheaper than one after the other.
        """
        ...
