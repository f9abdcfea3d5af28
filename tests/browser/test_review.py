"""The review of an answer sentence by sentence, in a real Chromium."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.chat import Assistant
from assistant.ui.saving import Saving
from assistant.work.opening import open_work
from assistant.work.records import Review
from tests.browser.accessibility import look
from tests.browser.conftest import Open, Watch, ask, marked
from tests.ui.stage import served, stage

pytestmark = pytest.mark.browser

FILES: dict[str, str | bytes] = {
    "china.txt": "On talks\n\nChina said one thing. China said another. China said a third. China said a fourth.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("review"), dict(FILES))
    yield made
    made.close()


@pytest.fixture(scope="module")
def saving(assistant: Assistant) -> Iterator[Saving]:
    made = Saving(open_work(assistant.library.corpus.parent / "index"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def url(assistant: Assistant, saving: Saving) -> Iterator[str]:
    with served(assistant, saving=saving) as address:
        yield address


def _reviews(saving: Saving) -> tuple[Review, ...]:
    saved = saving.conversations(None)
    return saved.open(saved.list()[0].id).turns[-1].reviews


def _at(page: Page, number: int, words: str, *, decided: int = 0) -> None:
    """Waits until this sentence is the one at hand, said, and its quote is what the pane shows."""
    expect(page.locator(".reviewing .at")).to_have_text(f"Sentence {number} of 4 · {decided} decided")
    expect(page.locator("#live .sentence[aria-current]").last).to_be_visible()
    assert "".join(page.locator("#live .sentence[aria-current]").all_text_contents()) == words
    expect(page.locator("#announce")).to_contain_text(f"Sentence {number} of 4. {words}")
    assert marked(page) == words


def test_an_answer_is_reviewed_with_the_keys_and_leaves_as_a_sheet(
    url: str, open_page: Open, saving: Saving, watch: Watch
) -> None:
    page = open_page(url)
    page.emulate_media(reduced_motion="reduce")
    ask(page, "China said?")
    page.locator("#live .question").click()
    page.keyboard.press("r")
    _at(page, 1, "China said one thing.")
    page.keyboard.press("k")
    _at(page, 1, "China said one thing.")
    page.keyboard.press("a")
    expect(page.locator("#live .decision")).to_have_text("✓ Accepted")
    expect(page.locator("#announce")).to_contain_text("China said one thing.. Accepted")
    page.keyboard.press("j")
    _at(page, 2, "China said another.", decided=1)
    page.keyboard.press("x")
    page.keyboard.press("n")
    page.keyboard.type("just when?")
    page.keyboard.press("Enter")
    expect(page.locator("#live .decision").nth(1)).to_have_text("✕ Rejected · ✎ just when?")
    expect(page.locator("#announce")).to_contain_text("Note: just when?")
    page.keyboard.press("j")
    _at(page, 3, "China said a third.", decided=2)
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#live .decision")).to_have_count(3)
    page.locator("#live .question").click()
    page.keyboard.press("a")  # again takes it back
    expect(page.locator("#live .decision")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Sheet as CSV").click()
    rows = list(csv.DictReader(StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert [row["verdict"] for row in rows] == ["accepted", "rejected", "open", "open"]
    assert (rows[1]["note"], rows[1]["quote"], rows[1]["path"]) == ("just when?", "China said another.", "china.txt")
    assert [(one.decision, one.note) for one in _reviews(saving)] == [("accepted", ""), ("rejected", "just when?")]
    page.locator("#live .question").click()
    page.keyboard.press("Escape")
    expect(page.locator(".reviewing, .decision, .sentence[aria-current]")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Review · 2 of 4").click()
    _at(page, 3, "China said a third.", decided=2)
    expect(page.locator("#live .decision")).to_have_text(["✓ Accepted", "✕ Rejected · ✎ just when?"])
    assert not watch.errors


def test_no_key_reviews_an_answer_that_is_on_another_tab(url: str, open_page: Open, saving: Saving) -> None:
    page = open_page(url)
    ask(page, "China said?")
    before = _reviews(saving)
    library, asking = page.get_by_role("tab", name="Library"), page.get_by_role("tab", name="Ask")
    library.click()
    expect(page.locator("#live .question")).to_be_hidden()
    for key in "ra":
        page.keyboard.press(key)
    expect(page.locator(".reviewing")).to_have_count(0)
    asking.click()
    page.locator("#live .question").click()
    page.keyboard.press("r")
    _at(page, 1, "China said one thing.")
    library.click()
    expect(page.locator("#live .question")).to_be_hidden()
    for key in "axj":
        page.keyboard.press(key)
    asking.click()
    expect(page.locator(".reviewing .at")).to_have_text("Sentence 1 of 4 · 0 decided")
    assert _reviews(saving) == before


def _hold_replies(page: Page) -> None:
    """Keeps what is decided from being saved until `_reply` is called."""
    page.evaluate(
        """() => {
            const { server } = window.briefing.bridges.reviewing, real = server.review;
            server.review = async (asked) => {
                const fails = await new Promise((reply) => { window.reply = reply; });
                window.reply = null;
                return fails ? JSON.stringify({ problem: "The disk is full." }) : real(asked);
            };
        }"""
    )


def _reply(page: Page, *, fails: bool) -> None:
    """Saves what was decided, or fails to, once it has been sent."""
    page.wait_for_function("Boolean(window.reply)")
    page.evaluate("(fails) => window.reply(fails)", fails)


def _begin_with_replies_held(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    ask(page, "China said?")
    _hold_replies(page)
    page.locator("#live [data-do=review]").click()
    _at(page, 1, "China said one thing.")


def test_a_decision_that_is_saved_late_is_not_said_over_the_next_sentence(url: str, open_page: Open) -> None:
    page = open_page(url)
    _begin_with_replies_held(page)
    page.keyboard.press("a")
    page.keyboard.press("j")
    _at(page, 2, "China said another.", decided=1)
    with page.expect_response("**/component_server/**"):
        _reply(page, fails=False)
    page.wait_for_timeout(300)
    expect(page.locator("#announce")).to_contain_text("Sentence 2 of 4")


def test_a_decision_that_fails_takes_none_back_that_was_made_after_it(
    url: str, open_page: Open, saving: Saving
) -> None:
    page = open_page(url)
    _begin_with_replies_held(page)
    page.keyboard.press("a")
    page.keyboard.press("x")
    _reply(page, fails=True)
    expect(page.locator(".reviewing .told")).to_have_text("The disk is full.")
    expect(page.locator("#live .decision")).to_have_text(["✕ Rejected"])
    _reply(page, fails=False)
    expect(page.locator(".reviewing .told")).to_have_text("")
    expect(page.locator("#live .decision")).to_have_text(["✕ Rejected"])
    assert [one.decision for one in _reviews(saving)] == ["rejected"]


@pytest.mark.parametrize("fails", [False, True], ids=["saved", "failed"])
def test_a_review_can_end_and_begin_again_while_a_decision_is_being_saved(
    fails: bool, url: str, open_page: Open, watch: Watch
) -> None:
    page = open_page(url)
    _begin_with_replies_held(page)
    button = page.locator("#live [data-do=review]")
    page.keyboard.press("a")
    expect(page.locator("#live .decision")).to_have_text("✓ Accepted")
    button.click()
    expect(page.locator(".reviewing")).to_have_count(0)
    _reply(page, fails=fails)
    expect(button).to_have_text("Review" if fails else "Review · 1 of 4")
    if fails:
        expect(page.locator("#announce")).to_have_text("The disk is full.")
    button.click()
    _at(page, *(1, "China said one thing.") if fails else (2, "China said another."), decided=int(not fails))
    page.keyboard.press("x")
    for _ in range(2):
        button.click()
    expect(page.locator(".reviewing")).to_have_count(1)
    _reply(page, fails=fails)
    expect(page.locator(".reviewing .told")).to_have_text("The disk is full." if fails else "")
    expect(page.locator("#live .decision")).to_have_text([] if fails else ["✓ Accepted", "✕ Rejected"])
    assert not watch.errors


@pytest.mark.parametrize(("width", "dark"), [(1440, True), (390, False)], ids=["wide dark", "phone light"])
def test_a_review_breaks_no_accessibility_rule_and_fits(
    width: int, dark: bool, url: str, open_page: Open, shots: Path
) -> None:
    page = open_page(url, width=width, height=844, dark=dark)
    page.emulate_media(reduced_motion="reduce")
    ask(page, "China said?")
    page.locator("#live .question").click()
    for key in "raj":
        page.keyboard.press(key)
    page.keyboard.press("x")
    expect(page.locator("#live .decision")).to_have_count(2)
    problems = look(page, shots / f"review-{width}-{'dark' if dark else 'light'}.png")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("accept and reject")
    problems += look(page, shots / f"review-{width}-{'dark' if dark else 'light'}-keys.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not problems
