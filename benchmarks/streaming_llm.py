"""A language model around another, for which only one thing is written: what it streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, CompletionResponse, LLMMetadata, MessageRole
from llama_index.core.llms.custom import CustomLLM
from pydantic import PrivateAttr


class StreamingLLM(CustomLLM):  # type: ignore[misc]  # LlamaIndex's types are not followed
    """Stands for `inner`; every way of asking it goes through `stream_chat`, which its children write."""

    _inner: Any = PrivateAttr()

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self._inner = inner

    @property
    def metadata(self) -> LLMMetadata:
        """Those of the model that is asked."""
        return self._inner.metadata

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Iterator[ChatResponse]:
        """The reply in pieces."""
        raise NotImplementedError

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The whole reply."""
        text = "".join(piece.delta or "" for piece in self.stream_chat(messages, **kwargs))
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text))

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002
        """The reply to a prompt, asked as a user's message."""
        reply = self.chat([ChatMessage(role=MessageRole.USER, content=prompt)], **kwargs)
        return CompletionResponse(text=str(reply.message.content))

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Iterator[CompletionResponse]:  # noqa: ARG002
        """The reply in one piece."""
        reply = self.complete(prompt, **kwargs).text
        yield CompletionResponse(text=reply, delta=reply)
