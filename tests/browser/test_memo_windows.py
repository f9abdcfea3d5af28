"""Memos in several windows, reloaded and killed: nothing that was written is lost, or shown to somebody else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.chat import Assistant
from assistant.ui.saving import Saving
from assistant.ui.server import bind
from assistant.work.opening import open_work
from tests.browser.conftest import Open, Watch
from tests.browser.memo_steps import add_section, begin, online_again, saved, texts
from tests.ui.stage import served, stage

pytestmark = pytest.mark.browser

SERVER = """
import sys
from pathlib import Path
from assistant.ui.saving import Saving
from assistant.ui.server import serve
from assistant.work.opening import open_work
from tests.ui.stage import stage
folder = Path(sys.argv[1])
assistant = stage(folder, {"talks.md": "The minister declined."}, start=False)
saving = Saving(open_work(folder / "index"))
serve(assistant, saving=saving, port=int(sys.argv[2]), announce=lambda text: print(text, flush=True))
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("memos"), {"talks.md": "The minister declined."}, start=False)
    yield made
    made.close()


def test_a_memo_that_two_windows_edit_is_told_and_either_text_can_be_kept(url: str, open_page: Open) -> None:
    one, two = open_page(url), open_page(url)
    begin(one, "Two windows")
    add_section(one, "First", "From the first.")
    two.get_by_role("tab", name="Memo").click()
    two.locator(".memo-line").click()
    expect(texts(two)).to_have_value("From the first.")
    one.context.set_offline(True)
    texts(one).fill("Not from the second.")
    expect(one.locator(".memo-bar .saved")).to_have_text("Not saved: the assistant does not answer")
    texts(two).fill("From the second.")
    saved(two)
    online_again(one)
    expect(one.get_by_role("alert")).to_contain_text("was changed in another window")
    two.context.set_offline(True)
    texts(two).fill("Once more from the second.")
    expect(two.locator(".memo-bar .saved")).to_have_text("Not saved: the assistant does not answer")
    one.get_by_role("button", name="Keep what stands here").click()
    saved(one)
    expect(one.get_by_label("Title of the memo")).to_be_focused()
    online_again(two)
    two.get_by_role("button", name="Take the other one").click()
    expect(texts(two)).to_have_value("Not from the second.")
    two.get_by_role("button", name="Versions").click()
    two.locator(".versions .kept button").first.click()
    expect(two.locator(".versions .shown")).to_contain_text("Once more from the second.")


def test_the_other_text_is_taken_as_it_is_by_then(url: str, open_page: Open) -> None:
    one = open_page(url)
    begin(one, "Going on")
    add_section(one, "First", "Begun.")
    two = _window(one, url)
    texts(one).fill("Changed in the first.")
    saved(one)
    texts(two).fill("Changed in the second.")
    expect(two.get_by_role("alert")).to_contain_text("was changed in another window")
    texts(one).fill("Gone on with in the first.")
    saved(one)
    two.get_by_role("button", name="Take the other one").click()
    expect(texts(two)).to_have_value("Gone on with in the first.")


def _window(page: Page, url: str, *, script: str = "") -> Page:
    """Another window of the same browser, with the memo that was changed last open in it; it runs `script` first."""
    window = page.context.new_page()
    window.add_init_script(script)
    window.goto(url)
    window.get_by_role("tab", name="Memo").click()
    window.locator(".memo-line").click()
    expect(window.get_by_label("Title of the memo")).to_be_visible()
    return window


def _stays_with_the_choice(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name="Keep what stands here")).to_be_focused()
    expect(page.locator(".memo-bar .saved")).to_have_text("Not saved: changed in another window")


def test_what_is_typed_in_a_conflict_stays_through_everything_that_the_windows_do(
    url: str, open_page: Open, watch: Watch
) -> None:
    one = open_page(url)
    begin(one, "One browser")
    add_section(one, "First", "From the first.")
    two = _window(one, url)
    one.bring_to_front()
    texts(one).fill("Once more from the first.")
    saved(one)
    texts(two).fill("Only in the second.")
    expect(two.get_by_role("alert")).to_contain_text("was changed in another window")
    texts(one).fill("And again from the first.")
    saved(one)

    downloads: list[object] = []
    two.on("download", lambda download: downloads.append(download))
    for button in ("All memos", "Export as Markdown", "Versions", "Delete the section: First"):
        _stays_with_the_choice(two, button)
    assert downloads == []
    texts(two).press("End")
    two.keyboard.type(" More.")
    expect(two.locator(".memo-bar .saved")).to_have_text("Not saved: changed in another window")
    two.reload()
    expect(texts(two)).to_have_value("Only in the second. More.")
    expect(two.get_by_role("alert")).to_contain_text("was changed in another window")

    three = _window(one, url)  # while the second is there, its text is not for another
    expect(texts(three)).to_have_value("And again from the first.")
    two.close()
    three.reload()
    expect(texts(three)).to_have_value("Only in the second. More.")
    three.get_by_role("button", name="Keep what stands here").click()
    saved(three)
    three.reload()
    expect(texts(three)).to_have_value("Only in the second. More.")
    assert three.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('briefing-unsaved'))") == []
    assert not watch.errors


