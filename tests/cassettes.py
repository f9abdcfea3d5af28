"""Recorded conversations with an LLM: what is kept of them, how a request finds its recording, and what a miss says.

A conftest beside recorded tests imports the fixtures and the hook from here; docs/cassettes.md tells how to record.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Generator, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import yaml
from vcr import VCR
from vcr.cassette import Cassette
from vcr.request import Request

from assistant.llms.base import Endpoint

__all__ = [
    "pytest_recording_configure",
    "pytest_runtest_makereport",
    "recorded_endpoint",
    "vcr_config",
    "whole_cassette",
]

NEUTRAL_HOST = "llm.invalid"
NEUTRAL_MODEL = "recorded"
KEY = "sk-not-a-secret-0123456789"  # sent when recording, so that a test can look for it in the cassettes
_KEPT_HEADERS = ("content-type",)  # a list of what may stay: a new header with a secret is dropped, too
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LINES = 4  # of the prompt that a miss shows
_AROUND = 4  # words before and after a change
_FAILED = pytest.StashKey[bool]()


class ReadableYaml:
    """A cassette as YAML: JSON bodies indented, every text of several lines as a block."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        """The text of the cassette."""
        for interaction in cassette["interactions"]:
            interaction["request"]["body"] = _indented(interaction["request"]["body"])
            interaction["response"]["body"]["string"] = _indented(interaction["response"]["body"]["string"])
        return yaml.dump(cassette, Dumper=_Blocks, sort_keys=False, allow_unicode=True, width=120)

    @staticmethod
    def deserialize(text: str) -> Any:
        """The cassette of this text."""
        return yaml.safe_load(text)


class _Blocks(yaml.SafeDumper):
    pass


_Blocks.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def pytest_recording_configure(config: pytest.Config, vcr: VCR) -> None:
    """Hook of pytest-recording: cassettes are written and read by `ReadableYaml`."""
    vcr.register_serializer("yaml", ReadableYaml)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Hook of pytest: notes for `whole_cassette` whether a test has failed."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture
def vcr_config() -> dict[str, Any]:
    """A request is the recorded one if method, path and body are; nothing of the machine it ran on is kept."""
    return {
        "match_on": ["method", "path", "body"],
        "before_record_request": neutral_request,
        "before_record_response": neutral_response,
        "decode_compressed_response": True,
        "allow_playback_repeats": False,
    }


@pytest.fixture(scope="session")
def recorded_endpoint(record_mode: str) -> Endpoint:
    """Where recorded tests ask: when recording the server of the environment, else a host that does not exist."""
    if record_mode == "none":
        return Endpoint(f"http://{NEUTRAL_HOST}/v1", NEUTRAL_MODEL, KEY, seconds=5)
    url, model = os.environ.get("ASSISTANT_LLM_URL", ""), os.environ.get("ASSISTANT_LLM_MODEL", "")
    if urlsplit(url).hostname not in _LOOPBACK or not model:
        pytest.exit("to record, set ASSISTANT_LLM_URL to a server on loopback, and ASSISTANT_LLM_MODEL", returncode=4)
    return Endpoint(url, model, KEY, seconds=600)


@pytest.fixture(autouse=True)
def whole_cassette(
    vcr: Cassette | None, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[None]:
    """A request without a recording fails the test and names its prompt; so does a recording that was not asked for.

    The failure is raised where the request is made, and once more at the end where the code under test swallowed it,
    as a thread of its own or an `except BaseException` would.
    """
    if vcr is None:
        yield
        return
    can_play = vcr.can_play_response_for
    missed: list[str] = []

    def playable(asked: Request) -> bool:
        if can_play(asked):
            return True
        if vcr.write_protected:
            missed.append(miss(vcr, vcr.filter_request(asked)))
            # Not an Exception: an LLM's client would take that for a network error and try again.
            pytest.fail(missed[-1], pytrace=False)
        return False

    monkeypatch.setattr(vcr, "can_play_response_for", playable)
    yield
    if request.node.stash.get(_FAILED, False):
        return
    if missed:
        pytest.fail(missed[0], pytrace=False)
    if vcr.write_protected and not vcr.all_played:
        left = [request for index, request in enumerate(vcr.requests) if not vcr.play_counts[index]]
        asked = "\n".join(_indent(_first_lines(prompt_of(_body(request)))) for request in left)
        pytest.fail(f"{len(left)} of {len(vcr)} recorded requests were not made again:\n{asked}", pytrace=False)


def neutral_request(request: Request) -> Request:
    """The request without host, key, headers and the model's name; doing it twice changes nothing."""
    parts = urlsplit(request.uri)
    request.uri = urlunsplit(("http", NEUTRAL_HOST, parts.path, "", ""))
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in _KEPT_HEADERS}
    body = _body(request)
    if "model" in body:
        request.body = json.dumps({**body, "model": NEUTRAL_MODEL}, ensure_ascii=False).encode()
    return request


