"""Conversations that last, in a real Chromium: listed, searched, renamed, deleted, there again after a reload."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from assistant.chat import Assistant
from assistant.ui.saving import Saving
from assistant.work.opening import WORK, open_work
from tests.browser.accessibility import look
from tests.browser.conftest import Open, Watch, ask, marked
from tests.browser.conversation_steps import conversations_of, has_titles, show_list
from tests.ui.stage import served

pytestmark = pytest.mark.browser


def test_the_way_to_the_question_comes_before_the_list_of_conversations(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question")).to_be_focused()


def test_the_open_conversation_is_there_again_after_a_reload_and_goes_on(
    url: str, open_page: Open, saving: Saving, watch: Watch
) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    ask(page, "tonnes corridor?")
    page.reload()
    expect(page.locator("#earlier .question")).to_have_text("minister meeting?")
    expect(page.locator("#live .question")).to_have_text("tonnes corridor?")
    expect(page.locator(".welcome")).to_have_count(0)
    page.locator("#live .cite").click()
    page.wait_for_function("document.querySelector('#source mark')?.textContent.includes('33 million')")
    assert marked(page) == "The corridor carried 33 million tonnes of grain."
    ask(page, "sanctions reason?")
    expect(page.locator("#earlier .turn")).to_have_count(2)
    (line,) = conversations_of(saving).list()
    assert line.turns == 3
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome h1")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    page.reload()
    expect(page.locator(".welcome h1")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    assert not watch.errors
    assert not watch.elsewhere


def test_what_is_typed_while_the_page_is_still_loading_stays(url: str, open_page: Open) -> None:
    page = open_page(url)

    def late(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/run/predict*", late)
    page.reload(wait_until="commit")  # on a slow machine the page is there before everything is loaded
    page.fill("#question textarea", "minister meeting?")
    expect(page.locator(".welcome h1")).to_be_visible()
    expect(page.locator("#question textarea")).to_have_value("minister meeting?")


def test_a_question_that_is_asked_while_the_page_is_still_loading_stays(
    url: str, open_page: Open, saving: Saving
) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    held: list[Route] = []
    page.route("**/run/predict*", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.wait_for_selector("#question textarea")
    while not held:
        page.wait_for_timeout(50)
    ask(page, "tonnes corridor?")
    with page.expect_response("**/run/predict*"):
        for route in held:
            route.continue_()
    page.unroute_all(behavior="ignoreErrors")
    page.wait_for_timeout(300)
    expect(page.locator("#live .question")).to_have_text("tonnes corridor?")
    assert sorted(line.title for line in conversations_of(saving).list()) == ["minister meeting?", "tonnes corridor?"]


def _ask_two(page: Page) -> None:
    """Asks a question in each of two conversations, and shows both in the list."""
    ask(page, "minister meeting?")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "tonnes corridor?")
    show_list(page)
    has_titles(page, "tonnes corridor?", "minister meeting?")


def test_conversations_are_listed_searched_opened_and_renamed(url: str, open_page: Open) -> None:
    page = open_page(url)
    _ask_two(page)
    expect(page.locator("#past-list li[aria-current] .title")).to_have_text("tonnes corridor?")
    page.keyboard.type("minist")
    has_titles(page, "minister meeting?")
    page.locator("#past-list .conversation").click()
    expect(page.locator("#live .question")).to_have_text("minister meeting?")
    expect(page.locator("#past-list li[aria-current] .title")).to_have_text("minister meeting?")
    page.get_by_role("button", name="Rename: minister meeting?").click()
    expect(page.locator("#renaming input")).to_have_value("minister meeting?")
    page.fill("#renaming input", "Talks that did not happen")
    page.keyboard.press("Enter")
    has_titles(page, "Talks that did not happen")  # its question still has the word
    page.fill("#past-search :is(input, textarea)", "")
    has_titles(page, "tonnes corridor?", "Talks that did not happen")
    page.fill("#past-search :is(input, textarea)", "elephants")
    expect(page.locator("#past-list")).to_contain_text("No conversation has these words.")


def test_the_list_keeps_the_focus_when_it_is_drawn_anew(url: str, open_page: Open) -> None:
    page = open_page(url)
    _ask_two(page)
    older = page.locator("#past-list .conversation").nth(1)
    older.press("Enter")
    expect(page.locator("#past-list li[aria-current] .title")).to_have_text("minister meeting?")
    expect(page.locator("#past-list li[aria-current] .conversation")).to_be_focused()
    page.get_by_role("button", name="Rename: minister meeting?").press("Enter")
    page.fill("#renaming input", "Talks")
    page.keyboard.press("Enter")
    has_titles(page, "tonnes corridor?", "Talks")
    expect(page.get_by_role("button", name="Rename: Talks")).to_be_focused()


def test_a_deleted_conversation_comes_back_by_undo(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    show_list(page)
    page.get_by_role("button", name="Delete: minister meeting?").click()
    expect(page.locator("#past-notice")).to_contain_text("Deleted “minister meeting?”.")
    expect(page.locator(".welcome h1")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    has_titles(page, "minister meeting?")
    expect(page.locator("#past-notice .notice")).to_have_count(0)
    page.locator("#past-list .conversation").click()
    expect(page.locator("#live .question")).to_have_text("minister meeting?")


def test_a_second_window_sees_what_the_first_one_asked(url: str, open_page: Open) -> None:
    one, two = open_page(url), open_page(url)
    ask(one, "minister meeting?")
    show_list(two)
    two.fill("#past-search :is(input, textarea)", "declined")
    has_titles(two, "minister meeting?")
    two.locator("#past-list .conversation").click()
    expect(two.locator("#live .question")).to_have_text("minister meeting?")
    ask(two, "tonnes corridor?")
    ask(one, "sanctions reason?")
    one.reload()
    expect(one.locator(".question")).to_have_text(["minister meeting?", "tonnes corridor?", "sanctions reason?"])


def test_asking_again_in_one_window_keeps_what_another_one_added(url: str, open_page: Open) -> None:
    one, two = open_page(url), open_page(url)
    ask(one, "minister meeting?")
    show_list(two)
    two.fill("#past-search :is(input, textarea)", "declined")
    two.locator("#past-list .conversation").click()
    expect(two.locator("#live .question")).to_have_text("minister meeting?")
    ask(two, "tonnes corridor?")
    ask(two, "sanctions reason?")
    one.get_by_role("button", name="Ask again").click()
    expect(one.locator("#live [role=alert]")).to_contain_text("2 questions were asked in this conversation in another")
    one.reload()
    expect(one.locator(".question")).to_have_text(["tonnes corridor?", "sanctions reason?", "minister meeting?"])


def test_an_old_answer_shows_what_it_showed_then_and_says_what_changed(
    url: str, open_page: Open, assistant: Assistant
) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    ask(page, "tonnes corridor?")
    (assistant.library.corpus / "talks.md").write_text("# Talks in Singapore\n\nNothing of that.\n", encoding="utf-8")
    (assistant.library.corpus / "grain.txt").unlink()
    list(assistant.sync())
    page.reload()
    expect(page.locator("#earlier .prose")).to_contain_text("The minister declined the meeting.")
    expect(page.locator("#earlier .since")).to_contain_text("Talks in Singapore has changed since")
    expect(page.locator("#live .since")).to_contain_text("Grain is no longer in the library")
    page.locator("#live .cite").click()
    expect(page.locator("#source .body")).to_contain_text("This document is no longer in the library")
    page.locator("#earlier .cite").click()
    expect(page.locator("#source .head")).to_contain_text("has changed since the answer was given")
    assert marked(page) == ""


def test_logins_do_not_see_each_other_s_conversations(assistant: Assistant, saving: Saving, chromium: Browser) -> None:
    with served(assistant, saving=saving, auth=[("ann", "a"), ("bob", "b")]) as address:
        pages = {}
        for name, password in (("ann", "a"), ("bob", "b")):
            page = chromium.new_context().new_page()
            page.goto(address)
            page.fill("input[type=text]", name)
            page.fill("input[type=password]", password)
            page.get_by_role("button", name="Login").click()
            page.wait_for_selector(".welcome h1")
            pages[name] = page
        ask(pages["ann"], "minister meeting?")
        show_list(pages["bob"])
        expect(pages["bob"].locator("#past-list")).to_contain_text("What you ask is kept here.")
        show_list(pages["ann"])
        has_titles(pages["ann"], "minister meeting?")
        for page in pages.values():
            page.context.close()


def test_a_damaged_file_is_told_and_the_page_answers(assistant: Assistant, tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "index" / WORK).write_bytes(b"This is no database at all." * 500)
    saving = Saving(open_work(tmp_path / "index"))
    with served(assistant, saving=saving) as address:
        page = open_page(address)
        ask(page, "minister meeting?")
        expect(page.locator("#live .prose")).to_contain_text("The minister declined the meeting.")
        expect(page.locator("#past-notice")).to_be_visible()
        expect(page.locator("#past-notice")).to_contain_text(re.compile("damaged.*assistant restore FILE"))
        has_titles(page, "minister meeting?")
    saving.close()


def _box(page: Page, selector: str) -> tuple[float, float]:
    """Where an element begins and ends, from the left."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"], box["x"] + box["width"]


