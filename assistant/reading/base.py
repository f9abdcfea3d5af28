"""The seams of reading: do the words of a text answer a question, and does a source support a claim?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from assistant.types import Span


class Claim(NamedTuple):
    """A `hypothesis` and the `premise` that should support it, as in natural language inference."""

    premise: str
    hypothesis: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be read, with its title and its sentences; the spans are in `text`."""

    title: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text answers a question; all numbers are natural log-odds or logarithms, larger is better.

    `relevance`: some sentence answers, against none. `sentences`: this sentence answers, against none does, one number
    a sentence. `answers`: the words in it that answer best, and `certainties` the logarithm of the probability that
    they begin and end the answer. What was cut off has `UNREAD` and no words.
    """

    relevance: float
    sentences: tuple[float, ...]
    answers: tuple[Span | None, ...]
    certainties: tuple[float, ...]


UNREAD = -20.0
"""The number of a sentence that lies behind what the model reads."""


class Reader(Protocol):
    """Reads texts for a question. `name` changes with anything that changes a reading."""

    @property
    def name(self) -> str:
        """The model and what it rests on."""
        ...

    def read(self, question: str, texts: Sequence[Text]) -> Sequence[Reading | None]:
        """One reading a text, in order; None for the texts at the end that the limit of work leaves unread.

        The first texts are read first, and the limit counts tokens, not seconds: the same question is read in the same
        way on every machine.
        """
        ...

    def load(self) -> None:
        """Load the model now instead of at the first reading."""
        ...


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
