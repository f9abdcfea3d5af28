"""Puts a script of ours before all of Gradio's, as plain ASGI: what Gradio calls `head` runs after its own modules."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEAD = b"<head>"
_SCRIPT = f"<script>\n{Path(__file__).with_name('static').joinpath('resting.js').read_text('utf-8')}</script>".encode()


class FirstScript:
    """Adds `static/resting.js` to the head of the page at `/`; whatever else is asked for passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with the page of the app, held back until it is whole: it comes in one piece as it is."""
        page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        await self.app(scope, receive, _adding(send) if page else send)


def _adding(send: Send) -> Send:
    start: Message | None = None
    body = b""

    async def sending(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start" and _is_plain_page(message):
            start = message
        elif start is None or message["type"] != "http.response.body":
            await send(message)
        else:
            body += message.get("body", b"")
            if not message.get("more_body", False):
                whole = body.replace(_HEAD, _HEAD + _SCRIPT, 1)
                MutableHeaders(scope=start)["content-length"] = str(len(whole))
                await send(start)
                await send({"type": "http.response.body", "body": whole})

    return sending


def _is_plain_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
