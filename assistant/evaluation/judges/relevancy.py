"""Relevancy: is the answer in line with the question and what was retrieved? Through LlamaIndex's RelevancyEvaluator.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core.evaluation import RelevancyEvaluator

from assistant.evaluation.judges.base import not_asked, opinion
from assistant.evaluation.judges.polling import ask_each, model_of, yes_or_no
from assistant.evaluation.results import CaseResult, Opinion
from assistant.llms.base import LLM


class Relevancy:
    """Votes 1 where the answer to the stand-alone question is in line with the passages, 0 where it is not."""

    name = "relevancy"
    scale = (0.0, 1.0)
    definition = (
        "The share of votes that the answer to the question is in line with the retrieved passages (prompt and "
        "definition: LlamaIndex's RelevancyEvaluator)."
    )

    def __init__(self, voters: Sequence[LLM]) -> None:
        self._voters = tuple(voters)
        self._model = model_of(voters)

    def judge(self, result: CaseResult, contexts: Sequence[str]) -> Opinion:
        """See `Judge.judge`."""
        if result.outcome != "answered" or not contexts:
            return not_asked(self.name, self._model, "there is no answer with passages to judge")

        async def question(voter: LLM) -> str:
            verdict = await RelevancyEvaluator(llm=voter).aevaluate(
                query=result.query, response=result.text, contexts=list(contexts)
            )
            return str(verdict.feedback)

        replies = ask_each(self._voters, question)
        return opinion(self.name, self._model, replies, [yes_or_no(reply) for reply in replies])
