"""Answers that do not come to their end, in a real Chromium: stopped, left by a reload, or with their conversation."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from assistant.ui.saving import Saving
from tests.browser.conftest import Open, ask, send
from tests.browser.conversation_steps import conversations_of, show_list

pytestmark = pytest.mark.browser


def test_a_stopped_answer_is_kept_and_gives_way_when_it_is_asked_again(
    url: str, open_page: Open, saving: Saving
) -> None:
    page = open_page(url)
    send(page, "China slowly")
    page.wait_for_selector("#live .turn[data-state=running] .prose p >> text=China said one thing.")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("#live .turn[data-state=stopped]")
    page.reload()
    expect(page.locator("#live .turn[data-state=stopped]")).to_contain_text("China said one thing.")
    expect(page.locator("#live")).to_contain_text("not complete")
    page.get_by_role("button", name="Ask again").click()
    page.wait_for_selector("#live .turn[data-state=done]")
    (line,) = conversations_of(saving).list()
    assert line.turns == 1


def test_a_stopped_question_that_is_edited_gives_way_and_one_that_is_not_stays(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    for question in ("China slowly", "China said slowly"):
        send(page, question)
        page.wait_for_selector(f"#live .turn[data-state=running]:has-text('{question}') .prose p")
        page.get_by_role("button", name="Stop").click()
        page.wait_for_selector("#live .turn[data-state=stopped]")
    page.get_by_role("button", name="Edit the question: China said slowly").click()
    expect(page.locator("#question textarea")).to_have_value("China said slowly")
    ask(page, "tonnes corridor?")
    asked = ["minister meeting?", "China slowly", "tonnes corridor?"]
    expect(page.locator(".question")).to_have_text(asked)
    page.reload()
    expect(page.locator(".question")).to_have_text(asked)
    page.get_by_role("button", name="Edit the question: China slowly").click()
    expect(page.locator("#question textarea")).to_have_value("China slowly")
    ask(page, "sanctions reason?")
    expect(page.locator("#earlier .question")).to_have_text(["minister meeting?"])
    page.reload()
    expect(page.locator(".question")).to_have_text(["minister meeting?", "sanctions reason?"])


def test_a_question_whose_page_is_loaded_anew_in_mid_answer_is_kept(url: str, open_page: Open, saving: Saving) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    send(page, "China slowly")
    page.wait_for_selector("#live .turn[data-state=running] .prose p")
    page.reload()
    expect(page.locator(".question").first).to_have_text("minister meeting?")
    for _ in range(100):  # as long as anything may take here
        (line,) = conversations_of(saving).list()
        if line.turns == 2:
            break
        page.wait_for_timeout(200)
    page.reload()
    expect(page.locator("#live .turn[data-state=stopped]")).to_contain_text("China said one thing.")


def test_a_conversation_that_is_deleted_during_an_answer_is_closed(url: str, open_page: Open, saving: Saving) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    show_list(page)
    send(page, "China slowly")
    page.wait_for_selector("#live .turn[data-state=running] .prose p")
    page.get_by_role("button", name="Delete: minister meeting?").click()
    expect(page.locator(".welcome h1")).to_be_visible()
    page.wait_for_timeout(4_000)  # milliseconds: another sentence would have come
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "tonnes corridor?")
    expect(page.locator("#live [role=alert]")).to_have_count(0)
    assert [line.title for line in conversations_of(saving).list()] == ["tonnes corridor?"]


def test_another_conversation_is_deleted_without_ending_an_answer(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    show_list(page)
    send(page, "China slowly")
    page.wait_for_selector("#live .turn[data-state=running] .prose p")
    page.get_by_role("button", name="Delete: minister meeting?").click()
    expect(page.locator("#past-notice")).to_contain_text("Deleted")
    expect(page.locator("#live .turn[data-state=done]")).to_contain_text("China said a third.")
