"""Faithfulness: is the answer supported by what was retrieved? Through LlamaIndex's FaithfulnessEvaluator.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core.evaluation import FaithfulnessEvaluator

from assistant.evaluation.judges.voting import YesOrNo
from assistant.evaluation.results import CaseResult
from assistant.llms.base import LLM


class Faithfulness(YesOrNo):
    """Votes 1 where the passages support the answer, 0 where they do not; the question is not looked at."""

    name = "faithfulness"
    definition = (
        "The share of votes that the retrieved passages support the answer (Es et al. 2023, RAGAS, arXiv:2309.15217; "
        "prompt: LlamaIndex's FaithfulnessEvaluator, which judges the answer as a whole)."
    )

    async def reply(self, voter: LLM, result: CaseResult, contexts: Sequence[str]) -> str:
        """See `YesOrNo.reply`."""
        verdict = await FaithfulnessEvaluator(llm=voter).aevaluate(response=result.text, contexts=list(contexts))
        return str(verdict.feedback)
