"""Questions that wait in line, in a real Chromium, and those that were meant once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from assistant.ui.panels import conversation
from assistant.ui.saving import Saving
from assistant.work.opening import open_work
from tests.browser.conftest import Open, ask, finished, send
from tests.browser.conversation_steps import questions_of
from tests.ui.stage import FirstSentences, served, stage

pytestmark = pytest.mark.browser


def test_a_question_that_waits_in_line_is_not_asked_in_the_conversation_that_takes_its_place(
    tmp_path: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "AT_ONCE", 1)
    pen = threading.Semaphore(0)
    files: dict[str, str | bytes] = {"crane.txt": "Cranes\n\nThe crane is red. The pier is long.\n"}
    assistant = stage(tmp_path, files, answerer=lambda library: FirstSentences(library, pen=pen))
    saving = Saving(open_work(tmp_path))
    with served(assistant, saving=saving) as address:
        one, two = open_page(address), open_page(address)
        send(one, "is the crane red?")
        one.wait_for_selector("#live .turn[data-state=running]")
        with two.expect_response("**/queue/join*"):
            send(two, "pier long?")
        two.get_by_role("button", name="New conversation").click()
        expect(two.locator("#question textarea")).to_have_value("")
        pen.release(4)  # for more sentences than all three have
        one.wait_for_selector("#live .turn[data-state=done]")
        ask(two, "crane red?")
        expect(two.locator("#live .cite")).to_have_count(1)
        expect(two.locator("#earlier .turn")).to_have_count(0)
    assert sorted(questions_of(saving)) == ["crane red?", "is the crane red?"]
    saving.close()
    assistant.close()


@pytest.mark.parametrize("how", ["Enter", "Ask"])
def test_who_presses_twice_asks_once(how: str, url: str, open_page: Open, saving: Saving) -> None:
    page = open_page(url)
    for question in ("33 million grain?", "minister declined?"):
        page.fill("#question textarea", question)
        if how == "Enter":
            page.focus("#question textarea")
            page.keyboard.press("Enter")
            page.keyboard.press("Enter")
        else:
            page.locator("#go").dblclick()
        finished(page, question)
    expect(page.locator("#earlier .turn")).to_have_count(1)
    assert questions_of(saving) == ["33 million grain?", "minister declined?"]


@pytest.mark.parametrize("how", ["Enter", "Ask"])
def test_who_presses_again_on_a_slow_line_asks_once(how: str, url: str, open_page: Open, saving: Saving) -> None:
    page = open_page(url)
    page.clock.install()
    line: list[Route] = []
    slow = True
    page.route("**/queue/join*", lambda route: line.append(route) if slow else route.continue_())
    question = page.locator("#question textarea")
    press = question.press if how == "Enter" else lambda _: page.locator("#go").click()
    question.fill("33 million grain?")
    with page.expect_request("**/queue/join*"):
        press("Enter")
    page.clock.fast_forward(5_000)
    press("Enter")
    slow = False
    for held in line:
        held.continue_()
    finished(page, "33 million grain?")
    ask(page, "minister declined?")
    expect(page.locator("#earlier .turn")).to_have_count(1)
    assert questions_of(saving) == ["33 million grain?", "minister declined?"]


def test_a_question_that_was_not_taken_can_be_sent_again_at_once(tmp_path: Path, open_page: Open) -> None:
    pen = threading.Semaphore(0)
    files: dict[str, str | bytes] = {"crane.txt": "Cranes\n\nThe crane is red. The pier is long.\n"}
    assistant = stage(tmp_path, files, answerer=lambda library: FirstSentences(library, pen=pen))
    with served(assistant) as address:
        page = open_page(address)
        send(page, "crane red?")
        page.wait_for_selector("#live .turn[data-state=running]")
        page.evaluate(
            """() => {
                const asked = window.briefing.asked;
                window.briefing.asked = () => { window.over = true; asked(); };
            }"""
        )
        send(page, "pier long?")
        page.wait_for_function("window.over")
        pen.release(4)
        page.wait_for_selector("#live .turn[data-state=done]")
        expect(page.locator("#question textarea")).to_have_value("pier long?")
        page.press("#question textarea", "Enter")
        finished(page, "pier long?")
    assistant.close()
