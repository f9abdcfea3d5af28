"""A case of a report -> the opinion of an LLM on it. A new judge is a file here and a line in JUDGES.

Judges advise beside the metrics: they read replies of a model, differ from run to run and are never part of a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from assistant.evaluation.judges.base import Judge, samplings
from assistant.evaluation.results import Opinion
from assistant.llms.base import LLM

__all__ = ["JUDGES", "Judge", "Opinion", "samplings"]


def _faithfulness(voters: Sequence[LLM]) -> Judge:
    from assistant.evaluation.judges.faithfulness import Faithfulness

    return Faithfulness(voters)


def _relevancy(voters: Sequence[LLM]) -> Judge:
    from assistant.evaluation.judges.relevancy import Relevancy

    return Relevancy(voters)


def _correctness(voters: Sequence[LLM]) -> Judge:
    from assistant.evaluation.judges.correctness import Correctness

    return Correctness(voters)


JUDGES: Mapping[str, Callable[[Sequence[LLM]], Judge]] = MappingProxyType(
    {"faithfulness": _faithfulness, "relevancy": _relevancy, "correctness": _correctness}
)
"""By name, what builds a judge from its voters: one LLM for each vote, drawing its replies as `samplings` says."""
