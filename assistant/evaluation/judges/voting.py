"""What the judges share that ask for a yes or a no about an answer and its passages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from assistant.evaluation.judges.base import not_asked, opinion
from assistant.evaluation.judges.polling import ask_each, model_of, yes_or_no
from assistant.evaluation.results import CaseResult, Opinion
from assistant.llms.base import LLM


class YesOrNo(ABC):
    """Satisfies `Judge` but for its definition: votes 1 for yes and 0 for no; answers with passages only."""

    name: str
    scale = (0.0, 1.0)

    def __init__(self, voters: Sequence[LLM]) -> None:
        self._voters = tuple(voters)
        self._model = model_of(voters)

    @abstractmethod
    async def reply(self, voter: LLM, result: CaseResult, contexts: Sequence[str]) -> str:
        """What one LLM says to the judge's question, as it came."""

    def judge(self, result: CaseResult, contexts: Sequence[str]) -> Opinion:
        """See `Judge.judge`."""
        if result.outcome != "answered" or not contexts:
            return not_asked(self.name, self._model, "there is no answer with passages to judge")
        replies = ask_each(self._voters, lambda voter: self.reply(voter, result, contexts))
        return opinion(self.name, self._model, replies, [yes_or_no(reply) for reply in replies])
