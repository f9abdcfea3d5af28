"""A prompt -> text, through LlamaIndex's LLM interface. Nothing is sent anywhere unless a URL is set.

The scheme of the URL names the provider: a new one is a file here and a line in PROVIDERS.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assistant.errors import SettingsError
from assistant.llms.base import LLM, Endpoint, Provider, Sampling

__all__ = ["LLM", "PROVIDERS", "Endpoint", "Sampling", "build", "provider_of"]


def _openai_compatible(endpoint: Endpoint, sampling: Sampling) -> LLM:
    from assistant.llms.openai_compatible import openai_compatible

    return openai_compatible(endpoint, sampling)


def _scripted(endpoint: Endpoint, sampling: Sampling) -> LLM:
    from assistant.llms.scripted import scripted

    return scripted(endpoint, sampling)


PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {"http": _openai_compatible, "https": _openai_compatible, "scripted": _scripted}
)
_TESTS = "scripted"  # the scheme that no message names


def provider_of(endpoint: Endpoint) -> Provider:
    """What builds the LLM at this endpoint.

    Raises `SettingsError` for a URL whose scheme no provider has, and where the model is not named.
    """
    scheme = endpoint.url.partition(":")[0].lower()
    if scheme not in PROVIDERS:
        raise SettingsError(
            f"llm_url must begin with {' or '.join(f'{name}:' for name in PROVIDERS if name != _TESTS)}"
        )
    if not endpoint.model:
        raise SettingsError("llm_url is set without llm_model: name the model as the server does")
    return PROVIDERS[scheme]


def build(endpoint: Endpoint, sampling: Sampling = Sampling()) -> LLM:
    """The LLM at this endpoint; importing LlamaIndex takes seconds the first time. Raises as `provider_of` does."""
    return provider_of(endpoint)(endpoint, sampling)
