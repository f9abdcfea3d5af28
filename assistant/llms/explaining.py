"""What went wrong between us and an LLM, as errors that say what to do and hold nothing secret.

Imports openai, which takes a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx
import openai

from assistant.errors import ContextTooLong, LLMUnavailable, OutOfRoom, ReplyCutShort, SettingsError
from assistant.llms.address import Address
from assistant.llms.base import Endpoint

NOT_A_REPLY = (AttributeError, LookupError, TypeError, ValueError)
"""What the libraries make of a reply that is none: a page of HTML, another JSON, bytes that are no text."""

_SHOWN = 200  # characters of a server's own message
_PROXIES = "correct HTTPS_PROXY and HTTP_PROXY, or name the host in NO_PROXY"
_NO_SERVER = "does not answer as an OpenAI-compatible server does: correct llm_url, which usually ends in /v1"
_BROKE_OFF = "broke off in the middle of its reply: ask again"
_FILTERED = "withheld its reply (its content filter): ask in other words, or take another model"

# OpenAI and Azure, llama.cpp (two versions), vLLM, Ollama, LM Studio (two), other servers
_TOO_LONG = re.compile(
    r"context_length_exceeded|exceed_context_size|exceeds? the (?:available )?context|maximum context length|"
    r"(?:greater|longer) than the (?:model's )?context|context (?:size|length|window) (?:is |was )?exceeded|"
    r"context length of only|exceed context window|prompt is too long|string_above_max_length",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"model_not_found|DeploymentNotFound|\bmodel\b.{0,200}?\b(?:not found|does not exist)", re.IGNORECASE
)


@dataclass(slots=True)
class Ending:
    """What was seen of a reply so far, and the reason that the server gave for its end."""

    pieces: int = 0
    wrote: bool = False
    reason: str | None = None

    def see(self, raw: Any, text: str | None) -> None:
        """Takes note of a whole reply or of a piece of it; `raw` is what openai made of it."""
        self.pieces += 1
        self.wrote = self.wrote or bool(text and text.strip())
        choices = raw.choices
        if choices:
            self.reason = choices[0].finish_reason or self.reason


@dataclass(frozen=True, slots=True)
class Explainer:
    """Turns what goes wrong at one endpoint into `LLMUnavailable` or a child of it."""

    endpoint: Endpoint
    address: Address

    def error(self, error: Exception) -> LLMUnavailable:
        """The error of ours for one of openai, of httpx or of those in `NOT_A_REPLY`."""
        if _matches(_TOO_LONG, error) or getattr(error, "status_code", None) == 413:
            return self._made(
                "was sent more text than its context window holds: set llm_context to the tokens that it holds, "
                "so that fewer passages are sent, or start it with a larger window",
                ContextTooLong,
            )
        cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
        if isinstance(cause, SettingsError):
            return self._made(str(cause))
        if isinstance(cause, httpx.RemoteProtocolError | httpx.ReadError) or _is_half_a_letter(cause):
            return self._made(_BROKE_OFF, ReplyCutShort)
        return self._made(self._of_status(error) if isinstance(error, openai.APIStatusError) else self._of(cause))

    def unfinished(self, ending: Ending, *, streamed: bool) -> LLMUnavailable | None:
        """Why the reply that ended so cannot be taken for a whole one; None where it can."""
        if ending.reason == "content_filter":
            return self._made(_FILTERED)
        if ending.reason == "length":
            return self._made(
                "had no room left before its reply was at its end: ask for less at once, or start it with a larger "
                "context window",
                OutOfRoom,
            )
        if streamed and ending.pieces == 0:
            return self._made(_NO_SERVER)
        if (streamed and ending.reason is None) or ending.reason in ("abort", "error"):
            return self._made(_BROKE_OFF, ReplyCutShort)
        if not ending.wrote and ending.reason != "tool_calls":
            return self._made("replied with nothing: ask again, or take another model")
        return None

    def no_client(self) -> LLMUnavailable:
        """The error for a proxy in the environment that httpx cannot use; what stands there may hold a password."""
        return self._made(f"is behind a proxy that cannot be used: {_PROXIES}")

    def _made(self, advice: str, kind: type[LLMUnavailable] = LLMUnavailable) -> LLMUnavailable:
        return kind(f"the LLM at {self.address.url} {advice}")

    def _of(self, error: BaseException | None) -> str:
        match error:
            case httpx.ConnectTimeout():
                return "accepts no connection: look whether llm_url is right and the network lets it through"
            case httpx.TimeoutException():
                return f"was silent for {self.endpoint.seconds:g} seconds: raise llm_seconds, or take a smaller model"
            case httpx.ProxyError():
                return f"is behind a proxy that refuses: {_PROXIES}"
            case httpx.ConnectError() if "SSL" in str(error) or "CERTIFICATE" in str(error):
                return (
                    "has no certificate that is trusted here: name its authority's in SSL_CERT_FILE, "
                    "or write http: in llm_url where it speaks without TLS"
                )
            case UnicodeDecodeError():
                return "sent bytes that are no UTF-8: update the server, or take another model"
            case httpx.DecodingError() | ValueError() | AttributeError() | LookupError() | TypeError():
                return _NO_SERVER
            case openai.APIError() if not isinstance(error, openai.APIConnectionError):
                return f"broke off: {self._said(error)}"
            case _:
                return "cannot be reached: start the server, or correct llm_url"

    def _of_status(self, error: openai.APIStatusError) -> str:
        status = error.status_code
        if status in (401, 403):
            return f"refused the key (HTTP {status}): set ASSISTANT_LLM_KEY to one that it accepts"
        if status == 407:
            return f"is behind a proxy that refuses: {_PROXIES}"
        if 300 <= status < 400:
            return f"sends requests on to {self._elsewhere(error.response)}: set llm_url to that if you trust it"
        if error.code == "content_filter":
            return _FILTERED
        if status == 404 or _matches(_NO_MODEL, error):
            return (
                f"does not know the model {self.endpoint.model!r} or this path (HTTP {status}): "
                "correct llm_model, or llm_url, which usually ends in /v1"
            )
        if status == 429 and error.code == "insufficient_quota":
            return "has no quota left for this key (HTTP 429): look at your plan there"
        if status == 429:
            asked = error.response.headers.get("retry-after", "")
            wait = f"wait {asked} seconds" if asked.isdecimal() else "wait"
            return f"takes no more requests for now (HTTP 429): {wait}, or look at your quota there"
        remedy = "try again later, or look at its log" if status >= 500 else "change what it names"
        return f"failed with HTTP {status}: {self._said(error)} ({remedy})"

    def _elsewhere(self, response: httpx.Response) -> str:
        try:
            return Address.of(urljoin(f"{self.address.url}/", response.headers["location"])).url
        except (KeyError, SettingsError):
            return "another address"

    def _said(self, error: openai.APIError) -> str:
        """The server's own words, in one short line and without what is secret."""
        body = error.body
        said = str(body.get("message", body)) if isinstance(body, Mapping) else error.message
        words = " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
        secrets = (self.endpoint.key, self.address.encoded_login, *(self.address.login or ()))
        return self._without(words, secrets)[:_SHOWN]

    def _without(self, words: str, secrets: Iterable[str | None]) -> str:
        for secret in secrets:
            words = words.replace(secret, "***") if secret else words
        return words


def _matches(pattern: re.Pattern[str], error: Exception) -> bool:
    """Whether a server's own error says this, by its code or in its words."""
    if not isinstance(error, openai.APIError) or isinstance(error, openai.APIConnectionError):
        return False
    return pattern.search(f"{error.code} {error.type} {error.message} {error.body}") is not None


def _is_half_a_letter(error: BaseException | None) -> bool:
    """Whether a reply ended inside a character, as a connection that breaks off does."""
    return isinstance(error, UnicodeDecodeError) and error.reason == "unexpected end of data"
