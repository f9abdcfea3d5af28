"""The source pane while the library changes under it, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.chat import Assistant
from tests.browser.conftest import Open, Watch, ask, select
from tests.ui.stage import stage

pytestmark = pytest.mark.browser


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    files: dict[str, str | bytes] = {
        "talks.md": "# Talks\n\nThe minister declined the meeting.\n",
        "grain.txt": "Grain exports\n\nThe corridor carried grain.\n",
    }
    made = stage(tmp_path, files)
    yield made
    made.close()


def _open_grain(page: Page) -> None:
    page.locator(".documents li").filter(has_text="grain.txt").locator("button.title").click()


def test_the_pane_shows_a_document_as_it_is_by_now(
    url: str, open_page: Open, assistant: Assistant, watch: Watch
) -> None:
    page = open_page(url)
    body = page.locator("#source .body")
    page.get_by_role("tab", name="Library").click()
    _open_grain(page)
    expect(body).to_contain_text("The corridor carried grain.")
    select(page, "carried grain")
    (assistant.library.corpus / "grain.txt").write_text("Grain exports\n\nNow the corridor carried grain.\n")
    page.get_by_role("button", name="Update").click()
    expect(page.locator("#library-notice")).to_contain_text("Up to date")
    page.get_by_role("button", name="Add selection to memo").click()
    expect(page.locator("#memo-notice")).to_contain_text("has changed since it was shown")
    _open_grain(page)
    expect(body).to_contain_text("Now the corridor carried grain.")
    select(page, "carried grain")
    page.get_by_role("button", name="Add selection to memo").click()
    expect(page.locator("#memo-notice")).to_contain_text("The quote was added to the new memo")

    page.get_by_role("tab", name="Ask").click()
    ask(page, "minister declined")
    expect(body).to_contain_text("The minister declined the meeting.")
    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Remove Talks").click()
    page.get_by_role("button", name="Remove from the index").click()
    undo = page.locator("#library-notice").get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    page.get_by_role("tab", name="Ask").click()
    page.locator("#live .cite").click()
    expect(body).to_contain_text("no longer in the library")
    page.get_by_role("tab", name="Library").click()
    undo.click()
    expect(page.locator("#library-notice")).to_contain_text("Up to date")
    page.get_by_role("tab", name="Ask").click()
    page.locator("#live .cite").click()
    expect(body).to_contain_text("The minister declined the meeting.")
    assert not watch.errors


def test_copying_without_a_clipboard_takes_neither_the_focus_nor_the_selection(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.evaluate(
        """() => {
            Object.defineProperty(navigator, "clipboard", { value: undefined });
            document.addEventListener("copy", () => { window.copied = document.activeElement.value; });
        }"""
    )
    ask(page, "minister declined")
    page.get_by_role("button", name="Copy with references").press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    assert "The minister declined the meeting. [1]" in page.evaluate("window.copied")
    select(page, "the meeting")
    page.get_by_label("How a quote is copied").select_option("none")
    page.get_by_role("button", name="Copy selection").press("Enter")
    expect(page.locator("#source [data-do=copy-quote]")).to_have_text("Copied")
    expect(page.locator("#source [data-do=copy-quote]")).to_be_focused()
    assert page.evaluate("window.copied") == "the meeting"
    assert page.evaluate("document.getSelection().toString()") == "the meeting"
