"""Where requests go and what they carry: redirects, proxies, keys, passwords, Azure.

The key and other secrets are in no message, representation, traceback or log.
"""

from __future__ import annotations

import base64
import traceback

import pytest

from assistant.errors import SettingsError
from assistant.llms import Endpoint, Sampling, build
from tests.llms.failing.asking import (
    FEW,
    KEY,
    WAYS,
    Waits,
    Way,
    asynchronous,
    failure_of,
    llm,
    streamed,
    whole,
)
from tests.llms.wrong_server import Answer, Server, error, reply, serving


@pytest.mark.parametrize("way", FEW)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(server: Server, waits: Waits, way: Way, status: int) -> None:
    with serving() as other:
        location = f"http://name:{KEY}@127.0.0.1:{other.port}/v1/chat/completions"
        server.says(Answer(status, "", headers={"location": location}))
        failure = failure_of(way, llm(server.url, waits))
        assert str(failure).endswith(f"sends requests on to {other.url}: set llm_url to that if you trust it")
        assert (len(server.requests), other.requests) == (1, [])


def test_a_redirect_that_names_nothing_that_may_be_shown_is_told_without_it(server: Server, waits: Waits) -> None:
    server.says(Answer(307, "", headers={"location": f"https://elsewhere.example/?key={KEY}"}))
    assert "sends requests on to another address" in str(failure_of(whole, llm(server.url, waits)))


def test_a_plain_server_asked_over_tls_says_so(server: Server, waits: Waits) -> None:
    failure = failure_of(whole, llm(server.url.replace("http:", "https:"), waits))
    assert "or write http: in llm_url where it speaks without TLS" in str(failure)


def test_a_proxy_s_password_is_never_shown_and_this_machine_needs_no_proxy(
    server: Server, waits: Waits, monkeypatch: pytest.MonkeyPatch, logged: pytest.LogCaptureFixture
) -> None:
    with serving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, f"http://name:{KEY}@127.0.0.1:{proxy.port}")
        proxy.says(Answer(407, f"who is {KEY}?"))
        failure = failure_of(whole, llm("http://llm.invalid/v1", waits))
        assert str(failure).startswith("the LLM at http://llm.invalid/v1 is behind a proxy that refuses: correct HTTPS")
        assert [asked.path for asked in proxy.requests] == ["http://llm.invalid/v1/chat/completions"]
        server.says(reply("Because."))
        whole(llm(server.url, waits))
        assert (len(proxy.requests), len(server.requests)) == (1, 1)


@pytest.mark.parametrize("proxy", [f"ftp://name:{KEY}@127.0.0.1:9", f"http://name\x7f:{KEY}@127.0.0.1:9"])
@pytest.mark.parametrize("way", [whole, streamed, asynchronous])
def test_a_proxy_that_cannot_be_one_is_a_failure_that_does_not_show_it(
    waits: Waits, monkeypatch: pytest.MonkeyPatch, proxy: str, way: Way
) -> None:
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, proxy)
    failure = failure_of(way, llm("http://llm.invalid/v1", waits))
    assert "is behind a proxy that cannot be used: correct HTTPS_PROXY" in str(failure)


def test_the_key_is_sent_and_stands_in_no_representation(server: Server, waits: Waits) -> None:
    server.says(error(401, f"bad: {KEY}"))
    asked = llm(server.url, waits)
    failure_of(whole, asked)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(asked) + str(asked) + repr(Endpoint(f"http://{KEY}@host/v1", "m", KEY))


@pytest.mark.parametrize("way", WAYS)
def test_a_password_in_the_url_is_sent_and_never_shown_or_logged(
    server: Server, waits: Waits, logged: pytest.LogCaptureFixture, way: Way
) -> None:
    header = base64.b64encode(f"na@me:{KEY}".encode()).decode()
    server.says(error(503, f"no: {KEY}, Basic {header}"))
    failure = failure_of(way, llm(f"http://na%40me:{KEY}@127.0.0.1:{server.port}/v1", waits, key=None))
    assert f"the LLM at {server.url} failed with HTTP 503: no: ***, Basic ***" in str(failure)
    assert server.requests[0].headers["authorization"] == f"Basic {header}"
    assert "127.0.0.1" in logged.text
    assert "na@me" not in logged.text + str(failure)


@pytest.mark.parametrize(
    "url",
    [
        f"http://127.0.0.1:9/v1?token={KEY}",
        f"http://127.0.0.1:9/v1#{KEY}",
        f"http://name:{KEY}/x@127.0.0.1:9/v1",
        f"http://{KEY}:x@127.0.0.1:99999/v1",
        "http:///v1",
    ],
)
def test_an_address_that_cannot_be_one_is_a_mistake_in_the_settings_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingsError, match="llm_url") as failure:
        build(Endpoint(url, "m"))
    assert KEY not in "".join(traceback.format_exception(failure.value))


@pytest.mark.parametrize("path", ["", "/chat/completions"])
def test_azure_is_asked_with_its_version_and_its_own_header(server: Server, waits: Waits, path: str) -> None:
    server.says(reply("Because."))
    whole(llm(f"http://127.0.0.1:{server.port}/openai/deployments/d{path}?api-version=2024-10-21", waits))
    (asked,) = server.requests
    assert asked.path == "/openai/deployments/d/chat/completions?api-version=2024-10-21"
    assert asked.headers["api-key"] == KEY
    assert "authorization" not in asked.headers


def test_without_a_key_none_is_taken_from_the_environment(
    server: Server, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_BASE", "http://192.0.2.1/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    server.says(error(401, "no"))
    failure_of(whole, llm(server.url, waits, key=None))
    assert [asked.headers["authorization"] for asked in server.requests] == ["Bearer none"]


def test_a_request_has_the_sampling_that_was_asked_for(server: Server) -> None:
    server.says(reply("Because."))
    whole(build(Endpoint(server.url, "m"), Sampling(temperature=0.25, seed=11, max_tokens=7)))
    (asked,) = server.requests
    body = asked.body
    assert (body["temperature"], body["seed"], body["max_tokens"], body["model"]) == (0.25, 11, 7, "m")


def test_a_model_without_chat_completions_is_a_mistake_in_the_settings() -> None:
    with pytest.raises(SettingsError, match=r"'gpt-5\.4-pro' has no chat completions: set another llm_model"):
        build(Endpoint("https://llm.invalid/v1", "gpt-5.4-pro"))
