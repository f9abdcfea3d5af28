"""An LLM that replies what it was given to say, for tests and for trying things out without a model.

Imports LlamaIndex, which takes seconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse, LLMMetadata
from llama_index.core.llms.custom import CustomLLM
from pydantic import PrivateAttr

from assistant.errors import LLMUnavailable, SettingsError
from assistant.llms.base import LLM, Endpoint, Sampling


def scripted(endpoint: Endpoint, sampling: Sampling) -> LLM:  # noqa: ARG001 - as every provider
    """The LLM that says the replies in the file of the URL `scripted:PATH`: JSON, a list of texts.

    Raises `SettingsError` where the file does not hold that.
    """
    path = Path(endpoint.url.partition(":")[2])
    try:
        replies = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"the replies of llm_url cannot be read from {str(path)!r}: {error}") from error
    if not isinstance(replies, list) or not all(isinstance(reply, str) for reply in replies):
        raise SettingsError(f"{str(path)!r} of llm_url must hold a JSON list of texts")
    return ScriptedLLM(replies, model=endpoint.model)


class ScriptedLLM(CustomLLM):  # type: ignore[misc]  # LlamaIndex has no types for mypy here
    """Says `replies` in order, whatever it is asked, and keeps the prompts it saw in `prompts`.

    Raises `LLMUnavailable` when the replies are used up. Streams word by word.
    """

    model: str
    _replies: list[str] = PrivateAttr()
    _prompts: list[str] = PrivateAttr(default_factory=list)

    def __init__(self, replies: Sequence[str], *, model: str = "scripted") -> None:
        super().__init__(model=model)
        self._replies = list(replies)

    @property
    def prompts(self) -> tuple[str, ...]:
        """What it was asked so far."""
        return tuple(self._prompts)

    @property
    def metadata(self) -> LLMMetadata:
        """The model's name, for LlamaIndex."""
        return LLMMetadata(model_name=self.model)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002
        """The next reply."""
        return CompletionResponse(text=self._next(prompt))

    def stream_complete(
        self,
        prompt: str,
        formatted: bool = False,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Iterator[CompletionResponse]:
        """The next reply, word by word."""
        reply = self._next(prompt)
        words = re.finditer(r"\s*\S+\s*", reply)
        return (CompletionResponse(text=reply[: word.end()], delta=word.group()) for word in words)

    def _next(self, prompt: str) -> str:
        self._prompts.append(prompt)
        if not self._replies:
            raise LLMUnavailable(f"the script has no reply left for: {prompt[:200]}")
        return self._replies.pop(0)
