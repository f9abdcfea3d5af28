"""Any server that speaks OpenAI's chat completions: a hosted one, or llama.cpp, vLLM or Ollama on this machine.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import openai
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, CompletionResponse
from llama_index.llms.openai_like import OpenAILike
from pydantic import Field

from assistant.errors import LLMUnavailable
from assistant.llms.base import LLM, Endpoint, Sampling

_CONTEXT = 4096  # tokens: the smallest window that servers on one's own machine open by default
_SHOWN = 200  # characters of a server's own message
_NOT_A_REPLY = (AttributeError, IndexError, TypeError, ValueError)  # what LlamaIndex makes of a page of HTML


def openai_compatible(endpoint: Endpoint, sampling: Sampling) -> LLM:
    """The model at this endpoint. A failed request is sent once more, and then raises `LLMUnavailable`."""
    return OpenAICompatible(
        model=endpoint.model,
        api_base=endpoint.url,
        api_key=endpoint.key or "none",  # without one the client would look for OPENAI_API_KEY
        timeout=endpoint.seconds,
        max_retries=1,
        temperature=sampling.temperature,
        max_tokens=sampling.max_tokens,
        additional_kwargs={"seed": sampling.seed},
        is_chat_model=True,
        context_window=_CONTEXT,
        reuse_client=False,  # a kept async client is bound to an event loop, and each evaluation has its own
    )


class OpenAICompatible(OpenAILike):  # type: ignore[misc]  # LlamaIndex has no types for mypy here
    """LlamaIndex's LLM for such servers, with our errors. The key is in no representation and no dump of it."""

    api_key: str | None = Field(default=None, exclude=True, repr=False)

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The reply to these messages; raises `LLMUnavailable`."""
        with self._explained():
            return super().chat(messages, **kwargs)

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Iterator[ChatResponse]:
        """The reply as it is written; each item has the text so far and its new `delta`."""
        with self._explained():
            yield from super().stream_chat(messages, **kwargs)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """The reply to this prompt; raises `LLMUnavailable`."""
        with self._explained():
            return super().complete(prompt, formatted, **kwargs)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Iterator[CompletionResponse]:
        """The reply as it is written."""
        with self._explained():
            yield from super().stream_complete(prompt, formatted, **kwargs)

    async def achat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """As `chat`: LlamaIndex's evaluators are asynchronous."""
        with self._explained():
            return await super().achat(messages, **kwargs)

    async def acomplete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """As `complete`."""
        with self._explained():
            return await super().acomplete(prompt, formatted, **kwargs)

    async def astream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> AsyncIterator[ChatResponse]:
        """As `stream_chat`."""
        with self._explained():
            replies = await super().astream_chat(messages, **kwargs)
        return self._watched(replies)

    async def astream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> AsyncIterator[CompletionResponse]:
        """As `stream_complete`."""
        with self._explained():
            replies = await super().astream_complete(prompt, formatted, **kwargs)
        return self._watched(replies)

    async def _watched(self, replies: AsyncIterator[Any]) -> AsyncIterator[Any]:
        with self._explained():
            async for reply in replies:
                yield reply

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turns what goes wrong on the way to the server into `LLMUnavailable`, which says what to do."""
        try:
            yield
        except (openai.APIError, httpx.HTTPError, *_NOT_A_REPLY) as error:
            raise LLMUnavailable(f"the LLM at {_shown(self.api_base)} {self._advice(error)}") from error

    def _advice(self, error: Exception) -> str:
        match error:
            case openai.APITimeoutError() | httpx.TimeoutException():
                return f"was silent for {self.timeout:g} seconds: raise llm_seconds, or take a smaller model"
            case httpx.RemoteProtocolError() | httpx.ReadError():
                return "broke off in the middle of its reply: ask again"
            case openai.APIConnectionError() | httpx.HTTPError():
                return "cannot be reached: start the server, or correct llm_url"
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return f"refused the key (HTTP {error.status_code}): set ASSISTANT_LLM_KEY to one that it accepts"
            case openai.NotFoundError():
                return (
                    f"does not know the model {self.model!r} or this path (HTTP 404): "
                    "correct llm_model, or llm_url, which usually ends in /v1"
                )
            case openai.RateLimitError():
                return "takes no more requests for now (HTTP 429): wait, or look at your quota there"
            case openai.APIStatusError():
                return f"failed with HTTP {error.status_code}: {self._said(error)}"
            case openai.APIError():
                return f"broke off: {self._said(error)}"
            case _:
                return "does not answer as an OpenAI-compatible server does: correct llm_url"

    def _said(self, error: openai.APIError) -> str:
        """The server's own words, shortened and without the key."""
        body = error.body
        said = str(body.get("message", body)) if isinstance(body, dict) else error.message
        words = " ".join(said.split())[:_SHOWN]
        return words.replace(self.api_key, "***") if self.api_key and self.api_key != "none" else words


def _shown(url: str) -> str:
    """The URL without a name, a password or a query, which may be secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
