"""Correctness: does the answer agree with the reference answer? Through LlamaIndex's CorrectnessEvaluator.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core.evaluation import CorrectnessEvaluator

from assistant.evaluation.judges.base import not_asked, opinion
from assistant.evaluation.judges.polling import ask_each, model_of, score
from assistant.evaluation.results import CaseResult, Opinion
from assistant.llms.base import LLM


class Correctness:
    """Votes 1 (wrong or beside the point) to 5 (fully correct) on the answer against the reference answer."""

    name = "correctness"
    scale = (1.0, 5.0)
    definition = (
        "The mean score from 1 to 5 of the answer against the reference answer (prompt and scale: LlamaIndex's "
        "CorrectnessEvaluator; Zheng et al. 2023, Judging LLM-as-a-Judge, arXiv:2306.05685)."
    )

    def __init__(self, voters: Sequence[LLM]) -> None:
        self._voters = tuple(voters)
        self._model = model_of(voters)

    def judge(self, result: CaseResult, contexts: Sequence[str]) -> Opinion:  # noqa: ARG002 - as every judge
        """See `Judge.judge`; the passages are not looked at."""
        if result.outcome != "answered" or not result.reference_answer:
            return not_asked(self.name, self._model, "there is no answer with a reference answer to judge")

        async def question(voter: LLM) -> str:
            verdict = await CorrectnessEvaluator(llm=voter, parser_function=_unread).aevaluate(
                query=result.query, response=result.text, reference=result.reference_answer
            )
            return str(verdict.feedback)

        replies = ask_each(self._voters, question)
        return opinion(self.name, self._model, replies, [score(reply) for reply in replies])


def _unread(reply: str) -> tuple[None, str]:
    """Hands the reply on as it is: LlamaIndex's own parser fails on a reply of one line."""
    return None, reply
