"""The ways in which an LLM is asked, and the failure of each, which shows the key nowhere."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Callable

import pytest
from llama_index.core.base.llms.types import ChatMessage

from assistant.errors import LLMUnavailable
from assistant.llms import LLM, Endpoint, Sampling
from assistant.llms.openai_compatible import openai_compatible
from assistant.llms.retrying import Patience

KEY = "sk-the-secret-of-this-test"
ASKED = [ChatMessage(role="user", content="Why?")]
NO_SERVER = "does not answer as an OpenAI-compatible server does: correct llm_url"
BROKE_OFF = "broke off in the middle of its reply: ask again"


class Waits(list[float]):
    """The waits between the attempts, which are not waited."""

    def patience(self, **more: float) -> Patience:
        async def sleep(seconds: float) -> None:
            self.append(seconds)

        return Patience(sleep=self.append, sleep_async=sleep, fraction=lambda: 1.0, **more)  # type: ignore[arg-type]


def llm(url: str, waits: Waits, *, seconds: float = 5, key: str | None = KEY) -> LLM:
    return openai_compatible(Endpoint(url, "some-model", key, seconds), Sampling(), waits.patience())


def whole(asked: LLM) -> object:
    return asked.chat(ASKED)


def prompted(asked: LLM) -> object:
    return asked.complete("Why?")


def streamed(asked: LLM) -> object:
    return list(asked.stream_chat(ASKED))


def streamed_prompt(asked: LLM) -> object:
    return list(asked.stream_complete("Why?"))


def asynchronous(asked: LLM) -> object:
    return asyncio.run(asked.achat(ASKED))


def asynchronous_prompt(asked: LLM) -> object:
    return asyncio.run(asked.acomplete("Why?"))


async def collected(replies: AsyncIterator[object]) -> list[object]:
    return [item async for item in replies]


def asynchronous_stream(asked: LLM) -> object:
    async def items() -> list[object]:
        return await collected(await asked.astream_chat(ASKED))

    return asyncio.run(items())


def asynchronous_prompt_stream(asked: LLM) -> object:
    async def items() -> list[object]:
        return await collected(await asked.astream_complete("Why?"))

    return asyncio.run(items())


Way = Callable[[LLM], object]
WHOLE: list[Way] = [whole, prompted, asynchronous, asynchronous_prompt]
STREAMED: list[Way] = [streamed, streamed_prompt, asynchronous_stream, asynchronous_prompt_stream]
WAYS = [*WHOLE, *STREAMED]
FEW: list[Way] = [whole, streamed, asynchronous, asynchronous_prompt_stream]


def failure_of(way: Way, asked: LLM) -> LLMUnavailable:
    """The error of this way of asking, which shows the key nowhere."""
    with pytest.raises(LLMUnavailable) as raised:
        way(asked)
    shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + repr(asked) + str(asked.to_dict())
    assert KEY not in shown
    return raised.value
