from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.chat import Assistant
from assistant.ui.first_script import FirstScript
from tests.ui.stage import served

FOUND = "requestAnimationFrame = (work)"


def test_the_script_stands_before_all_that_gradio_loads(assistant: Assistant) -> None:
    with served(assistant) as url:
        page = httpx.get(url, trust_env=False)
    assert page.text.count(FOUND) == 1
    assert page.text.index(FOUND) < page.text.index("<meta") < page.text.index('type="module"')
    assert int(page.headers["content-length"]) == len(page.content)


def test_a_page_in_pieces_is_made_whole_and_all_else_passes_as_it_is() -> None:
    async def pieces() -> AsyncIterator[str]:
        for piece in ("<html><he", "ad><title>ü</ti", "tle></head>"):
            yield piece

    async def root(_: Request) -> StreamingResponse:
        return StreamingResponse(pieces(), media_type="text/html")

    async def other(_: Request) -> HTMLResponse:
        return HTMLResponse("<head></head>")

    client = TestClient(FirstScript(Starlette(routes=[Route("/", root), Route("/other", other)])))
    page = client.get("/")
    assert page.text.startswith("<html><head><script>")
    assert page.text.endswith("</script><title>ü</title></head>")
    assert client.get("/other").text == "<head></head>"
    assert client.head("/").content == b""


def test_what_is_no_page_or_is_compressed_is_left_as_it_is() -> None:
    async def text(_: Request) -> PlainTextResponse:
        return PlainTextResponse("<head>")

    async def packed(_: Request) -> HTMLResponse:
        return HTMLResponse("<head>", headers={"content-encoding": "own"})

    for answer in (text, packed):
        client = TestClient(FirstScript(Starlette(routes=[Route("/", answer)])))
        assert client.get("/").text == "<head>"
