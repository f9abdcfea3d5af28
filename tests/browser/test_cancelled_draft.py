"""A draft of a memo that is cancelled while something else is in line, in a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant.chat import Assistant
from tests.browser.conftest import Open
from tests.browser.memo_drafts import FILES, SECTIONS, TOPIC, Gated
from tests.browser.memo_steps import begin, saved, texts
from tests.ui.stage import stage

pytestmark = pytest.mark.browser


@pytest.fixture
def gate() -> threading.Semaphore:
    return threading.Semaphore(0)


@pytest.fixture
def assistant(tmp_path_factory: pytest.TempPathFactory, gate: threading.Semaphore) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("memos"), dict(FILES), answerer=lambda library: Gated(library, gate))
    yield made
    made.close()


def _hold(page: Page) -> None:
    """From now on an export and a memo that is opened wait: `window.held` says which, `window.go()` lets it go on."""
    page.evaluate(
        """() => {
            const { server } = window.briefing.bridges.memos, real = server.memo;
            window.held = "";
            server.memo = async (text) => {
                const asked = JSON.parse(text).do;
                if (asked === "export" || asked === "open") {
                    await new Promise((go) => Object.assign(window, { held: asked, go }));
                    window.held = "";
                }
                return real(text);
            };
        }"""
    )


def _held(page: Page, asked: str) -> None:
    page.wait_for_function("(asked) => window.held === asked", arg=asked)


def test_a_draft_that_is_cancelled_behind_something_else_is_drawn_anew_and_loses_nothing(
    url: str, open_page: Open, gate: threading.Semaphore
) -> None:
    page = open_page(url)
    begin(page, TOPIC, "chronology")
    _hold(page)
    page.get_by_role("button", name="Export as Markdown").click()  # waits until the first section is there
    gate.release()
    _held(page, "export")
    expect(page.locator(".drafting")).to_contain_text(f"2 of {len(SECTIONS)}")
    texts(page).first.fill("Typed before it is drawn anew.")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Stopping after this section …")).to_be_visible()
    with page.expect_download():
        page.evaluate("window.go()")
    _held(page, "open")
    expect(texts(page).first).not_to_be_editable()  # what is typed now would be lost
    page.evaluate("window.go()")
    resume = page.get_by_role("button", name="Go on drafting")
    expect(resume).to_be_visible()
    expect(page.get_by_role("button", name="Stopping after this section …")).to_have_count(0)
    expect(texts(page).first).to_be_editable()
    expect(texts(page).first).to_have_value("Typed before it is drawn anew.")
    saved(page)
    resume.click()
    gate.release(len(SECTIONS))
    expect(page.locator(".drafting")).to_have_count(0)
    expect(texts(page).first).to_have_value("Typed before it is drawn anew.")
