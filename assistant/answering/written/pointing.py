"""A language model as the second reader: it copies the sentence that answers, or says that there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answering.second_look import LIKELIER
from assistant.answering.written.drafting import fenced, identified
from assistant.answering.written.prompts import POINT
from assistant.llms.base import LLM
from assistant.types import Passage

_LONGEST = 600  # characters of a reply that are read
_NONE = re.compile(r"\W*none\b", re.IGNORECASE)
_ID = re.compile(r"\s*\[[a-z]\d\]")


class PointingLLM:
    """A `SecondReader` that asks a language model. Safe to use from several threads."""

    def __init__(self, llm: Callable[[], LLM], *, name: str, likelier: float = LIKELIER) -> None:
        self._llm = llm
        self._name = name
        self._likelier = likelier

    @property
    def name(self) -> str:
        """The name of the model, as the settings have it."""
        return self._name

    @property
    def likelier(self) -> float:
        """How far its word is believed, as the settings have it."""
        return self._likelier

    def copied(self, question: str, passages: Sequence[Passage]) -> Sequence[str]:
        """The lines of its reply; raises what building or asking the model raises."""
        from assistant.answering.chain import written_by

        user = POINT.filled(passages=fenced(identified(passages)), question=question)
        reply = ""
        for piece in written_by(self._llm(), POINT.system, user):
            reply += piece
            if len(reply) > _LONGEST:
                break
        if _NONE.match(reply):
            return ()
        lines = reply[:_LONGEST].split("\n")
        return [text for line in lines if (text := _ID.sub("", line).strip())]