def test_on_a_phone_the_list_covers_everything_and_a_tap_beside_it_closes_it(url: str, open_page: Open) -> None:
    page = open_page(url, width=390, height=844)
    button = page.locator("#past-button button")
    page.get_by_role("button", name="Filters").click()
    labels = page.locator("#filters [data-testid=block-info]")
    expect(labels).to_have_text(["From", "To", "Format", "Publisher", "Document"])
    places = [box for box in (label.bounding_box() for label in labels.all()) if box]
    show_list(page)
    for place in places:
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        assert page.evaluate("([x, y]) => !!document.elementFromPoint(x, y).closest('#past')", [x, y]), place
    page.mouse.click(_box(page, "#past")[1] + 20, 400)
    expect(page.locator("#past")).not_to_be_visible()
    expect(button).to_be_focused()
    show_list(page)
    page.keyboard.press("Escape")
    expect(page.locator("#past")).not_to_be_visible()
    expect(button).to_be_focused()
    show_list(page)
    page.locator("#tab-library-button").focus()  # as Tab does behind the last element of the list
    expect(page.locator("#past")).not_to_be_visible()
    expect(page.locator("#tab-library-button")).to_be_focused()


def test_beside_the_list_the_source_gives_way_and_not_the_conversation(url: str, open_page: Open) -> None:
    page = open_page(url, width=1280, height=850)
    show_list(page)
    expect(page.get_by_role("tab")).to_have_count(3)
    expect(page.get_by_role("tab", name="Memo")).to_be_visible()
    left, right = _box(page, "#main")
    assert right - left >= 480
    assert _box(page, "#past")[1] <= left
    assert _box(page, "#side")[0] >= right
    assert _box(page, "#go")[1] <= right - 16
    page.wait_for_function("document.querySelector('#question textarea').clientHeight < 60")  # its hint is on one line
    page.set_viewport_size({"width": 1100, "height": 850})
    page.wait_for_function("document.querySelector('#main').getBoundingClientRect().left === 0")
    page.keyboard.press("Escape")
    expect(page.locator("#past")).not_to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_list_breaks_no_accessibility_rule_and_fits(
    width: int, height: int, dark: bool, url: str, open_page: Open, shots: Path, assistant: Assistant
) -> None:
    page = open_page(url, width=width, height=height, dark=dark)
    page.emulate_media(reduced_motion="reduce")
    for question in (
        "minister meeting?",
        "Which reasons did the ministers give in the years of the sanctions, and who?",
    ):
        ask(page, question)
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".turn")).to_have_count(0)
    ask(page, "tonnes corridor?")
    (assistant.library.corpus / "grain.txt").unlink()
    list(assistant.sync())
    page.reload()
    expect(page.locator("#live .since")).to_be_visible()
    name = f"conversations-{width}-{'dark' if dark else 'light'}"
    problems = look(page, shots / f"{name}-closed.png")
    show_list(page)
    expect(page.locator("#past-list .title")).to_have_count(3)
    problems += look(page, shots / f"{name}-list.png")
    page.get_by_role("button", name="Rename: tonnes corridor?").click()
    problems += look(page, shots / f"{name}-rename.png")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Rename: tonnes corridor?")).to_be_focused()
    page.get_by_role("button", name="Delete: minister meeting?").click()
    expect(page.locator("#past-notice .notice")).to_be_visible()
    problems += look(page, shots / f"{name}-deleted.png")
    colours = page.locator("#dark").bounding_box()
    assert colours
    assert colours["x"] + colours["width"] <= width - 8
    if width < 1000:
        page.keyboard.press("Escape")
        expect(page.locator("#past")).not_to_be_visible()
        expect(page.locator("#past-button button")).to_be_focused()
    assert not problems
