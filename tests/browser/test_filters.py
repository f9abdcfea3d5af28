"""Filters that lose their document or are taken away, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from assistant.chat import Assistant
from tests.browser.accessibility import look
from tests.browser.conftest import Open, ask
from tests.ui.stage import stage

pytestmark = pytest.mark.browser


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    made = stage(tmp_path, {"talks.md": "# Talks\n\nThe minister declined the meeting.\n"})
    yield made
    made.close()


@pytest.mark.parametrize("label", ["Document", "Format"])
def test_a_choice_that_left_the_library_keeps_nobody_from_asking(
    label: str, unsaved_url: str, open_page: Open, assistant: Assistant
) -> None:
    (assistant.library.corpus / "grain.txt").write_text("Grain exports\n\nThe corridor carried grain.\n")
    list(assistant.sync())
    page = open_page(unsaved_url)
    page.get_by_role("button", name="Filters").click()
    page.locator("#filters").get_by_label(label).click()
    page.get_by_role("option", name="Grain" if label == "Document" else "text").first.click()
    page.keyboard.press("Escape")
    expect(page.locator("#filter-chips .chip")).to_have_count(1)
    (assistant.library.corpus / "grain.txt").unlink()
    list(assistant.sync())
    ask(page, "minister meeting?")
    expect(page.locator("#live .abstained")).to_be_visible()  # nothing is in a document that is gone
    page.get_by_role("button", name="Filters").click()  # folded away, and out again: what is offered is read anew
    page.get_by_role("button", name="Filters").click()
    expect(page.locator("#filter-chips .chip")).to_have_count(0)
    ask(page, "declined meeting?")
    expect(page.locator("#live .prose")).to_contain_text("The minister declined the meeting.")


def test_what_is_chosen_before_the_choices_are_read_anew_stays_chosen(unsaved_url: str, open_page: Open) -> None:
    page = open_page(unsaved_url)
    fold = page.get_by_role("button", name="Filters")
    document = page.locator("#filters").get_by_label("Document")
    fold.click()
    document.click()
    expect(page.get_by_role("option", name="Talks")).to_be_visible()
    page.keyboard.press("Escape")
    fold.click()

    def late(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/run/predict*", late)
    with page.expect_response("**/run/predict*"):
        fold.click()
        document.click()
        page.get_by_role("option", name="Talks").click()
    page.keyboard.press("Escape")
    expect(page.locator("#filter-chips .chip")).to_have_count(1)
    ask(page, "minister meeting?")
    expect(page.locator("#live")).to_contain_text("Searched in 1 document only")


def test_a_filter_that_was_taken_away_is_not_asked_again_with(unsaved_url: str, open_page: Open) -> None:
    page = open_page(unsaved_url)
    page.get_by_role("button", name="Filters").click()
    page.locator("#filters").get_by_label("Document").click()
    page.get_by_role("option", name="Talks").click()
    page.keyboard.press("Escape")
    expect(page.locator("#filter-chips .chip")).to_have_count(1)
    ask(page, "minister meeting?")
    expect(page.locator("#live")).to_contain_text("Searched in 1 document only")
    page.locator("#filter-chips .chip").click()
    expect(page.locator("#filter-chips .chip")).to_have_count(0)
    page.get_by_role("button", name="Ask again").click()
    everywhere = page.locator("#live .turn[data-state=done]").filter(has_not_text="Searched in 1 document only")
    expect(everywhere.locator(".prose")).to_contain_text("The minister declined the meeting.")


def test_a_time_that_ends_before_it_begins_is_told_and_not_searched(
    unsaved_url: str, open_page: Open, shots: Path
) -> None:
    page = open_page(unsaved_url)
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_label("From")).to_be_visible()

    def late(route: Route) -> None:  # a slow line: the chips of the first date are still to come when the second is in
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/run/predict*", late)
    page.get_by_label("From").fill("2024-05-01")
    page.get_by_label("To", exact=True).fill("2023-01-01")
    page.get_by_label("To", exact=True).press("Tab")
    alert = page.locator("#filter-chips").get_by_role("alert")
    expect(alert).to_have_text("From is after To: these dates are left out until one is changed.")
    expect(page.locator("#filter-chips .chip")).to_have_count(0)
    assert not look(page, shots / "filters-backwards.png")
    ask(page, "minister declined meeting?")
    expect(page.locator("#live .prose")).to_contain_text("The minister declined the meeting.")
    page.get_by_label("From").fill("2022-05-01")
    page.get_by_label("From").press("Tab")
    expect(page.locator("#filter-chips .chip")).to_contain_text("1 May 2022")
    expect(alert).to_have_count(0)