def test_what_a_window_did_not_save_is_its_own_also_where_it_is_too_busy_to_answer_another(
    url: str, open_page: Open
) -> None:
    one = open_page(url)
    begin(one, "Busy")
    add_section(one, "First", "From the first.")
    busy = _window(one, url, script="BroadcastChannel.prototype.postMessage = () => {}")
    texts(one).fill("Again from the first.")
    saved(one)
    texts(busy).fill("Only in the busy one.")
    expect(busy.get_by_role("alert")).to_contain_text("was changed in another window")
    three = _window(one, url)
    expect(texts(three)).to_have_value("Again from the first.")
    expect(three.get_by_role("alert")).to_have_count(0)
    busy.reload()
    expect(texts(busy)).to_have_value("Only in the busy one.")
    busy.close()
    three.reload()
    expect(texts(three)).to_have_value("Only in the busy one.")


def _lose_answers(page: Page) -> None:
    """From now on the first save reaches the disk, but not its answer this window; those after it reach nothing.

    That goes on until `window.there` is set, or the page is loaded anew; `window.sent` has the texts of the saves.
    """
    page.evaluate(
        """() => {
            const { server } = window.briefing.bridges.memos, real = server.memo;
            Object.assign(window, { sent: [], there: false });
            server.memo = async (text) => {
                const asked = JSON.parse(text);
                if (asked.do !== "save" || window.there) return real(text);
                if (!window.sent.length) await real(text);
                window.sent.push(asked.fields.sections[0].text);
                throw new Error("the answer is lost");
            };
        }"""
    )


def _send(page: Page, text: str) -> None:
    texts(page).fill(text)
    page.wait_for_function("(text) => window.sent.includes(text)", arg=text)


def test_a_window_s_own_save_whose_answer_was_lost_is_no_change_of_another_window(
    url: str, open_page: Open, watch: Watch
) -> None:
    page = open_page(url)
    begin(page, "Lost answers")
    add_section(page, "Only", "Begun.")
    _lose_answers(page)
    for number in range(10):
        _send(page, f"Written {number}.")
    page.evaluate("window.there = true")
    saved(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(texts(page)).to_have_value("Written 9.")
    _lose_answers(page)
    for number in range(10, 13):
        _send(page, f"Written {number}.")
    page.reload()
    saved(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(texts(page)).to_have_value("Written 12.")
    page.reload()
    expect(texts(page)).to_have_value("Written 12.")
    assert not watch.errors


@contextmanager
def _server(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The page in a process of its own, which is killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder), str(port)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    try:
        assert "Briefing Assistant is at" in process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_reloads_a_second_window_and_a_killed_assistant_lose_nothing_that_was_written(
    tmp_path: Path, open_page: Open
) -> None:
    free = bind("127.0.0.1", 0)
    port = free.getsockname()[1]
    free.close()
    url = f"http://127.0.0.1:{port}"
    with _server(tmp_path, port):
        page = open_page(url)
        begin(page, "Kept")
        add_section(page, "Only", "One. ")
        page.keyboard.type("Two. ")
        page.reload()  # before it is saved
        expect(texts(page)).to_have_value("One. Two. ")
        saved(page)
        texts(page).press("Control+End")
        page.keyboard.type("Three. ")
    page.keyboard.type("Four. ")  # while there is no assistant
    expect(page.locator(".memo-bar .saved")).to_contain_text("Not saved")
    with _server(tmp_path, port):
        page.wait_for_function("document.querySelector('.memo-bar .saved')?.textContent === 'Saved'")
        expect(texts(page)).to_have_value("One. Two. Three. Four. ")
        other = open_page(url)
        other.get_by_role("tab", name="Memo").click()
        other.locator(".memo-line").click()
        expect(texts(other)).to_have_value("One. Two. Three. Four. ")


def test_logins_do_not_see_each_other_s_memos(assistant: Assistant, tmp_path: Path, chromium: Browser) -> None:
    saving = Saving(open_work(tmp_path))
    with served(assistant, saving=saving, auth=[("ann", "a"), ("bob", "b")]) as address:
        for name, password in (("ann", "a"), ("bob", "b")):
            page = chromium.new_context().new_page()
            page.goto(address)
            page.fill("input[type=text]", name)
            page.fill("input[type=password]", password)
            page.get_by_role("button", name="Login").click()
            page.get_by_role("tab", name="Memo").click()
            expect(page.locator("#memo-desk .nothing")).to_contain_text("No memos yet")
            begin(page, f"What {name} knows")
            page.context.close()
        shelf = saving.shelf("ann")
        assert shelf is not None
        assert [one.title for one in shelf.list()] == ["What ann knows"]
    saving.close()
