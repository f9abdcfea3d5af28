from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from assistant.ui.guard import HEADERS, LOOPBACK, Guard
from assistant.ui.server import build_app, close_gradio
from tests.ui.stage import stage

HERE = "127.0.0.1:7860"
FOREIGN = {
    "rebound name with its own origin": [("host", "evil.test:7860"), ("origin", "http://evil.test:7860")],
    "rebound name": [("host", "evil.test:7860")],
    "name that begins like ours": [("host", "127.0.0.1.evil.test")],
    "user part before the name": [("host", "127.0.0.1@evil.test")],
    "no host": [],
    "two hosts": [("host", HERE), ("host", "evil.test")],
    "other site": [("host", HERE), ("origin", "http://evil.test")],
    "no origin to speak of": [("host", HERE), ("origin", "null")],
    "other port of this machine": [("host", HERE), ("origin", "http://127.0.0.1:9999")],
    "other scheme": [("host", HERE), ("origin", f"https://{HERE}")],
    "embedded by another site": [("host", HERE), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")],
    "embedded by a neighbour": [("host", HERE), ("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")],
}
OURS = [("host", HERE), ("origin", f"http://{HERE}"), ("sec-fetch-site", "same-origin")]


def ask(
    app: Guard, method: str, path: str, headers: list[tuple[str, str]], body: bytes = b""
) -> tuple[int, dict[str, str]]:
    """The status and headers of one request, sent without a socket."""
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 7860),
    }
    asyncio.run(asyncio.wait_for(app(scope, receive, send), 10))  # type: ignore[arg-type]
    start = next(message for message in sent if message["type"] == "http.response.start")
    return int(start["status"]), {name.decode(): value.decode() for name, value in start["headers"]}  # type: ignore[attr-defined,call-overload]


def routes_of(app: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    for route in getattr(app, "routes", ()):
        if isinstance(route, Mount):
            yield from routes_of(route.app, prefix + route.path)
        elif hasattr(route, "path"):
            path = prefix + "/".join("x" if "{" in part else part for part in route.path.split("/"))
            for method in {*(route.methods or ()), "POST"} if hasattr(route, "methods") else {"GET"}:
                yield method, path
        else:  # a router that FastAPI keeps as it was included; its routes hold their whole path
            yield from routes_of(getattr(route, "original_router", route), prefix)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guard]:
    assistant = stage(tmp_path_factory.mktemp("guard"), {})
    folder = close_gradio()
    app = build_app(assistant)
    assert isinstance(app, Guard)
    yield app
    assistant.close()
    shutil.rmtree(folder)


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
def test_no_route_of_the_page_answers_a_foreign_host_or_site(page: Guard, headers: list[tuple[str, str]]) -> None:
    routes = sorted(set(routes_of(page.app)))
    assert len(routes) > 60
    assert ("POST", "/gradio_api/queue/join") in routes
    for method, path in routes:
        status, _ = ask(page, method, path, headers)
        assert status in (400, 403), f"{method} {path} answered {status}"


def test_the_page_itself_is_served_with_every_header_and_no_host_of_others_in_its_policy(page: Guard) -> None:
    status, headers = ask(page, "GET", "/", OURS)
    assert status == 200
    assert headers.items() >= HEADERS.items()
    assert "http" not in HEADERS["content-security-policy"]
    assert "access-control-allow-origin" not in headers or headers["access-control-allow-origin"] == f"http://{HERE}"


