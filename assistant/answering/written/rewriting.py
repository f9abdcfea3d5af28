"""Follow-up questions made to stand alone by a language model, where the rules see that they do not."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from assistant.answering.followups.condensing import condense
from assistant.answering.written.prompts import CONDENSE
from assistant.errors import AssistantError
from assistant.language.words import stems
from assistant.llms.base import LLM
from assistant.types import Conversation, Turn

_log = logging.getLogger(__name__)

_TURNS = 3  # of a conversation that the model is shown
_ANSWER = 300  # characters of an earlier answer that it is shown
_LONGEST = 300  # characters of a query
_KEPT = 0.6  # of a question's content words that must stay


class RewritingCondenser:
    """Makes a follow-up stand alone by an LLM; by rules where it fails, and where what it writes is not that question.

    A question that stands alone by the rules is left as it is, one that only doubts the last answer asks the same as
    before, and nothing is sent for either. A rewritten one may hold only words of the question and of the
    conversation, keeps most of the question's, and is one line.
    """

    def __init__(self, llm: Callable[[], LLM]) -> None:
        self._llm = llm

    def __call__(self, question: str, conversation: Conversation) -> str:
        """The question as it is searched for."""
        by_rules = condense(question, conversation)
        if by_rules in (question, conversation.turns[-1].answer.query):
            return by_rules
        try:
            written = self._rewritten(question, conversation.turns[-_TURNS:])
        except AssistantError as error:
            _log.warning("a follow-up was completed by rules: %s", error)
            return by_rules
        return written if _is_the_question(written, question, conversation) else by_rules

    def _rewritten(self, question: str, turns: Sequence[Turn]) -> str:
        from assistant.answering.chain import written_by

        said = "\n".join(f"Question: {turn.question}\nAnswer: {turn.answer.text[:_ANSWER]}" for turn in turns)
        user = CONDENSE.filled(conversation=said, question=question)
        return " ".join("".join(written_by(self._llm(), CONDENSE.system, user)).split()).strip('"“”')


def _is_the_question(written: str, question: str, conversation: Conversation) -> bool:
    """Whether the rewritten question adds nothing that nobody said, and drops little."""
    own, new = set(stems(question)), set(stems(written))
    known = own.union(
        *(stems(f"{turn.question} {turn.answer.query} {turn.answer.text}") for turn in conversation.turns)
    )
    kept = len(own & new) / len(own) if own else 1.0
    return bool(new) and len(written) <= _LONGEST and new <= known and kept >= _KEPT
