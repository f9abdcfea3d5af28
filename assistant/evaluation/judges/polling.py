"""Asking a judge several times and reading its replies; what cannot be read is no vote.

LlamaIndex's own reading takes any reply that holds the letters "yes" (as in "yesterday") for a yes, and every other
reply for a no. So its evaluators put the question here, and the reply is read by us.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from assistant.llms.base import LLM

_MARKUP = re.compile(r"[*_`#>]")
_YES_OR_NO = re.compile(r"\s*(?:answer\s*:)?[\s\"'(]*(yes|no)\b", re.IGNORECASE)
_SCORE = re.compile(r"(?:score\s*:?\s*)?([1-5](?:\.\d+)?)(?:\s*(?:/|out of)\s*5(?:\.0+)?)?\.?", re.IGNORECASE)

Question = Callable[[LLM], Coroutine[Any, Any, str]]
"""Puts the judge's question to one LLM and returns the reply."""


def ask_each(voters: Sequence[LLM], question: Question) -> list[str]:
    """The reply of each voter, asked one after the other.

    Runs in a thread of its own: the evaluators are asynchronous, and the caller may have an event loop running or not.
    """

    async def replies() -> list[str]:
        return [await question(voter) for voter in voters]

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge") as thread:
        return thread.submit(asyncio.run, replies()).result()


def yes_or_no(reply: str) -> float | None:
    """1 where the reply begins with yes, 0 where it begins with no, None otherwise."""
    found = _YES_OR_NO.match(_MARKUP.sub("", reply))
    return None if found is None else float(found[1].lower() == "yes")


def score(reply: str) -> float | None:
    """The number from 1 to 5 that is the reply's first line ("4", "**Score:** 4.5", "4/5"), None otherwise."""
    first = next((line.strip() for line in _MARKUP.sub("", reply).splitlines() if line.strip()), "")
    found = _SCORE.fullmatch(first)
    value = None if found is None else float(found[1])
    return value if value is not None and value <= 5 else None


def model_of(voters: Sequence[LLM]) -> str:
    """The model that the voters are; raises `ValueError` where there is no voter."""
    if not voters:
        raise ValueError("a judge needs at least one voter")
    return str(voters[0].metadata.model_name)
