"""Thumbs, test cases and sharing, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.chat import Assistant
from assistant.evaluation.golden_file import load_golden
from assistant.ui.saving import Saving
from assistant.work.case_file import CASES, CaseFile
from assistant.work.opening import open_work
from assistant.work.records import Feedback
from tests.browser.accessibility import look
from tests.browser.conftest import Open, Watch, ask, select
from tests.browser.conversation_steps import show_list
from tests.ui.stage import served, stage

pytestmark = pytest.mark.browser

FILES: dict[str, str | bytes] = {
    "talks.md": "# Talks in Singapore\n\nThe minister declined the meeting. The reason was the sanctions of 2018.\n",
    "grain.txt": "Grain exports\n\nThe corridor carried 33 million tonnes of grain. It ended in July 2023.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("feedback"), dict(FILES))
    yield made
    made.close()


@pytest.fixture(scope="module")
def saving(assistant: Assistant) -> Iterator[Saving]:
    folder = assistant.library.corpus.parent / "index"
    made = Saving(open_work(folder), cases=CaseFile(folder / CASES, assistant.library.corpus))
    yield made
    made.close()


@pytest.fixture(scope="module")
def url(assistant: Assistant, saving: Saving) -> Iterator[str]:
    with served(assistant, saving=saving) as address:
        yield address


def _last(saving: Saving) -> Feedback | None:
    saved = saving.conversations(None)
    return saved.open(saved.list()[0].id).turns[-1].feedback


def test_a_thumb_with_its_reason_is_kept_and_taken_back(url: str, open_page: Open, saving: Saving) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    good, bad = (page.get_by_role("button", name=f"{name} answer") for name in ("Good", "Bad"))
    expect(page.locator("#live .feedback")).not_to_be_visible()
    good.click()
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    page.get_by_role("textbox", name="What makes it good or bad").fill("not which <year>")
    page.keyboard.press("Enter")
    expect(page.locator("#live .told")).to_have_text("The reason is kept.")
    assert _last(saving) == Feedback("down", "not which <year>")
    ask(page, "tonnes corridor?")
    for _ in range(2):  # as an earlier turn, and after a reload
        expect(page.locator("#earlier .thumb.down")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#earlier .why")).to_have_value("not which <year>")
        page.reload()
    page.locator("#earlier .thumb.down").click()
    expect(page.locator("#earlier .feedback")).not_to_be_visible()
    expect(page.locator("#announce")).to_have_text("Taken back.")  # not before it is kept
    page.reload()
    expect(page.locator("#earlier .thumb[aria-pressed=false]")).to_have_count(2)


def test_of_two_thumbs_the_later_one_is_kept_however_late_the_first_is_heard(
    url: str, open_page: Open, saving: Saving
) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    page.evaluate(
        """() => {
            const { server } = window.briefing.bridges.feedback, real = server.feedback;
            Object.assign(window, { asked: 0, kept: 0 });
            server.feedback = async (asked) => {
                if (!window.asked++) await new Promise((late) => setTimeout(late, 700));
                const reply = await real(asked);
                window.kept++;
                return reply;
            };
        }"""
    )
    page.get_by_role("button", name="Good answer").click()
    page.get_by_role("button", name="Bad answer").click()
    page.wait_for_function("window.kept === 2")
    assert _last(saving) == Feedback("down", "")


def test_thumbs_that_cannot_be_kept_are_taken_back_and_said(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    page.evaluate(
        """() => {
            window.briefing.bridges.feedback.server.feedback = async () => {
                await new Promise((late) => setTimeout(late, 300));
                return JSON.stringify({ problem: "The disk is full." });
            };
        }"""
    )
    page.get_by_role("button", name="Good answer").click()
    page.get_by_role("button", name="Bad answer").click()
    expect(page.locator("#live .thumb[aria-pressed=true]")).to_have_count(0)
    expect(page.locator("#live .feedback .told")).to_have_text("The disk is full.")
    expect(page.locator("#live .feedback .told")).to_be_visible()


def test_a_bad_answer_becomes_a_test_case_with_the_words_that_were_picked(
    url: str, open_page: Open, saving: Saving, watch: Watch
) -> None:
    assert saving.cases is not None
    page = open_page(url)
    page.emulate_media(reduced_motion="reduce")
    ask(page, "minister meeting?")
    page.get_by_role("button", name="Bad answer").click()
    page.get_by_role("button", name="Make it a test case").click()
    this = page.get_by_role("button", name="This is the answer")
    expect(this).to_be_disabled()
    page.get_by_text("The reason was the sanctions of 2018.").click(position={"x": 300, "y": 8})  # a sentence
    expect(page.locator("#source .picked")).to_have_text("“The reason was the sanctions of 2018.”")
    page.get_by_role("tab", name="Library").click()
    page.locator("#library-list").get_by_role("button", name="Grain").first.click()
    expect(page.locator("#source .body")).to_contain_text("33 million")
    expect(this).to_be_disabled()
    page.locator("#source .body").focus()
    for key, words in (("j", "Grain exports"), ("j", "The corridor carried 33 million tonnes of grain.")):
        page.keyboard.press(key)
        expect(page.locator("#source .picked")).to_have_text(f"“{words}”")
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator("#live .told")).to_contain_text(re.compile(r"33 million.*feedback\.golden\.yaml, line 3\."))
    (case,) = load_golden([saving.cases.path])
    assert (case.question, case.answerable) == ("minister meeting?", True)
    ((quote,),) = (each.quotes for each in case.relevant)
    assert (quote.document, quote.text) == ("grain.txt", "The corridor carried 33 million tonnes of grain.")
    page.get_by_role("button", name="Change the test case").click()
    select(page, "33 mill")  # whole words are taken
    expect(page.locator("#source .picked")).to_have_text("“33 mill”")
    this.click()
    expect(page.locator("#live .told")).to_contain_text("“33 million”")
    page.get_by_role("button", name="Change the test case").click()
    page.get_by_role("button", name="The briefings don’t say").click()
    expect(page.locator("#live .told")).to_contain_text("the briefings don’t say")
    (case,) = load_golden([saving.cases.path])
    assert (case.answerable, case.relevant) == (False, ())
    assert not watch.errors


def test_a_conversation_is_shared_as_one_file_that_asks_for_nothing(
    url: str, open_page: Open, chromium: Browser, tmp_path: Path, shots: Path
) -> None:
    page = open_page(url)
    ask(page, "tonnes corridor?")
    ask(page, "Who won the cup of cups?")
    show_list(page)
    page.get_by_role("button", name="Share: tonnes corridor?").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Web page").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "tonnes-corridor.html"
    expect(page.locator("#sharing")).not_to_be_visible()
    requests: list[str] = []
    for dark in (False, True):
        context = chromium.new_context(
            viewport={"width": 390 if dark else 1000, "height": 844}, color_scheme="dark" if dark else "light"
        )
        context.on("request", lambda request: requests.append(request.url))
        shared = context.new_page()
        shared.goto(file.as_uri())
        context_words = shared.locator(".context").first
        shared.emulate_media(media="print")
        expect(context_words).to_be_visible()
        shared.emulate_media(media="screen")
        expect(context_words).not_to_be_visible()
        shared.get_by_role("link", name="Citation 1: Grain").click()
        expect(context_words).to_be_visible()
        assert context_words.locator("mark").inner_text() == "The corridor carried 33 million tonnes of grain."
        expect(context_words).to_contain_text("It ended in July 2023.")
        expect(shared.locator("article").nth(1)).to_contain_text("The briefings don’t say")
        assert not look(shared, shots / f"shared-{'dark' if dark else 'light'}.png")
        context.close()
    assert {url.split("#")[0] for url in requests} == {file.as_uri()}


def test_a_page_that_saves_nothing_offers_nothing_of_it(assistant: Assistant, open_page: Open) -> None:
    with served(assistant) as address:
        page = open_page(address)
        ask(page, "minister meeting?")
        expect(page.locator("#live .cite")).to_have_count(1)
        for what in (".thumb", ".feedback", "[data-do=review]", "[data-do=share]"):
            expect(page.locator(what)).to_have_count(0)
        page.keyboard.press("Escape")
        page.locator("#live .question").click()
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        expect(page.locator("#keys")).not_to_contain_text("review")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["wide light", "phone dark"])
def test_it_breaks_no_accessibility_rule_and_fits(
    width: int, dark: bool, url: str, open_page: Open, shots: Path
) -> None:
    page = open_page(url, width=width, height=900, dark=dark)
    page.emulate_media(reduced_motion="reduce")
    ask(page, "minister meeting?")
    name = f"feedback-{width}-{'dark' if dark else 'light'}"
    page.get_by_role("button", name="Bad answer").click()
    problems = look(page, shots / f"{name}-bad.png")
    page.get_by_role("button", name="Make it a test case").click()
    expect(page.locator("#source mark")).to_be_visible()
    page.locator("#source .body").focus()
    page.keyboard.press("j")
    expect(page.locator("#source .picked")).to_contain_text("declined")
    problems += look(page, shots / f"{name}-picking.png")
    page.get_by_role("button", name="Cancel").click()
    if width < 1000:
        page.get_by_role("button", name="Close the source").click()
    show_list(page)
    page.get_by_role("button", name="Share: minister meeting?").first.click()
    problems += look(page, shots / f"{name}-share.png")
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not problems
