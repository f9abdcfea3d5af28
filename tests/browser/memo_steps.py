"""What a person does on the Memo tab, step by step."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def begin(page: Page, topic: str, template: str = "") -> None:
    """Begins a memo by the keyboard alone."""
    page.get_by_role("tab", name="Memo").click()
    page.get_by_label("Topic").fill(topic)
    page.get_by_label("Template").select_option(template)
    page.get_by_label("Topic").press("Enter")
    expect(page.get_by_label("Title of the memo")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator(".memo-bar .saved")).to_have_text("Saved")


def texts(page: Page) -> Locator:
    return page.locator(".sections textarea")


def add_section(page: Page, heading: str, text: str) -> None:
    page.get_by_label("New section").fill(heading)
    page.get_by_role("button", name="Add empty").click()
    expect(texts(page).last).to_be_focused()
    page.keyboard.type(text)
    saved(page)


def online_again(page: Page) -> None:
    """Ends what was offline, and waits until the page has loaded itself anew.

    Gradio does so up to two seconds after the assistant answers again, in the midst of whatever is done by then: of a
    page that asks by the clock (its assistant is not ready) it is certain, once it has told that nothing answers.
    """
    expect(page.get_by_text("Connection to the server was lost")).to_be_visible()
    with page.expect_event("load"):
        page.context.set_offline(False)
