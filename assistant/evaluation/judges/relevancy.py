"""Relevancy: is the answer in line with the question and what was retrieved? Through LlamaIndex's RelevancyEvaluator.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core.evaluation import RelevancyEvaluator

from assistant.evaluation.judges.voting import YesOrNo
from assistant.evaluation.results import CaseResult
from assistant.llms.base import LLM


class Relevancy(YesOrNo):
    """Votes 1 where the answer to the stand-alone question is in line with the passages, 0 where it is not."""

    name = "relevancy"
    definition = (
        "The share of votes that the answer to the question is in line with the retrieved passages (prompt and "
        "definition: LlamaIndex's RelevancyEvaluator)."
    )

    async def reply(self, voter: LLM, result: CaseResult, contexts: Sequence[str]) -> str:
        """See `YesOrNo.reply`."""
        verdict = await RelevancyEvaluator(llm=voter).aevaluate(
            query=result.query, response=result.text, contexts=list(contexts)
        )
        return str(verdict.feedback)
