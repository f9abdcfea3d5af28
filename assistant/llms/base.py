"""The seam between a prompt and its reply: LlamaIndex's `LLM`, and what one is built from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from llama_index.core.llms.llm import LLM
else:  # importing LlamaIndex takes seconds
    LLM = Any

__all__ = ["DEFAULT_CONTEXT", "LLM", "Endpoint", "Provider", "Sampling"]

DEFAULT_CONTEXT = 4096
"""Tokens: the smallest context window that servers on one's own machine open by default."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an LLM answers: its URL, the model's name there, the key (None where none is asked for).

    `seconds` is the longest wait for a connection, and then for each piece of the reply. `context` is the model's
    context window in tokens, prompt and reply together; None where the server is to be asked for it.
    """

    url: str = field(repr=False)  # it may hold a password
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 60.0
    context: int | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """How replies are drawn. `max_tokens` is the longest reply.

    The default is the likeliest reply; with a temperature above 0 the seed decides, as far as the server keeps to it.
    """

    temperature: float = 0.0
    seed: int = 1
    max_tokens: int = 1024


Provider = Callable[[Endpoint, Sampling], LLM]
"""Builds an LLM. Nothing is sent before its first prompt."""
