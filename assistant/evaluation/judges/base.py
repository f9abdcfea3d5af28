"""What an LLM judge is: a case of a report in, an opinion out. Opinions advise a person; no verdict rests on one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Protocol

from assistant.evaluation.results import CaseResult, Opinion
from assistant.llms.base import Sampling

_TEMPERATURE = 0.7  # at 0 all votes would be the same reply
_REPLY = 200  # tokens: a score and a sentence or two


class Judge(Protocol):
    """Asks one LLM for each vote. `scale` is its lowest and highest vote; `definition` is one sentence with its source.

    Building one sends nothing.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def scale(self) -> tuple[float, float]: ...  # noqa: D102
    @property
    def definition(self) -> str: ...  # noqa: D102

    def judge(self, result: CaseResult, contexts: Sequence[str]) -> Opinion:
        """The opinion on this case; `contexts` are the texts of the passages that the answer was made from.

        A case that crashed, abstained or lacks what the judge needs gets an opinion without votes. Raises
        `LLMUnavailable`.
        """
        ...


def samplings(votes: int) -> tuple[Sampling, ...]:
    """How the LLMs of a judge's votes draw their replies: each with its own seed, so that they may differ."""
    return tuple(Sampling(temperature=_TEMPERATURE, seed=seed, max_tokens=_REPLY) for seed in range(1, votes + 1))


def opinion(judge: str, model: str, replies: Sequence[str], votes: Sequence[float | None]) -> Opinion:
    """The opinion that these votes make; `replies` has the reply behind each."""
    values = [vote for vote in votes if vote is not None]
    mean, spread = (fmean(values), max(values) - min(values)) if values else (None, None)
    return Opinion(judge, model, mean, spread, tuple(votes), tuple(replies))


def not_asked(judge: str, model: str, reason: str) -> Opinion:
    """The opinion of a judge that was not asked, because of `reason`."""
    return Opinion(judge, model, None, None, (), (reason,))
