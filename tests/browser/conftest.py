"""A real Chromium on a real page; every request that a page makes is noted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.chat import Assistant
from assistant.ui.saving import Saving
from assistant.work.opening import open_work
from tests.ui.stage import served, stage

# Read before the guard of the whole suite clears what begins with ASSISTANT_.
_SCREENSHOTS = os.environ.get("ASSISTANT_SCREENSHOTS")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

FILES: dict[str, str | bytes] = {
    "talks.md": "# Talks in Singapore\n\nThe minister declined the meeting. The reason was the sanctions of 2018.\n",
    "grain.txt": "Grain exports\n\nThe corridor carried 33 million tonnes of grain. It ended in July 2023.\n",
    "china.txt": "China\n\nChina said one thing. China said another. China said a third. China said a fourth.\n",
}

expect.set_options(timeout=20_000)  # milliseconds: two browsers share two cores with all that they wait for


@dataclass
class Watch:
    """What happened in the pages of one test."""

    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine: install `chromium` to run this test")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    """One with three briefings that takes its time, in modules that have none of their own."""
    made = stage(tmp_path, dict(FILES), pause=0.3)
    yield made
    made.close()


@pytest.fixture
def saving(tmp_path: Path) -> Iterator[Saving]:
    """What saves into the folder of this test alone."""
    made = Saving(open_work(tmp_path))
    yield made
    made.close()


@pytest.fixture
def url(assistant: Assistant, saving: Saving) -> Iterator[str]:
    """The address of a page of the module's `assistant`."""
    with served(assistant, saving=saving) as address:
        yield address


@pytest.fixture
def unsaved_url(assistant: Assistant) -> Iterator[str]:
    """The address of a page that saves nothing."""
    with served(assistant) as address:
        yield address


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def open_page(chromium: Browser, watch: Watch) -> Iterator[Open]:
    contexts = []

    def opened(url: str, *, width: int = 1440, height: int = 900, dark: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        context.on("request", lambda request: _note(watch, request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: watch.errors.append(str(error)))
        page.goto(url)
        page.wait_for_selector(".welcome h1")
        return page

    yield opened
    for context in contexts:
        for page in context.pages:  # a request that a test holds up would fail in the test after it
            page.unroute_all(behavior="wait")
        context.close()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    folder = Path(_SCREENSHOTS) if _SCREENSHOTS else tmp_path / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def send(page: Page, question: str) -> None:
    """Types a question and sends it."""
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def ask(page: Page, question: str) -> None:
    """Types a question and waits for the end of its answer."""
    send(page, question)
    finished(page, question)


def finished(page: Page, question: str) -> None:
    """Waits for the end of the answer, and for the source pane, which may show its first citation by itself."""
    page.wait_for_function(
        """(question) => {
            const turn = document.querySelector("#live .turn");
            return turn && turn.dataset.state !== "running"
                && turn.querySelector(".question").textContent === question;
        }""",
        arg=" ".join(question.split()),
    )
    shown(page)


def shown(page: Page) -> None:
    """Waits until the source pane shows what was asked of it last, and has told a screen reader so."""
    page.wait_for_selector("#source:not([aria-busy])", state="attached")


def select(page: Page, words: str) -> None:
    """Selects the words in the source pane, as soon as it shows them in one text; fails when it never does."""
    page.wait_for_function(
        """(words) => {
            const body = document.querySelector("#source .body");
            if (!body) return false;
            const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode() && !walk.currentNode.data.includes(words));
            if (!walk.currentNode?.data?.includes(words)) return false;
            const at = walk.currentNode.data.indexOf(words);
            document.getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
            return true;
        }""",
        arg=words,
    )


def marked(page: Page) -> str:
    return str(page.evaluate("[...document.querySelectorAll('#source mark')].map((m) => m.textContent).join('')"))


def mark_in_view(page: Page) -> None:
    """Waits until the first marked words lie within the pane that shows them; fails when they never do."""
    page.wait_for_function(
        """() => {
            const mark = document.querySelector("#source mark"), body = document.querySelector("#source .body");
            if (!mark) return false;
            const inner = mark.getClientRects()[0], outer = body.getBoundingClientRect();
            return inner.top >= outer.top && inner.top < Math.min(outer.bottom, innerHeight) - 10;
        }"""
    )


def _note(watch: Watch, url: str) -> None:
    if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "127.0.0.1":
        watch.elsewhere.append(url)
