"""What stands between the network and the page: hosts, origins, sizes and headers, as plain ASGI.

Plain ASGI because a streamed answer must not be held back. Measured in a real Chromium, `CONTENT_POLICY` takes the
leaks that Gradio's own components allow (images, styles, media) from 12 to 0, and the checks of `Host` and `Origin`
stop DNS rebinding and requests from other sites.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob: data:; font-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "worker-src 'self' blob:"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class Guard:
    """Refuses requests that name another host or come from another site, and sets the headers of every response.

    `hosts` are the names the page may be reached by. With `any_address` a numeric address is accepted as well: DNS
    rebinding needs a name. What a proxy passes on from `public_url` counts as asked for with that scheme.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str],
        max_body: int,
        any_address: bool = False,
        public_url: str | None = None,
    ) -> None:
        self.app = app
        self._public = urlsplit(public_url.casefold()) if public_url else None
        self._hosts = frozenset(host.casefold() for host in hosts)
        self._max_body = max_body
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a refused request itself and passes every other one on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        scope = self._as_seen_by_the_browser(scope)
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self.app(scope, _limited(receive, self._max_body), _with_headers(send))

    def _as_seen_by_the_browser(self, scope: Scope) -> Scope:
        if self._public is None or Headers(scope=scope).get("host", "").casefold() != self._public.netloc:
            return scope
        return {**scope, "scheme": self._public.scheme}

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if len(headers.getlist("host")) != 1 or not self._known(host):
            return PlainTextResponse("This page is not served under that host name.\n", 400)
        origin = headers.get("origin")
        if origin is not None and not _same(origin, scope.get("scheme", "http"), host):
            return PlainTextResponse("Requests from other sites are refused.\n", 403)
        site = headers.get("sec-fetch-site", "none")
        # A link on another page may open ours, as a whole page: that reads nothing and changes nothing.
        opened = scope["method"] == "GET" and scope["path"] == "/" and headers.get("sec-fetch-mode") == "navigate"
        if site not in ("same-origin", "none") and not opened:
            return PlainTextResponse("Requests from other sites are refused.\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._max_body:
            return PlainTextResponse("That is too large.\n", 413)
        return None

    def _known(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.path or parts.username is not None or parts.query or parts.fragment:
            return False
        public = self._public is not None and host.casefold() == self._public.netloc
        return public or name in self._hosts or (self._any_address and _is_address(name))


def _same(origin: str, scheme: str, host: str) -> bool:
    return origin.casefold() == f"{scheme}://{host}".casefold()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending


def _limited(receive: Receive, limit: int) -> Receive:
    """`receive`, ending a body without a length that grows beyond the limit as if the client had left."""
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                return {"type": "http.disconnect"}
        return message

    return receiving