PUBLIC = "briefings.example.org"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([("host", PUBLIC), ("origin", f"https://{PUBLIC}"), ("sec-fetch-site", "same-origin")], 200),
        ([("host", PUBLIC.upper())], 200),
        (OURS, 200),
        ([("host", PUBLIC), ("origin", f"http://{PUBLIC}")], 403),
        ([("host", PUBLIC), ("origin", "https://evil.test")], 403),
        ([("host", PUBLIC), ("sec-fetch-site", "cross-site")], 403),
        ([("host", f"{PUBLIC}:8443")], 400),
        ([("host", f"evil.{PUBLIC}")], 400),
        ([("host", "evil.test"), ("x-forwarded-host", PUBLIC)], 400),
    ],
)
def test_behind_a_proxy_the_page_is_reached_by_its_public_address_only(
    headers: list[tuple[str, str]], status: int
) -> None:
    async def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse("")

    app = Guard(Starlette(routes=[Route("/", answer)]), hosts=LOOPBACK, max_body=100, public_url=f"https://{PUBLIC}/")
    assert ask(app, "GET", "/", headers)[0] == status


def test_behind_a_proxy_the_page_asks_for_everything_at_its_public_address(tmp_path: Path) -> None:
    assistant = stage(tmp_path, {})
    folder = close_gradio()
    app = build_app(assistant, public_url=f"https://{PUBLIC}")
    try:
        with TestClient(app, base_url=f"http://{PUBLIC}") as client:
            assert client.get("/config").json()["root"] == f"https://{PUBLIC}"
            page = client.get("/").text
        assert f"https://{PUBLIC}" in page
        assert f"http://{PUBLIC}" not in page
    finally:
        assistant.close()
        shutil.rmtree(folder)


def test_refusals_carry_the_headers_too(page: Guard) -> None:
    _, headers = ask(page, "GET", "/", FOREIGN["rebound name"])
    assert headers.items() >= HEADERS.items()


def test_a_link_elsewhere_may_open_the_page_but_nothing_below_it(page: Guard) -> None:
    link = [("host", HERE), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]
    assert ask(page, "GET", "/", link)[0] == 200
    assert ask(page, "GET", "/config", link)[0] == 403
    assert ask(page, "POST", "/", link)[0] == 403


async def _counted(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def _streamed(_: Request) -> StreamingResponse:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"a", b"b", b"c"):
            yield piece

    return StreamingResponse(pieces())


def small(**changes: object) -> Guard:
    inner = Starlette(routes=[Route("/", _counted, methods=["POST"]), Route("/stream", _streamed)])
    return Guard(inner, **{"hosts": LOOPBACK, "max_body": 100, **changes})  # type: ignore[arg-type]


def test_a_body_that_says_it_is_too_large_is_refused() -> None:
    assert ask(small(), "POST", "/", [*OURS, ("content-length", "101")])[0] == 413
    assert ask(small(), "POST", "/", [*OURS, ("content-length", "-1")])[0] == 413
    assert ask(small(), "POST", "/", [*OURS, ("content-length", "100")], b"x" * 100)[0] == 200


def test_a_body_that_grows_too_large_without_saying_so_is_cut() -> None:
    with pytest.raises(ClientDisconnect):
        ask(small(), "POST", "/", OURS, b"x" * 101)


def test_a_numeric_address_is_known_only_where_others_may_reach_the_page() -> None:
    there = [("host", "192.0.2.7:7860"), ("origin", "http://192.0.2.7:7860")]
    assert ask(small(), "POST", "/", there)[0] == 400
    assert ask(small(any_address=True), "POST", "/", there)[0] == 200
    assert ask(small(any_address=True), "POST", "/", FOREIGN["rebound name"])[0] == 400


def test_a_streamed_answer_is_passed_on_piece_by_piece() -> None:
    sent: list[bytes] = []

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()  # the client stays
        raise AssertionError

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.body":
            sent.append(message["body"])  # type: ignore[arg-type]

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/stream",
        "query_string": b"",
        "headers": [(b"host", HERE.encode())],
    }
    asyncio.run(small()(scope, receive, send))  # type: ignore[arg-type]
    assert sent[:3] == [b"a", b"b", b"c"]


def test_the_page_writes_nothing_into_the_folder_it_is_started_in(page: Guard, tmp_path: Path) -> None:
    ask(page, "GET", "/", OURS)
    assert not Path(".gradio").exists()
