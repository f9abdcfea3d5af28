"""What an `llm_url` says: where requests go, and apart from that what is secret in it."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from assistant.errors import SettingsError
from assistant.llms.base import Endpoint

_TOO_MUCH = "/chat/completions"  # Azure's portal shows the address with it, and clients add it themselves
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_CONNECTING = 10.0  # seconds at most


@dataclass(frozen=True, slots=True)
class Address:
    """Where requests go. `url` may be shown and logged; `login` is the name and password that stood in it.

    `api_version` is what Azure's older addresses carry in their query.
    """

    url: str
    login: tuple[str, str] | None = field(default=None, repr=False)
    api_version: str | None = None

    @classmethod
    def of(cls, url: str) -> Self:
        """Takes an `llm_url` apart. Raises `SettingsError`, which does not repeat it, where it is no such address."""
        try:
            parts = urlsplit(url)
            host = _bracketed(parts.hostname or "")
            where = host if parts.port is None else f"{host}:{parts.port}"
        except ValueError:  # whose words may be those of a password
            raise SettingsError(f"llm_url has a host or a port that cannot be: {_EXAMPLE}") from None
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        version = query.pop("api-version", None)
        if not host:
            raise SettingsError(f"llm_url names no host: {_EXAMPLE}")
        if query or parts.fragment:
            raise SettingsError(
                "llm_url may carry nothing after '?' but Azure's api-version: "
                "give a key as ASSISTANT_LLM_KEY, where it is neither logged nor shown"
            )
        login = None
        if parts.username is not None:
            login = (unquote(parts.username), unquote(parts.password or ""))
        path = parts.path.rstrip("/").removesuffix(_TOO_MUCH)
        return cls(f"{parts.scheme}://{where}{path}", login, version)

    @property
    def encoded_login(self) -> str | None:
        """The login as a header carries it (RFC 7617), as secret as itself; None without one."""
        return base64.b64encode(":".join(self.login).encode()).decode() if self.login is not None else None

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def near(self) -> bool:
        """Whether requests stay on this machine."""
        return urlsplit(self.url).hostname in _LOOPBACK


_EXAMPLE = "write it as http://127.0.0.1:8080/v1"


class Credentials(httpx.Auth):
    """Puts the key or the login into the headers of each request, so that none stands in a URL, which is logged."""

    def __init__(self, address: Address, key: str | None) -> None:
        if address.encoded_login is not None:
            self._header = ("Authorization", f"Basic {address.encoded_login}")
        elif address.api_version is not None and key is not None:
            self._header = ("api-key", key)
        else:
            self._header = ("Authorization", f"Bearer {key or 'none'}")

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See httpx."""
        request.headers.pop("Authorization", None)
        request.headers[self._header[0]] = self._header[1]
        yield request


def client_options(endpoint: Endpoint, address: Address, *, seconds: float | None = None) -> dict[str, Any]:
    """What every httpx client for this endpoint is made with; `seconds` replaces those of the endpoint.

    Redirects are not followed: they could lead questions and passages to another host. The proxies of the environment
    are used, but never for this machine.
    """
    patience = endpoint.seconds if seconds is None else seconds
    return {
        "auth": Credentials(address, endpoint.key),
        "params": {"api-version": address.api_version} if address.api_version else None,
        "timeout": httpx.Timeout(patience, connect=min(patience, _CONNECTING)),
        "follow_redirects": False,
        "verify": _trusted(),
        "mounts": {f"all://{_bracketed(host)}": None for host in _LOOPBACK},
        "limits": httpx.Limits(max_keepalive_connections=0),  # LlamaIndex does not close the clients of its streams
    }


@cache  # reading the authorities takes 30 ms, and each request has a client of its own
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _bracketed(host: str) -> str:
    """A host as it stands in a URL."""
    return f"[{host}]" if ":" in host else host
