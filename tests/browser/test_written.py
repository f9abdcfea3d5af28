"""Answers that a language model wrote, as a person meets them in a real Chromium."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from assistant.chat import Assistant
from assistant.ui.panels.conversation import AT_ONCE
from tests.browser.accessibility import look
from tests.browser.conftest import Open, Watch, ask, finished, mark_in_view, marked, send
from tests.browser.written_drafts import DECLINED, DRAFTS, FILES, HOSTILE, HOW_OFTEN, STYLED, TEN, WHY, WRITTEN
from tests.ui.payloads import ELSEWHERE
from tests.ui.stage import served, stage
from tests.ui.writer import Writer

pytestmark = pytest.mark.browser


@dataclass
class Stage:
    """The page of one module, and what stands behind it."""

    url: str
    assistant: Assistant
    writer: Writer
    pen: threading.Semaphore

    def lay_down(self) -> None:
        """Lets everything that is under way be written."""
        self.pen.release(10_000)


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    pen = threading.Semaphore(0)
    writers: list[Writer] = []

    def writer(library: object) -> Writer:
        writers.append(Writer(library, DRAFTS, pen))  # type: ignore[arg-type]
        return writers[0]

    assistant = stage(tmp_path_factory.mktemp("written"), FILES, answerer=writer)
    with served(assistant) as url:
        yield Stage(url, assistant, writers[0], pen)
    assistant.close()


@pytest.fixture
def slow(staged: Stage) -> Stage:
    """The stage with a writer that waits for the test before each sentence.

    The pen is a new one: an answer that an earlier test stopped may still wait for the old one, and would take it.
    """
    staged.pen = staged.writer.pen = threading.Semaphore(0)
    return staged


@pytest.fixture
def quick(staged: Stage) -> Stage:
    """The stage with a writer that does not wait."""
    staged.lay_down()
    return staged


def begin(page: Page, question: str) -> None:
    send(page, question)
    page.wait_for_selector("#live .evidence .cite")


def test_the_quotes_are_there_first_and_sentences_appear_above_them_until_they_fold(
    slow: Stage, open_page: Open
) -> None:
    page = open_page(slow.url)
    begin(page, WHY)
    expect(page.locator("#live .evidence")).to_contain_text("From the briefings")
    expect(page.locator("#live .evidence")).to_contain_text(DECLINED)
    expect(page.locator("#live .status")).to_have_text("Writing an answer from these …")
    page.wait_for_selector("#source[data-state=shown] mark", state="attached")
    mark_in_view(page)
    for number, sentence in enumerate(WRITTEN.sentences[:3], start=1):
        slow.pen.release()
        expect(page.locator("#live .draft")).to_contain_text(sentence.text)
        expect(page.locator("#live .draft .cite")).to_have_count(number)
    page.wait_for_function(
        """() => {
            const [draft, evidence] = [".draft", ".evidence"].map((one) => document.querySelector(`#live ${one}`));
            return draft.getBoundingClientRect().bottom <= evidence.getBoundingClientRect().top;
        }"""
    )
    slow.lay_down()
    finished(page, WHY)
    expect(page.locator("#live .writer")).to_have_text(
        "Written by small-model <7b>, every sentence checked against the briefings"
    )
    quotes = page.locator("#live details.quotes")
    expect(quotes.locator("q").first).not_to_be_visible()
    quotes.locator("summary").press("Enter")
    expect(quotes.locator("q").first).to_have_text(DECLINED)


def test_writing_can_be_stopped_and_asked_again(slow: Stage, open_page: Open) -> None:
    page = open_page(slow.url)
    begin(page, WHY)
    slow.pen.release()
    expect(page.locator("#live .draft")).to_contain_text(WRITTEN.sentences[0].text)
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("#live .turn[data-state=stopped]")
    expect(page.locator("#live")).to_contain_text("not complete")
    expect(page.locator("#live .draft")).to_contain_text(WRITTEN.sentences[0].text)
    slow.lay_down()
    page.get_by_role("button", name="Ask again").click()
    finished(page, WHY)
    page.wait_for_selector("#live .turn[data-state=done]")
    expect(page.locator("#earlier .turn")).to_have_count(0)


def test_what_is_still_written_after_a_stop_is_neither_shown_nor_in_the_way(slow: Stage, open_page: Open) -> None:
    page = open_page(slow.url)
    begin(page, WHY)
    slow.pen.release()
    expect(page.locator("#live .draft")).to_contain_text(WRITTEN.sentences[0].text)
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("#live .turn[data-state=stopped]")
    slow.pen.release()
    page.wait_for_timeout(500)
    expect(page.locator("#live .turn")).to_have_attribute("data-state", "stopped")
    page.get_by_role("button", name="Ask again").click()
    slow.lay_down()
    page.wait_for_selector("#live .turn[data-state=done]")
    expect(page.locator("#earlier .turn")).to_have_count(0)


@pytest.mark.parametrize("how", ["again", "typed"])
def test_what_is_asked_the_moment_a_stop_is_shown_is_answered(how: str, slow: Stage, open_page: Open) -> None:
    page = open_page(slow.url)

    def late(route: Route) -> None:  # Gradio's own way to cancel, on a slow line: it ended the new question as well
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/cancel", late)
    begin(page, WHY)
    slow.pen.release()
    expect(page.locator("#live .draft")).to_contain_text(WRITTEN.sentences[0].text)
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("#live .turn[data-state=stopped]")
    if how == "again":
        page.get_by_role("button", name="Ask again").click()
    else:
        send(page, WHY)
    expect(page.locator("#live .turn")).to_have_attribute("data-state", "running")
    slow.lay_down()
    page.wait_for_selector("#live .turn[data-state=done]")


def test_a_stop_while_the_model_is_silent_is_shown_at_once_and_frees_the_line(slow: Stage, open_page: Open) -> None:
    page = open_page(slow.url)
    for _ in range(AT_ONCE + 1):  # none of them is given a word
        begin(page, WHY)
        page.get_by_role("button", name="Stop").click()
        page.wait_for_selector("#live .turn[data-state=stopped]")
    send(page, WHY)
    expect(page.locator("#live .turn")).to_have_attribute("data-state", "running")
    slow.lay_down()
    page.wait_for_selector("#live .turn[data-state=done]")


def test_a_sentence_that_is_partly_supported_says_why_to_the_eye_the_keyboard_and_a_screen_reader(
    quick: Stage, open_page: Open
) -> None:
    page = open_page(quick.url)
    ask(page, WHY)
    doubt = page.locator("#live .doubt button")
    expect(doubt).to_have_count(1)
    expect(doubt).to_have_accessible_name(re.compile("partly supported.*Dropped hedge: the source says early May"))
    why = page.locator("#live .doubt .why")
    expect(why).not_to_be_visible()
    doubt.press("Enter")
    expect(why).to_be_visible()
    expect(why).to_contain_text("the source says early May")
    expect(doubt).to_have_attribute("aria-expanded", "true")
    assert "".join(page.locator("#live .said").all_inner_texts()) == WRITTEN.sentences[2].text


def test_withheld_sentences_are_not_in_the_text_and_are_struck_out_under_a_fold(quick: Stage, open_page: Open) -> None:
    page = open_page(quick.url)
    ask(page, WHY)
    assert "43 times" not in page.inner_text("#live .prose")
    fold = page.locator("#live details.withheld")
    expect(fold.locator("summary")).to_have_text(
        "2 sentences were written and are not shown: the briefings don’t bear them out"
    )
    expect(fold.locator("del").first).not_to_be_visible()
    fold.locator("summary").press("Enter")
    expect(fold.locator("del").first).to_be_visible()
    expect(fold.locator(".reason")).to_have_text(
        ["Number mismatch: its number is not that of the source", "Fabricated: no briefing quotes him"]
    )
    assert fold.locator("del").first.evaluate("(e) => getComputedStyle(e).textDecorationLine") == "line-through"


def _lie(page: Page, how: str) -> None:
    """Waits until the two sides of what sources say lie like this to each other; fails when they never do."""
    page.wait_for_function(
        f"""() => {{
            const sides = [...document.querySelectorAll("#live section[aria-label='Sources differ'] li")];
            const [one, other] = sides.map((side) => side.getBoundingClientRect());
            return sides.length === 2 && {how};
        }}"""
    )


def test_sources_that_differ_stand_side_by_side_and_each_opens_at_its_words(quick: Stage, open_page: Open) -> None:
    page = open_page(quick.url)
    ask(page, HOW_OFTEN)
    card = page.get_by_role("region", name="Sources differ")
    expect(card.locator("mark")).to_have_text(["more than a dozen", "ten"])
    _lie(page, "one.top === other.top")
    card.get_by_role("button").nth(1).press("Enter")
    page.wait_for_function("document.querySelector('#source mark')?.textContent.includes('turned down')")
    assert marked(page) == TEN
    page.set_viewport_size({"width": 390, "height": 844})
    _lie(page, "one.bottom <= other.top && one.left === other.left")


def test_the_line_on_coverage_offers_the_other_documents(quick: Stage, open_page: Open) -> None:
    page = open_page(quick.url)
    ask(page, HOW_OFTEN)
    fold = page.locator("#live details.coverage")
    expect(fold.locator("summary")).to_have_text("4 documents mention China: 1 used here")
    fold.locator("summary").press("Enter")
    fold.get_by_role("button", name="Sanctions on a procurement department").press("Enter")
    expect(page.locator("#source .head h3")).to_have_text("Sanctions on a procurement department")
    expect(page.locator("#live .reference .byline")).to_contain_text("30 May 2023, ")
    expect(page.locator("#live .reference .byline")).to_contain_text("years ago")
    fold.get_by_role("button", name="Ask these 3 the same question").press("Enter")
    expect(page.locator("#live .searched")).to_have_text("Searched in 3 documents only")
    expect(page.locator("#live .question")).to_have_text(HOW_OFTEN)
    expect(page.locator("#earlier .turn")).to_have_count(1)


def test_marks_of_lists_tables_bold_and_code_are_shown_and_links_and_images_are_not_active(
    quick: Stage, open_page: Open, watch: Watch
) -> None:
    page = open_page(quick.url)
    ask(page, STYLED)
    prose = page.locator("#live .prose.written")
    expect(prose.locator("strong")).to_have_text("Sanctions")
    expect(prose.locator("code")).to_have_text("2018")
    assert prose.locator("td").all_inner_texts()[0] == "Invitation"
    expect(prose.locator("li").nth(1)).to_have_text(f"see [the page]({ELSEWHERE}/a) and ![map]({ELSEWHERE}/b)")
    expect(prose.locator("a, img")).to_have_count(0)
    assert watch.elsewhere == []


def test_no_written_text_runs_loads_or_covers_anything(quick: Stage, open_page: Open, watch: Watch) -> None:
    page = open_page(quick.url)
    for question in HOSTILE:
        ask(page, question)
        assert (
            page.evaluate("document.querySelectorAll('#live :is(a, img, script, iframe, svg, style, input)').length")
            == 0
        )
    page.evaluate("document.querySelectorAll('#transcript details').forEach((each) => { each.open = true; })")
    assert page.evaluate("window.broken") is None
    assert watch.elsewhere == []
    assert page.evaluate(
        "[...document.querySelectorAll('.turn *')].every((e) => getComputedStyle(e).position !== 'fixed')"
    )


def test_an_edited_question_forks_and_the_earlier_version_can_be_read(quick: Stage, open_page: Open) -> None:
    page = open_page(quick.url)
    for question in (WHY, HOW_OFTEN, "dinner"):
        ask(page, question)
    page.get_by_role("button", name=f"Edit the question: {HOW_OFTEN}").press("Enter")
    box = page.locator("#question textarea")
    expect(box).to_have_value(HOW_OFTEN)
    expect(box).to_be_focused()
    expect(page.locator("#editing")).to_contain_text("goes on from before it")
    box.fill("invitation Pentagon")
    box.press("Enter")
    finished(page, "invitation Pentagon")
    expect(page.locator("#editing .notice")).to_have_count(0)
    expect(page.locator("#earlier .turn > .asked .question")).to_have_text([WHY])
    _, conversation = quick.writer.asked[-1]
    assert conversation is not None
    assert [turn.question for turn in conversation.turns] == [WHY]
    fold = page.locator("#live details.former")
    expect(fold.locator(".question").first).not_to_be_visible()
    expect(fold.locator("summary").first).to_have_text("Edited; show the earlier version")
    fold.locator("summary").first.press("Enter")
    expect(fold.locator(".question").first).to_be_visible()
    expect(fold.locator(".question")).to_have_text([HOW_OFTEN, "dinner"])
    ask(page, "dinner")
    expect(page.locator("#earlier details.former")).to_have_count(1)


def test_an_edit_can_be_left(quick: Stage, open_page: Open) -> None:
    page = open_page(quick.url)
    ask(page, WHY)
    page.get_by_role("button", name="Edit the question").click()
    expect(page.locator("#question textarea")).to_have_value(WHY)
    page.get_by_role("button", name="Cancel").press("Enter")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#question textarea")).to_be_focused()
    ask(page, "dinner")
    expect(page.locator("#earlier .turn")).to_have_count(1)
    expect(page.locator("details.former")).to_have_count(0)


def test_the_query_that_was_searched_can_be_edited_and_is_asked_as_it_is(quick: Stage, open_page: Open) -> None:
    page = open_page(quick.url)
    ask(page, WHY)
    ask(page, "Tell me about China")
    page.get_by_role("button", name="Edit what was searched for").press("Enter")
    box = page.locator("#question textarea")
    expect(box).to_have_value("What did China do about the meeting in Singapore?")
    expect(page.locator("#editing")).to_contain_text("searched for as it stands")
    box.fill("And why did it do that?")
    box.press("Enter")
    finished(page, "And why did it do that?")
    query, conversation = quick.writer.asked[-1]
    assert query == "And why did it do that?"
    assert conversation is not None
    assert conversation.turns == ()
    expect(page.locator("#earlier .turn")).to_have_count(1)


def test_only_the_last_answer_is_asked_again_and_it_is_replaced(slow: Stage, open_page: Open) -> None:
    page = open_page(slow.url)
    ask(page, "dinner")
    begin(page, WHY)
    slow.pen.release(len(WRITTEN.sentences) + 1)
    finished(page, WHY)
    asked = len(slow.writer.asked)
    page.get_by_role("button", name="Ask again").press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    page.wait_for_selector("#live .turn[data-state=running] .evidence")
    slow.lay_down()
    finished(page, WHY)
    assert len(slow.writer.asked) == asked + 1
    expect(page.locator("#earlier .turn")).to_have_count(1)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_written_answers_break_no_accessibility_rule_and_screenshots_are_kept(
    width: int, height: int, dark: bool, slow: Stage, open_page: Open, shots: Path
) -> None:
    page = open_page(slow.url, width=width, height=height, dark=dark)
    page.emulate_media(reduced_motion="reduce")
    name = f"{width}-{'dark' if dark else 'light'}"
    begin(page, WHY)
    slow.pen.release(2)
    expect(page.locator("#live .draft .cite")).to_have_count(2)
    problems = look(page, shots / f"{name}-writing.png")
    slow.lay_down()
    finished(page, WHY)
    problems += look(page, shots / f"{name}-written.png")
    page.locator("#live .doubt button").press("Enter")
    page.evaluate("document.querySelectorAll('#live details').forEach((each) => { each.open = true; })")
    problems += look(page, shots / f"{name}-unfolded.png")
    for question, picture in ((HOW_OFTEN, "differ"), (STYLED, "styled"), ("Who won the cup of cups?", "abstained")):
        ask(page, question)
        problems += look(page, shots / f"{name}-{picture}.png")
    page.get_by_role("button", name=f"Edit the question: {HOW_OFTEN}").press("Enter")
    expect(page.locator("#editing .notice")).to_be_visible()
    problems += look(page, shots / f"{name}-editing.png")
    ask(page, WHY)
    page.locator("#live details.former > summary").click()
    problems += look(page, shots / f"{name}-forked.png")
    assert not problems
    assert page.evaluate("document.documentElement.scrollWidth") <= width
