"""Faithfulness: is the answer supported by what was retrieved? Through LlamaIndex's FaithfulnessEvaluator.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core.evaluation import FaithfulnessEvaluator

from assistant.evaluation.judges.base import not_asked, opinion
from assistant.evaluation.judges.polling import ask_each, model_of, yes_or_no
from assistant.evaluation.results import CaseResult, Opinion
from assistant.llms.base import LLM


class Faithfulness:
    """Votes 1 where the passages support the answer, 0 where they do not; the question is not looked at."""

    name = "faithfulness"
    scale = (0.0, 1.0)
    definition = (
        "The share of votes that the retrieved passages support the answer (Es et al. 2023, RAGAS, arXiv:2309.15217; "
        "prompt: LlamaIndex's FaithfulnessEvaluator, which judges the answer as a whole)."
    )

    def __init__(self, voters: Sequence[LLM]) -> None:
        self._voters = tuple(voters)
        self._model = model_of(voters)

    def judge(self, result: CaseResult, contexts: Sequence[str]) -> Opinion:
        """See `Judge.judge`."""
        if result.outcome != "answered" or not contexts:
            return not_asked(self.name, self._model, "there is no answer with passages to judge")

        async def question(voter: LLM) -> str:
            verdict = await FaithfulnessEvaluator(llm=voter).aevaluate(response=result.text, contexts=list(contexts))
            return str(verdict.feedback)

        replies = ask_each(self._voters, question)
        return opinion(self.name, self._model, replies, [yes_or_no(reply) for reply in replies])
