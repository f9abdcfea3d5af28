"""The Memo tab in a real Chromium: memos are collected, drafted, edited and exported."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from assistant.chat import Assistant
from assistant.memos.tag import read_footnote
from tests.browser.accessibility import look, misplaced_headings
from tests.browser.conftest import Open, Watch, ask, marked, select, shown
from tests.browser.memo_drafts import ASKED, FILES, HEADINGS, SECTIONS, TOPIC, Gated
from tests.browser.memo_steps import add_section, begin, saved, texts
from tests.ui.stage import stage

pytestmark = pytest.mark.browser

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def gate() -> threading.Semaphore:
    return threading.Semaphore(0)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, gate: threading.Semaphore) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("memos"), dict(FILES), answerer=lambda library: Gated(library, gate))
    yield made
    made.close()


def _added(page: Page, what: str) -> None:
    """Waits for the notice, and for what a screen reader says."""
    expect(page.locator("#memo-notice")).to_contain_text(what)
    expect(page.locator("#announce")).to_contain_text(what)


def _open_memo(page: Page) -> None:
    """Opens the memo that the notice tells of, and waits until it is drawn anew: it may stand on its tab already."""
    page.get_by_role("button", name="Open memo").click()
    expect(page.get_by_label("Title of the memo")).to_be_focused()


def test_a_memo_and_the_list_of_them_have_headings_in_order_and_fields_in_line(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.get_by_role("tab", name="Memo").click()
    expect(page.get_by_role("heading", name="Memos", level=1)).to_be_visible()
    expect(page.get_by_label("Topic")).to_be_visible()
    expect(page.get_by_label("Template")).to_be_visible()
    page.wait_for_function(
        """() => {
            const [topic, template] = ["topic", "template"].map((name) => document.querySelector(`#memo-${name}`));
            const [one, other] = [topic, template].map((field) => field.getBoundingClientRect());
            return one.top === other.top && one.height === other.height;
        }"""
    )
    problems = misplaced_headings(page)
    begin(page, "Grain")
    add_section(page, "Ships", "Three sailed.")
    page.get_by_role("button", name="Versions").click()
    page.locator(".versions .kept button").first.click()
    expect(page.locator(".versions .shown h3")).to_be_visible()
    assert not problems + misplaced_headings(page)


def test_a_memo_is_drafted_collected_edited_and_exported_with_its_quotes(
    url: str, open_page: Open, gate: threading.Semaphore, watch: Watch, tmp_path: Path
) -> None:
    page = open_page(url)
    total = len(SECTIONS)
    begin(page, TOPIC, "chronology")
    expect(page.locator(".drafting")).to_contain_text(f"{HEADINGS[0]} 1 of {total}")
    gate.release()
    expect(page.locator(".drafting")).to_contain_text(f"{HEADINGS[1]} 2 of {total}")
    page.get_by_role("button", name="Cancel").click()
    gate.release()
    expect(page.get_by_role("button", name="Go on drafting")).to_be_visible()
    page.reload()
    expect(page.locator(".drafting")).to_contain_text(f"Not drafted yet: {HEADINGS[2]} 3 of {total}")
    gate.release(total - 2)
    page.get_by_role("button", name="Go on drafting").click()
    expect(page.locator(".drafting")).to_have_count(0)
    expect(page.locator(".preview .gap")).to_have_text(f"No briefing says: {ASKED[-2]}")

    page.get_by_role("tab", name="Ask").click()
    for question in ("minister meeting?", "tonnes corridor?"):
        ask(page, question)
        page.locator("#live").get_by_role("button", name="Add to memo").click()
        _added(page, "The answer was added to “Chronology: the grain deal”.")
        page.get_by_role("button", name="Close the notice").click()
    ask(page, "Why was it declined?")
    page.locator("#live .prose.written .cite").click()
    shown(page)
    page.get_by_role("button", name="Add sentence to memo").click()
    _added(page, "The sentence was added")
    ask(page, "zebras?")
    page.locator("#live .passage").nth(1).click()
    page.wait_for_function("document.querySelector('#source mark')?.textContent.includes('Razoni')")
    page.get_by_role("button", name="Add quote to memo").click()
    _added(page, "The quote was added")
    _open_memo(page)
    expect(page.locator(".sections > li")).to_have_count(total + 2)
    assert re.sub(r"(?<=\[\^c)\d+", "", texts(page).last.input_value()) == (
        "The corridor carried 33 million tonnes of grain.[^c]\n\nHe declined because of \\<sanctions>.[^c]\n\n"
        "> The Razoni left Odesa on 1 August 2022. Russia withdrew from the grain deal on 17 July 2023.[^c]"
    )

    page.get_by_role("button", name="Move up: minister meeting?").press("Enter")
    expect(page.locator(".sections .heading").nth(total - 1)).to_have_value("minister meeting?")
    expect(page.get_by_role("button", name="Move up: minister meeting?")).to_be_focused()
    texts(page).first.fill("It began *late*.[^c1]")
    expect(page.locator(".preview em")).to_have_text("late")
    page.locator(".preview .cite").first.click()
    page.wait_for_function("document.querySelector('#source mark')?.textContent.endsWith('August 2022.')")
    assert marked(page) == "The Razoni left Odesa on 1 August 2022."
    saved(page)

    with page.expect_download() as download:
        page.get_by_role("button", name="Export as Word").click()
    assert download.value.suggested_filename == "Chronology-the-grain-deal.docx"
    download.value.save_as(tmp_path / "memo.docx")
    noted = _footnotes(tmp_path / "memo.docx")
    numbers = [int(text) for text in page.locator(".preview .cite").all_inner_texts()]
    assert max(numbers) == len(set(numbers)) == len(noted) == page.locator(".notes li").count()
    assert len(noted) >= 6
    for number, footnote in enumerate(noted, start=1):
        page.locator(".preview .cite").nth(numbers.index(number)).click()
        quote = read_footnote(footnote).quote
        page.wait_for_function(
            "(quote) => [...document.querySelectorAll('#source mark')].map((m) => m.textContent).join('') === quote",
            arg=quote,
        )
    assert not watch.errors
    assert not watch.elsewhere


def test_the_focus_goes_from_button_to_button_of_a_draft_and_to_the_memo_at_its_end(
    url: str, open_page: Open, gate: threading.Semaphore
) -> None:
    page = open_page(url)
    cancel, resume = page.get_by_role("button", name="Cancel"), page.get_by_role("button", name="Go on drafting")
    begin(page, TOPIC, "chronology")
    expect(cancel).to_be_focused()
    gate.release()
    expect(page.locator(".drafting")).to_contain_text(f"2 of {len(SECTIONS)}")
    expect(cancel).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Stopping after this section …")).to_be_focused()
    gate.release()
    expect(resume).to_be_focused()
    page.keyboard.press("Enter")
    expect(cancel).to_be_focused()
    gate.release(len(SECTIONS) - 2)
    expect(page.get_by_label("Title of the memo")).to_be_focused()
    expect(page.locator(".drafting")).to_have_count(0)


def test_a_draft_that_fails_can_be_gone_on_with(url: str, open_page: Open) -> None:
    page = open_page(url)
    page.get_by_role("tab", name="Memo").click()
    expect(page.get_by_label("Topic")).to_be_visible()
    page.evaluate(
        """() => {
            const { server } = window.briefing.bridges.memos, real = server.memo;
            server.memo = async (asked) => {
                if (JSON.parse(asked).do === "create") return real(asked);
                throw new Error("there is no assistant");
            };
        }"""
    )
    begin(page, TOPIC, "chronology")
    expect(page.get_by_role("alert")).to_have_text("The assistant does not answer")
    expect(page.get_by_role("button", name="Go on drafting")).to_be_focused()


def _footnotes(path: Path) -> list[str]:
    """The texts of the footnotes of a Word document, in order."""
    parts = docx.Document(str(path)).part.package.iter_parts()
    notes = next(part for part in parts if str(part.partname) == "/word/footnotes.xml")
    found = etree.fromstring(notes.blob).iter(f"{W}footnote")
    return ["".join(one.text or "" for one in each.iter(f"{W}t")) for each in found if each.get(f"{W}type") is None]


def test_a_collected_answer_is_undone_or_goes_to_a_new_memo_and_any_words_are_quoted(
    url: str, open_page: Open, watch: Watch
) -> None:
    page = open_page(url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "tonnes corridor?")
    add = page.locator("#live").get_by_role("button", name="Add to memo")
    add.click()
    _added(page, "The answer was added to the new memo “tonnes corridor?”.")
    page.get_by_role("button", name="Undo").click()
    _added(page, "“tonnes corridor?” is deleted again")
    add.click()
    _added(page, "added to the new memo")
    page.get_by_label("How a quote is copied").select_option("none")
    page.get_by_role("button", name="Copy quote").click()
    expect(page.locator("#announce")).to_have_text("Copied the quote")
    assert page.evaluate("navigator.clipboard.readText()") == "The corridor carried 33 million tonnes of grain."
    select(page, "paid for it")
    page.get_by_label("How a quote is copied").select_option("inline")
    page.get_by_role("button", name="Copy selection").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('“paid for it” (Grain'))")
    page.get_by_role("button", name="Add selection to memo").click()
    _added(page, "The quote was added to “tonnes corridor?”.")
    page.get_by_role("button", name="New memo instead").click()
    _added(page, "added to the new memo “tonnes corridor?”.")
    _open_memo(page)
    expect(texts(page)).to_have_value("> paid for it[^c1]")
    page.get_by_role("button", name="All memos").click()
    expect(page.locator(".memos li")).to_have_count(2)
    page.get_by_role("button", name="Delete: tonnes corridor?").first.click()
    expect(page.locator(".memos li")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".memos li")).to_have_count(2)
    page.get_by_role("tab", name="Ask").click()
    add.click()
    _added(page, "The answer was added to")
    page.get_by_role("button", name="Close the notice").click()
    add.click()
    _added(page, "The answer is in “tonnes corridor?” already.")
    page.get_by_role("button", name="Add it again").click()
    _added(page, "The answer was added to “tonnes corridor?”.")
    page.get_by_role("tab", name="Memo").click()
    expect(page.locator("#memo-notice")).to_be_empty()  # it would cover what it tells of
    assert not watch.errors


def test_citations_are_looked_after_sections_come_back_and_versions_are_restored(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "minister meeting?")
    page.locator("#live").get_by_role("button", name="Add to memo").click()
    _open_memo(page)
    texts(page).fill("He declined, twice.[^c9]")
    problems = page.locator(".problems")
    expect(problems).to_contain_text("[^c1] “The minister declined the meeting.” is not in the memo any more")
    expect(problems).to_contain_text("[^c9] stands for no source")
    page.reload()
    expect(problems).to_contain_text("any more")
    page.get_by_label("New section").fill("Another")
    page.get_by_role("button", name="Add empty").click()
    expect(texts(page)).to_have_count(2)
    page.get_by_role("button", name="Move down: minister meeting?").click()
    expect(page.locator(".sections .heading").first).to_have_value("Another")
    page.get_by_role("button", name="Put back").click()
    expect(problems.filter(has_text="any more")).to_have_count(0)
    page.get_by_role("button", name="Delete the section: Another").click()
    expect(texts(page)).to_have_count(1)
    expect(texts(page)).to_have_value("He declined, twice.[^c9][^c1]")
    expect(problems).not_to_contain_text("any more")
    page.get_by_role("button", name="Cite 1 again").click()
    page.keyboard.type(" Once more.")
    expect(problems).to_contain_text("[^c1] “The minister declined the meeting.” stands more than once")
    page.get_by_role("button", name="Delete the section: minister meeting?").click()
    expect(texts(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".preview .cite")).to_have_text(["1", "1"])
    page.get_by_label("New section").fill("tonnes corridor?")
    page.get_by_label("New section").press("Enter")
    expect(page.locator(".preview .cite").last).to_have_text("2")
    page.get_by_role("button", name="Versions").click()
    page.locator(".versions .kept button").last.click()
    expect(page.locator(".versions .shown")).to_contain_text("The minister declined the meeting.")
    page.get_by_role("button", name="Restore this version").click()
    expect(texts(page)).to_have_count(1)
    expect(texts(page)).to_have_value("The minister declined the meeting.[^c1]")


def test_what_went_wrong_is_in_view_however_long_the_memo_is(url: str, open_page: Open) -> None:
    page = open_page(url)
    begin(page, "A long one")
    for number in range(5):
        add_section(page, f"Section {number}", "Text.")
    page.get_by_role("button", name="Answer from the briefings").click()
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("Write the question that the section is to answer")
    expect(alert).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("New section")).to_be_in_viewport(ratio=1)
    page.context.set_offline(True)
    page.keyboard.press("Shift+Tab")
    texts(page).last.fill("Not saved yet.")
    page.get_by_role("button", name="Move up: Section 4").click()
    expect(alert).to_have_text("Not saved: the assistant does not answer")
    expect(alert).to_be_in_viewport(ratio=1)
    page.context.set_offline(False)
    saved(page)
    expect(alert).to_have_count(0)


def test_the_tab_breaks_no_accessibility_rule_fits_and_is_reached_by_keys(
    url: str, open_page: Open, shots: Path
) -> None:
    page = open_page(url)
    page.emulate_media(reduced_motion="reduce")
    ask(page, "minister meeting?")
    page.locator("#live .cite").click()
    shown(page)
    page.get_by_role("button", name="Add quote to memo").click()
    _added(page, "The quote was added")
    problems = look(page, shots / "memo-1440-light-notice.png")
    _open_memo(page)
    texts(page).fill("| Day | What |\n|---|---|\n| 2 June | declined[^c1] |\n\nNo briefing says: why?\n\nOdd.[^c9]")
    expect(page.locator(".problems")).to_contain_text("stands for no source")
    add_section(page, "A second section with a heading that is as long as headings of briefings tend to be", "Text.")
    page.get_by_role("button", name="Versions").click()
    page.locator(".versions .kept button").first.click()
    expect(page.get_by_role("button", name="Restore this version")).to_be_visible()
    problems += look(page, shots / "memo-1440-light-versions.png")
    page.get_by_role("button", name="Versions").click()
    expect(page.locator(".versions")).to_be_hidden()
    page.get_by_role("button", name="All memos").focus()
    while page.evaluate(
        "document.activeElement.closest('#memo-desk') && (document.activeElement.dataset.reached = 'yes')"
    ):
        page.keyboard.press("Tab")
    fields = "#memo-desk :is(button, input, textarea, select, [tabindex='0']):not([data-reached]):visible:enabled"
    assert page.locator(fields).evaluate_all("(missed) => missed.map((each) => each.outerHTML)") == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Dark colours").click()
    problems += look(page, shots / "memo-390-dark-editor.png")
    page.get_by_role("button", name="All memos").click()
    expect(page.locator(".memos li")).to_have_count(1)
    problems += look(page, shots / "memo-390-dark-list.png")
    page.get_by_role("tab", name="Ask").click()
    page.locator("#live .cite").click()
    expect(page.get_by_role("button", name="Close the source")).to_be_focused()
    shown(page)
    page.get_by_role("button", name="Add quote to memo").click()
    _added(page, "The quote was added to “minister meeting?”.")
    problems += look(page, shots / "memo-390-dark-notice.png")
    assert problems == []
