"""What a person does with conversations, step by step, and what is kept of them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from assistant.ui.saving import Saving
from assistant.work.conversations import Conversations


def show_list(page: Page) -> None:
    page.get_by_role("button", name="Conversations", exact=True).click()
    expect(page.locator("#past-search :is(input, textarea)")).to_be_focused()


def has_titles(page: Page, *titles: str) -> None:
    expect(page.locator("#past-list .title")).to_have_text(list(titles))


def conversations_of(saving: Saving) -> Conversations:
    """The conversations that are kept where nobody logs in."""
    found = saving.of(None)
    assert found is not None
    return found


def questions_of(saving: Saving) -> list[str]:
    """The questions that are kept there, of all conversations."""
    saved = conversations_of(saving)
    return [turn.turn.question for each in saved.list() for turn in saved.open(each.id).turns]
