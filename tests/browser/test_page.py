"""The page as a person meets it, in a real Chromium."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.chat import Assistant
from tests.browser.accessibility import look, misplaced_headings
from tests.browser.conftest import Open, Watch, ask, finished, mark_in_view, send, shown
from tests.ui.stage import FirstSentences, served, stage

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[2] / "corpus"
ONE_A_FORMAT = (
    "us-china-defence/2023-05-30-china-declines-austin-li-meeting.md",
    "us-china-defence/2019-06-14-shanahan-wei-singapore.txt",
    "us-china-defence/2022-06-13-austin-wei-first-meeting.html",
    "us-china-defence/2024-06-06-austin-dong-singapore-and-the-road-there.pdf",
    "us-china-defence/2023-10-25-li-shangfu-removed.docx",
    "us-china-defence/2023-12-22-brown-liu-video-call.eml",
    "red-sea-shipping/2024-06-21-losses-and-escorts.pptx",
    "red-sea-shipping/2024-07-24-suez-monthly-transits.xlsx",
    "red-sea-shipping/2024-06-10-container-freight-rates.csv",
)

CHINA = "China said one thing. China said another. China said a third. China said a fourth.\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("page")
    for name in ONE_A_FORMAT:
        (folder / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLE / name, folder / "corpus" / name)
    shutil.copy(SAMPLE / ".questions.txt", folder / "corpus" / ".questions.txt")
    lines = [f"Row {number} has nothing else to say.\n\n" for number in range(4_000)]
    lines[2_000] = "The axolotl lives in row 2000.\n\n"
    made = stage(folder, {"huge.txt": "".join(lines)}, pause=0.25)
    yield made
    made.close()


@pytest.fixture(scope="module")
def url(assistant: Assistant) -> Iterator[str]:
    with served(assistant) as address:
        yield address


@pytest.mark.parametrize("name", ONE_A_FORMAT, ids=lambda name: Path(name).suffix)
def test_each_citation_moves_the_pane_to_exactly_its_quote(
    name: str, assistant: Assistant, url: str, open_page: Open, watch: Watch
) -> None:
    document = assistant.document(name)
    lines = [line for line in document.text.split("\n") if 60 < len(line) < 400]
    words = re.findall(r"[^\W\d_]{5,}", lines[len(lines) // 2].split(". ")[0])[:6]
    page = open_page(url)
    ask(page, f"{' '.join(words)}?")
    chips = page.locator("#live .cite")
    assert chips.count() >= 1
    for place in range(chips.count()):
        chip = chips.nth(place)
        chip.click()
        cited = assistant.document(chip.get_attribute("data-document") or "")
        quote = cited.text[int(chip.get_attribute("data-start") or 0) : int(chip.get_attribute("data-end") or 0)]
        page.wait_for_function(
            "(quote) => [...document.querySelectorAll('#source mark')].map((m) => m.textContent).join('') === quote",
            arg=quote,
        )
        mark_in_view(page)
        assert cited.source.title in page.inner_text("#source .head")
    assert not watch.elsewhere
    assert not watch.errors


def test_a_page_at_rest_draws_nothing(url: str, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(
        """window.frames_asked = 0;
        const next = window.requestAnimationFrame;
        window.requestAnimationFrame = (work) => { window.frames_asked += 1; return next.call(window, work); };"""
    )
    page.goto(url)
    page.wait_for_selector(".welcome h1")
    asked = 0
    for _ in range(20):  # Gradio's springs come to rest after about three seconds
        before = page.evaluate("window.frames_asked")
        page.wait_for_timeout(1000)
        asked = page.evaluate("window.frames_asked") - before
        if not asked:
            break
    context.close()
    assert asked == 0  # 60 in each second with the clock of Gradio's loading screen


def test_the_answer_appears_sentence_by_sentence(tmp_path: Path, open_page: Open) -> None:
    pen = threading.Semaphore(0)
    made = stage(tmp_path, {"china.txt": CHINA}, answerer=lambda library: FirstSentences(library, pen=pen))
    with served(made) as address:
        page = open_page(address)
        send(page, "China")
        for number in (1, 2, 3):
            pen.release()
            expect(page.locator("#live .turn[data-state=running] .prose p")).to_have_count(number)
        pen.release()
        finished(page, "China")
        expect(page.locator("#live .turn[data-state=done] .prose p")).to_have_count(4)
    made.close()


def test_an_answer_can_be_stopped(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "Who are the ministers of China?")
    ask(page, "China")
    send(page, "China slowly")
    page.wait_for_selector("#live .turn[data-state=running] .prose p")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("#live .turn[data-state=stopped]")
    expect(page.locator("#live")).to_contain_text("not complete")
    ask(page, "China")
    expect(page.locator("#earlier .turn")).to_have_count(3)
    expect(page.locator("#earlier .turn[data-state=stopped]")).to_contain_text("China slowly")


def test_a_huge_document_opens_at_the_quote_and_can_be_read_to_both_ends(
    assistant: Assistant, url: str, open_page: Open
) -> None:
    page = open_page(url)
    page.emulate_media(reduced_motion="reduce")
    ask(page, "axolotl")
    page.locator("#live .cite").click()
    shown(page)
    mark_in_view(page)
    for label in ("Show what comes before", "Show what comes after"):
        while (more := page.get_by_role("button", name=label)).count():
            size = page.locator("#source .body").evaluate("(body) => body.textContent.length")
            more.click()
            page.wait_for_function(
                "(size) => document.querySelector('#source .body').textContent.length > size + 1000", arg=size
            )
    assert page.locator("#source .body").evaluate("(body) => body.textContent") == assistant.document("huge.txt").text


def test_an_answer_is_copied_with_its_references(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "axolotl")
    page.get_by_role("button", name="Copy with references").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == [
        "axolotl",
        "",
        "The axolotl lives in row 2000. [1]",
        "",
        "[1] “The axolotl lives in row 2000.” — Huge, huge.txt",
    ]


def test_copying_twice_leaves_the_button_as_it_was(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "China")
    button = page.locator("#live [data-do=copy]")
    label = button.inner_text()
    button.click()
    expect(button).to_have_text("Copied")
    button.click()
    page.wait_for_timeout(2_000)
    expect(button).to_have_text(label)


def test_the_question_is_reached_from_every_tab(url: str, open_page: Open) -> None:
    page = open_page(url)
    question = page.locator("#question textarea")
    page.get_by_role("tab", name="Library").click()
    page.keyboard.press("/")
    expect(question).to_be_focused()
    expect(question).to_have_value("")
    page.get_by_role("tab", name="Library").click()
    page.get_by_role("link", name="Skip to the question").focus()
    page.keyboard.press("Enter")
    expect(question).to_be_focused()


def test_an_abstention_offers_the_nearest_passages_which_open_in_the_pane(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "Who won the cup of cups?")
    card = page.locator("#live .card.abstained")
    expect(card).to_contain_text("The briefings don’t say")
    page.locator("#live .passage").first.click()
    page.wait_for_selector("#source[data-state=shown] mark", state="attached")
    mark_in_view(page)


def test_a_time_in_the_question_is_a_chip_that_asks_again_without_it(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "What did China do in May 2023?")
    page.get_by_role("button", name="Ask again without ranking by May 2023").click()
    page.wait_for_selector("#live .turn[data-state=done]:not(:has(.chip))")
    expect(page.locator("#earlier .turn")).to_have_count(0)


def test_of_two_times_in_the_question_the_one_stays_when_the_other_is_taken_away(url: str, open_page: Open) -> None:
    page = open_page(url)
    later, ranking = "Ask again with briefings after 31 May 2024", "Ask again without ranking by May 2023"
    for first, second in ((ranking, later), (later, ranking)):
        ask(page, "As of 31 May 2024, what did China do in May 2023?")
        page.get_by_role("button", name=first).click()
        page.wait_for_selector("#live .turn[data-state=done]:not(:has(.chip ~ .chip))")
        expect(page.locator("#live .chip")).to_have_count(1)
        page.get_by_role("button", name=second).click()
        page.wait_for_selector("#live .turn[data-state=done]:not(:has(.chip))")
        page.get_by_role("button", name="New conversation").click()
        page.wait_for_selector(".welcome h1")


def test_filters_are_chips_that_can_be_removed(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.get_by_role("button", name="Filters").click()
    page.fill("#filters label:has-text('From') input, #filters label:has-text('From') textarea", "2024-05-01")
    page.keyboard.press("Tab")
    expect(page.locator("#filter-chips .chip")).to_contain_text("since 1 May 2024")
    ask(page, "China")
    days = page.locator("#live .reference .byline").all_inner_texts()
    assert days
    assert all("2024" in day for day in days)
    page.locator("#filter-chips .chip").click()
    expect(page.locator("#filter-chips .chip")).to_have_count(0)


def test_a_format_chosen_from_the_list_is_a_chip_until_it_is_taken_out_of_the_list(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.get_by_role("button", name="Filters").click()
    page.locator("#filters").get_by_label("Format").click()
    page.get_by_role("option").first.click()
    chip = page.locator("#filter-chips .chip")
    expect(chip).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("#filters .token-remove").first.click()
    expect(chip).to_have_count(0)


def test_a_citation_under_the_mouse_is_shown_without_a_click(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "China")
    second = page.locator("#live .cite").nth(1)
    second.hover()
    expect(second).to_have_attribute("aria-current", "true")
    expect(page.locator("#source .at")).to_have_text("Citation 2 of 4")
    mark_in_view(page)


def test_a_citation_that_comes_to_lie_under_a_resting_mouse_is_not_pointed_at(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "China")
    first, second = page.locator("#live .cite").first, page.locator("#live .cite").nth(1)
    second.scroll_into_view_if_needed()
    place = second.bounding_box()
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.evaluate("document.querySelector('#live').style.marginTop = '400px'")
    page.mouse.move(x, y)
    page.evaluate("document.querySelector('#live').style.marginTop = ''")
    page.wait_for_function("([x, y]) => document.elementFromPoint(x, y).matches('#live .cite:hover')", arg=[x, y])
    page.wait_for_timeout(500)
    expect(first).to_have_attribute("aria-current", "true")
    page.mouse.move(x + 1, y)
    expect(second).to_have_attribute("aria-current", "true")


def test_everything_can_be_reached_by_keyboard(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type("China")
    page.keyboard.press("Enter")
    finished(page, "China")
    page.locator("#question textarea").blur()
    first, second = page.locator("#live .cite").first, page.locator("#live .cite").nth(1)
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#live .cite[aria-current]")).to_be_focused()
    first.focus()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-current", "true")
    expect(page.locator("#source .at")).to_have_text("Citation 2 of 4")
    page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    expect(page.locator("#source .at")).to_have_text("Citation 1 of 4")
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#library-list .documents")).to_be_visible()
    page.locator("#library-list button.title").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source .head h3")).to_have_text(page.locator("#library-list button.title").first.inner_text())


def test_a_new_conversation_is_empty_and_two_windows_do_not_share_one(url: str, open_page: Open) -> None:
    one, two = open_page(url), open_page(url)
    ask(one, "China")
    expect(two.locator(".turn")).to_have_count(0)
    ask(two, "sanctions")
    ask(two, "defence")
    assert "China" not in two.locator(".question").all_inner_texts()
    one.get_by_role("button", name="New conversation").click()
    expect(one.locator(".welcome h1")).to_be_visible()
    expect(one.locator(".turn")).to_have_count(0)
    expect(one.locator("#source")).to_have_attribute("data-state", "empty")
    expect(two.locator(".turn")).to_have_count(2)


def test_on_a_phone_the_source_is_a_drawer_that_gives_the_focus_back(url: str, open_page: Open) -> None:
    page = open_page(url, width=390, height=844)
    ask(page, "China")
    chip = page.locator("#live .cite").first
    expect(page.locator("#source")).not_to_be_visible()
    chip.click()
    page.wait_for_selector("#source[data-state=shown] mark", state="attached")
    mark_in_view(page)
    expect(page.locator("#source .close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).not_to_be_visible()
    expect(chip).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    colours = page.locator("#dark").bounding_box()
    assert colours
    assert colours["x"] + colours["width"] <= 390 - 12  # as far from the edge as the text is on the left
    page.get_by_role("tab", name="Library").click()
    expect(page.get_by_role("button", name="Update")).to_be_visible()
    page.wait_for_function("document.querySelector('#resync').getBoundingClientRect().height < 48")  # on one line


def test_the_filters_say_whether_they_are_open(url: str, open_page: Open) -> None:
    page = open_page(url)
    button = page.get_by_role("button", name="Filters", exact=True)
    turned = "new DOMMatrix(getComputedStyle(document.querySelector('#filters .icon')).transform).b"
    expect(button).to_have_attribute("aria-expanded", "false")
    page.wait_for_function(f"Math.abs({turned} + 1) < 1e-6")  # to the right
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.wait_for_function(f"{turned} === 0")  # down


def test_no_tab_moves_when_another_one_is_chosen(url: str, open_page: Open) -> None:
    page = open_page(url)
    places = "[...document.querySelectorAll('[role=tab]')].map((tab) => tab.getBoundingClientRect().left)"
    before = page.evaluate(f"JSON.stringify({places})")
    page.get_by_role("tab", name="Library").click()
    expect(page.get_by_role("tab", name="Library")).to_have_attribute("aria-selected", "true")
    page.wait_for_function(f"(before) => JSON.stringify({places}) === before", arg=before)


def test_a_conversation_has_headings_in_order(url: str, open_page: Open) -> None:
    page = open_page(url)
    problems = misplaced_headings(page)
    ask(page, "China")
    expect(page.locator(".welcome")).to_have_count(0)
    assert not problems + misplaced_headings(page)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_that_we_make_breaks_an_accessibility_rule_and_screenshots_are_kept(
    width: int, height: int, dark: bool, url: str, open_page: Open, shots: Path
) -> None:
    page = open_page(url, width=width, height=height, dark=dark)
    page.emulate_media(reduced_motion="reduce")
    name = f"{width}-{'dark' if dark else 'light'}"
    problems = look(page, shots / f"{name}-empty.png")
    ask(page, "sanctions")
    if width < 1000:
        page.locator("#live .cite").first.click()
    page.wait_for_selector("#source[data-state=shown] mark", state="attached")
    problems += look(page, shots / f"{name}-answer.png")
    page.keyboard.press("Escape")
    ask(page, "Who won the cup of cups?")
    problems += look(page, shots / f"{name}-abstained.png")
    page.get_by_role("tab", name="Library").click()
    page.wait_for_selector(".documents li")
    problems += look(page, shots / f"{name}-library.png")
    assert not problems
