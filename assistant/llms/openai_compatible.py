"""Any server that speaks OpenAI's chat completions: a hosted one, or llama.cpp, vLLM or Ollama on this machine.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
import openai
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, CompletionResponse
from llama_index.llms.openai.utils import is_chatcomp_api_supported
from llama_index.llms.openai_like import OpenAILike
from pydantic import Field, PrivateAttr

from assistant.errors import SettingsError
from assistant.llms.address import Address, client_options
from assistant.llms.base import DEFAULT_CONTEXT, LLM, Endpoint, Sampling
from assistant.llms.explaining import NOT_A_REPLY, Ending, Explainer
from assistant.llms.retrying import AsyncRetryingClient, Patience, RetryingClient


def openai_compatible(endpoint: Endpoint, sampling: Sampling, patience: Patience | None = None) -> LLM:
    """The model at this endpoint; what may pass is tried again with `patience`, and then raises `LLMUnavailable`.

    Raises `SettingsError` for an address that cannot be one, and for a model that has no chat completions.
    """
    if not is_chatcomp_api_supported(endpoint.model):
        raise SettingsError(f"the model {endpoint.model!r} has no chat completions: set another llm_model")
    return OpenAICompatible(endpoint, sampling, patience or Patience())


class OpenAICompatible(OpenAILike):  # type: ignore[misc]  # LlamaIndex has no types for mypy here
    """LlamaIndex's LLM for such servers, with our errors. The key is in no representation and no dump of it.

    A reply that is not whole is an error: `ReplyCutShort` where it broke off, after all of a stream that came. The
    context window in its metadata is that of the endpoint or the smallest usual one; nothing is asked for it here.
    """

    api_key: str | None = Field(default=None, exclude=True, repr=False)
    _endpoint: Endpoint = PrivateAttr()
    _address: Address = PrivateAttr()
    _patience: Patience = PrivateAttr()

    def __init__(self, endpoint: Endpoint, sampling: Sampling, patience: Patience) -> None:
        address = Address.of(endpoint.url)
        super().__init__(
            model=endpoint.model,
            api_base=address.url,
            api_key=endpoint.key or "none",  # without one the client would look for OPENAI_API_KEY
            timeout=endpoint.seconds,
            max_retries=0,  # LlamaIndex and openai would both try again, each as often as the other fails
            temperature=sampling.temperature,
            max_tokens=sampling.max_tokens,
            additional_kwargs={"seed": sampling.seed},
            is_chat_model=True,
            context_window=endpoint.context or DEFAULT_CONTEXT,
            reuse_client=False,  # a kept async client is bound to an event loop, and each evaluation has its own
        )
        self._endpoint, self._address, self._patience = endpoint, address, patience

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The reply to these messages; raises `LLMUnavailable`."""
        with self._explained():
            return self._whole(super().chat(messages, **kwargs))

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Iterator[ChatResponse]:
        """The reply as it is written; each item has the text so far and its new `delta`."""
        with self._explained(), self._streaming() as asked:
            yield from self._to_its_end(super(OpenAICompatible, asked).stream_chat(messages, **kwargs))

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """The reply to this prompt; raises `LLMUnavailable`."""
        with self._explained():
            return self._whole(super().complete(prompt, formatted, **kwargs))

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Iterator[CompletionResponse]:
        """The reply as it is written."""
        with self._explained(), self._streaming() as asked:
            yield from self._to_its_end(super(OpenAICompatible, asked).stream_complete(prompt, formatted, **kwargs))

    async def achat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """As `chat`: LlamaIndex's evaluators are asynchronous."""
        with self._explained():
            return self._whole(await super().achat(messages, **kwargs))

    async def acomplete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """As `complete`."""
        with self._explained():
            return self._whole(await super().acomplete(prompt, formatted, **kwargs))

    async def astream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> AsyncIterator[ChatResponse]:
        """As `stream_chat`."""
        asked = self._with_client_of_its_own(is_async=True)
        with self._explained():
            replies = await super(OpenAICompatible, asked).astream_chat(messages, **kwargs)
        return self._to_its_end_async(asked, replies)

    async def astream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> AsyncIterator[CompletionResponse]:
        """As `stream_complete`."""
        asked = self._with_client_of_its_own(is_async=True)
        with self._explained():
            replies = await super(OpenAICompatible, asked).astream_complete(prompt, formatted, **kwargs)
        return self._to_its_end_async(asked, replies)

    def _whole(self, reply: Any) -> Any:
        """The reply, if it is one."""
        ending = Ending()
        ending.see(reply.raw, reply.text if isinstance(reply, CompletionResponse) else reply.message.content)
        self._refuse(ending, streamed=False)
        return reply

    def _to_its_end(self, replies: Iterator[Any]) -> Iterator[Any]:
        """The pieces of a reply; raises after the last one where they are no whole reply."""
        ending = Ending()
        for reply in replies:
            ending.see(reply.raw, reply.delta)
            yield reply
        self._refuse(ending, streamed=True)

    async def _to_its_end_async(self, asked: Any, replies: AsyncIterator[Any]) -> AsyncIterator[Any]:
        ending = Ending()
        try:
            with self._explained():
                async for reply in replies:
                    ending.see(reply.raw, reply.delta)
                    yield reply
        finally:
            await asked._aclient.close()
        self._refuse(ending, streamed=True)

    @contextmanager
    def _streaming(self) -> Iterator[Any]:
        """This LLM with a client that ends with the stream, so that the server stops writing what nobody reads.

        The stream alone would not close it: openai's objects refer to each other until the garbage is collected.
        """
        asked = self._with_client_of_its_own(is_async=False)
        try:
            yield asked
        finally:
            asked._client.close()

    def _with_client_of_its_own(self, *, is_async: bool) -> Any:
        asked = self.model_copy(update={"reuse_client": True})
        options = self._get_credential_kwargs(is_async)
        if is_async:
            asked._aclient = openai.AsyncOpenAI(**options)
        else:
            asked._client = openai.OpenAI(**options)
        return asked

    def _refuse(self, ending: Ending, *, streamed: bool) -> None:
        error = self._explainer.unfinished(ending, streamed=streamed)
        if error is not None:
            raise error

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turns what goes wrong on the way to the server into `LLMUnavailable`, which says what to do."""
        try:
            yield
        except (openai.APIError, httpx.HTTPError, *NOT_A_REPLY) as error:
            # without its cause: a server's own error may repeat the key, and a log would print it
            raise self._explainer.error(error) from None

    @property
    def _explainer(self) -> Explainer:
        return Explainer(self._endpoint, self._address)

    def _get_credential_kwargs(self, is_async: bool = False) -> dict[str, Any]:
        """LlamaIndex's arguments for the client of one request, which takes the address and the redirects from us."""
        kind = AsyncRetryingClient if is_async else RetryingClient
        try:
            client = kind(self._patience, **client_options(self._endpoint, self._address))
        except (ValueError, ImportError, httpx.InvalidURL):
            raise self._explainer.no_client() from None
        return {**super()._get_credential_kwargs(is_async), "http_client": client}
