"""What a server says of itself: its models and the context window of one of them. Nothing of a document is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.llms.address import Address, client_options
from assistant.llms.base import DEFAULT_CONTEXT, Endpoint

_SECONDS = 3.0  # for each question
_LONGEST = 8_000_000  # bytes of a reply that are read
_NUM_CTX = re.compile(r"^num_ctx\s+(\d+)", re.MULTILINE)
_WEB = ("http:", "https:")


@dataclass(frozen=True, slots=True)
class Listing:
    """The models that a server lists, and the HTTP status of the list; a server need not have one."""

    status: int
    models: tuple[str, ...]


def listing(endpoint: Endpoint) -> Listing:
    """Asks a server for its models. Raises `LLMUnavailable` where nothing answers there."""
    address = Address.of(endpoint.url)
    try:
        with httpx.Client(**client_options(endpoint, address, seconds=_SECONDS)) as client:
            status, reply = ask(client, "GET", f"{address.url}/models")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, ImportError) as error:
        from assistant.llms.explaining import Explainer  # which imports openai

        explainer = Explainer(endpoint, address)
        raise (explainer.error(error) if isinstance(error, httpx.HTTPError) else explainer.no_client()) from None
    return Listing(status, models_in(reply))


def context_window(endpoint: Endpoint) -> int:
    """The context window of the model in tokens: as set, else as its server says, else `DEFAULT_CONTEXT`.

    Asks the server each time, in some seconds at most; keep the number. Never raises.
    """
    return endpoint.context or told_context(endpoint) or DEFAULT_CONTEXT


def told_context(endpoint: Endpoint) -> int | None:
    """The context window in tokens that the server names for the model; None where it names none.

    llama.cpp, vLLM, LM Studio and Ollama are understood. What they have open counts, not what the model could read:
    Ollama silently cuts off a prompt that is longer.
    """
    if not endpoint.url.lower().startswith(_WEB):
        return None
    try:
        address = Address.of(endpoint.url)
        with httpx.Client(**client_options(endpoint, address, seconds=_SECONDS)) as client:
            for source in _SOURCES:
                tokens = source(client, address, endpoint.model)
                if tokens is not None:
                    return tokens
    except Exception:  # whatever a server or a proxy does, the smallest usual window is safe
        return None
    return None


def ask(client: httpx.Client, method: str, url: str, body: Mapping[str, Any] | None = None) -> tuple[int, Any]:
    """The status of a request and the JSON of its reply; None for that where it is another status than 200, or no JSON.

    Raises `httpx.HTTPError` where no reply comes.
    """
    with client.stream(method, url, json=body) as response:
        if response.status_code != httpx.codes.OK:
            return response.status_code, None
        content = b""
        for piece in response.iter_bytes():
            content += piece
            if len(content) > _LONGEST:
                return response.status_code, None
    try:
        return response.status_code, json.loads(content)
    except ValueError:
        return response.status_code, None


def models_in(reply: Any) -> tuple[str, ...]:
    """The names of the models in an OpenAI-like list; none where it is no such list."""
    return tuple(str(model["id"]) for model in _entries(reply, "data") if "id" in model)


def is_listed(model: str, models: Iterable[str]) -> bool:
    """Whether a list names the model; Ollama calls `name` also `name:latest`."""
    return any(name in (model, f"{model}:latest") for name in models)


def _llama_cpp(client: httpx.Client, address: Address, model: str) -> int | None:  # noqa: ARG001 - as every source
    _, reply = ask(client, "GET", f"{address.origin}/props")
    return _tokens(_at(reply, "default_generation_settings"), "n_ctx")


def _listed(client: httpx.Client, address: Address, model: str) -> int | None:
    """vLLM, and some hosted servers."""
    _, reply = ask(client, "GET", f"{address.url}/models")
    entry = _named(_entries(reply, "data"), "id", model)
    return _tokens(entry, "max_model_len", "context_length") or _tokens(_at(entry, "meta"), "n_ctx")


def _lm_studio(client: httpx.Client, address: Address, model: str) -> int | None:
    _, reply = ask(client, "GET", f"{address.origin}/api/v0/models")
    return _tokens(_named(_entries(reply, "data"), "id", model), "loaded_context_length")


def _ollama(client: httpx.Client, address: Address, model: str) -> int | None:
    """What is loaded; else what the model is set to; else its default, which is what a model may read at most."""
    _, running = ask(client, "GET", f"{address.origin}/api/ps")
    loaded = _tokens(_named(_entries(running, "models"), "name", model), "context_length")
    if loaded is not None or running is None:
        return loaded
    _, shown = ask(client, "POST", f"{address.origin}/api/show", {"model": model})
    found = _NUM_CTX.search(str(_at(shown, "parameters")))
    if found is not None:
        return int(found[1])
    about = _at(shown, "model_info")
    longest = _tokens(about, f"{_at(about, 'general.architecture')}.context_length")
    return None if longest is None else min(longest, DEFAULT_CONTEXT)


Source = Callable[[httpx.Client, Address, str], int | None]

_SOURCES: tuple[Source, ...] = (_llama_cpp, _listed, _lm_studio, _ollama)


def _at(reply: Any, name: str) -> Any:
    return reply.get(name) if isinstance(reply, Mapping) else None


def _entries(reply: Any, name: str) -> list[Mapping[str, Any]]:
    found = _at(reply, name)
    return [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []


def _named(entries: Iterable[Mapping[str, Any]], field: str, model: str) -> Mapping[str, Any] | None:
    return next((entry for entry in entries if is_listed(model, [str(entry.get(field))])), None)


def _tokens(reply: Any, *names: str) -> int | None:
    """The first of these numbers that is there and positive."""
    for name in names:
        value = _at(reply, name)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
    return None
