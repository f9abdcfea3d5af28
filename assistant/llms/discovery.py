"""LLM servers that run on this machine; they are offered to a person, and never used unasked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import httpx

from assistant.llms.capabilities import ask, models_in

PORTS: Mapping[str, int] = MappingProxyType({"Ollama": 11434, "LM Studio": 1234, "llama.cpp": 8080})
"""Where each kind of server listens unless it was told otherwise."""

_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A server that answers: what usually listens on its port, what to set `llm_url` to, and the models it lists."""

    name: str
    url: str
    models: tuple[str, ...]


def found_servers(ports: Mapping[str, int] = PORTS) -> tuple[FoundServer, ...]:
    """Asks 127.0.0.1, and nothing else, on each port for a list of models; a server without any is left out.

    Takes at most some seconds, and a few milliseconds where nothing listens. Never raises.
    """
    found = []
    # neither proxies nor redirects: nobody but this machine may learn that we ask
    with httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False) as client:
        for name, port in ports.items():
            url = f"http://127.0.0.1:{port}/v1"
            try:
                _, reply = ask(client, "GET", f"{url}/models")
            except httpx.HTTPError:
                continue
            if models := models_in(reply):
                found.append(FoundServer(name, url, models))
    return tuple(found)