def neutral_response(response: dict[str, Any]) -> dict[str, Any]:
    """The response without its headers but for the media type."""
    headers = {name: value for name, value in response["headers"].items() if name.lower() in _KEPT_HEADERS}
    return {**response, "headers": headers}


def prompt_of(body: Mapping[str, Any]) -> str:
    """What a request asked: its messages, each after its role; the body as it is where there are none."""
    messages = body.get("messages")
    if not isinstance(messages, list):
        return json.dumps(body, ensure_ascii=False)
    return "\n".join(f"{message['role']}: {message['content']}" for message in messages)


def miss(cassette: Cassette, request: Request) -> str:
    """Why this request is not replayed: its prompt, and how the most similar recorded one differs."""
    asked = _body(request)
    lines = [
        "this prompt has no recording:",
        _indent(_first_lines(prompt_of(asked))),
        f"looked for in {cassette.path}",
    ]
    others = [_body(other) for other in cassette.requests]
    if not others:
        return "\n".join([*lines, "which holds nothing: record it (docs/cassettes.md)"])
    nearest = max(others, key=lambda other: _similarity(prompt_of(asked), prompt_of(other)))
    change = _change(prompt_of(nearest), prompt_of(asked)) + _other_fields(nearest, asked)
    if not change:
        return "\n".join([*lines, "where it stands, but was replayed already: it is asked more often than recorded"])
    return "\n".join([*lines, "the nearest recorded prompt differs ([-recorded-] {+asked+}):", *map(_indent, change)])


def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _indented(body: Any) -> Any:
    try:
        return json.dumps(json.loads(body), indent=1, ensure_ascii=False) + "\n"
    except (TypeError, ValueError):
        return body


def _first_lines(prompt: str) -> str:
    lines = prompt.splitlines()
    return "\n".join(line[:200] for line in lines[:_LINES]) + ("\n..." if len(lines) > _LINES else "")


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _similarity(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _change(recorded: str, asked: str) -> list[str]:
    """The changed words, each run of them in a line with the words around it; at most five runs."""
    old, new = recorded.split(), asked.split()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    runs = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            gone, come = " ".join(old[i:j])[:300], " ".join(new[k:m])[:300]
            middle = [f"[-{gone}-]"] * bool(gone) + [f"{{+{come}+}}"] * bool(come)
            runs.append(" ".join([*new[max(0, k - _AROUND) : k], *middle, *new[m : m + _AROUND]]))
    return runs[:5] + ([f"and {len(runs) - 5} more changes"] if len(runs) > 5 else [])


def _other_fields(recorded: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    names = sorted((recorded.keys() | asked.keys()) - {"messages"})
    return [
        f"{name}: [-{recorded.get(name)}-] {{+{asked.get(name)}+}}"
        for name in names
        if recorded.get(name) != asked.get(name)
    ]
