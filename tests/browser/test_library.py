"""The library panel as a person meets it, in a real Chromium: files come in, go, and come back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from assistant.chat import Assistant, AssistantState
from tests.browser.accessibility import misplaced_headings
from tests.browser.conftest import Open, Watch, ask, marked
from tests.ui.stage import served, stage

pytestmark = pytest.mark.browser


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    made = stage(tmp_path, {"harbour.txt": "Harbour\n\nThe harbour has a crane.\n"})
    yield made
    made.close()


def test_an_uploaded_word_document_can_be_asked_about_removed_and_restored(
    unsaved_url: str, open_page: Open, tmp_path: Path, watch: Watch
) -> None:
    made = docx.Document()
    made.add_heading("Harbour notes", 1)
    made.add_paragraph("The quokka inspected the harbour crane on Tuesday. It found nothing.")
    made.save(str(tmp_path / "harbour notes.docx"))
    (tmp_path / "broken.pdf").write_bytes(b"not a PDF")
    page = open_page(unsaved_url)
    page.get_by_role("tab", name="Library").click()
    page.set_input_files("#drop input[type=file]", [tmp_path / "harbour notes.docx", tmp_path / "broken.pdf"])
    expect(page.locator("#uploading li[data-stage=indexed]")).to_contain_text("harbour notes.docx", timeout=30_000)
    expect(page.locator("#uploading li[data-stage=failed] .reason")).not_to_be_empty(timeout=30_000)
    page.get_by_role("tab", name="Ask").click()
    ask(page, "quokka crane?")
    page.locator("#live .cite").first.click()
    page.wait_for_function("document.querySelector('#source mark')?.textContent.includes('quokka')")
    assert marked(page) == "The quokka inspected the harbour crane on Tuesday."
    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Remove Harbour notes").click()
    page.get_by_role("button", name="Delete the uploaded file as well").click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    page.get_by_role("tab", name="Ask").click()
    ask(page, "What did the quokka do?")
    expect(page.locator("#live .abstained")).to_be_visible()
    page.get_by_role("tab", name="Library").click()
    undo.click()
    expect(page.locator("#library-notice")).to_contain_text("Up to date", timeout=30_000)
    page.get_by_role("tab", name="Ask").click()
    ask(page, "quokka crane Tuesday?")
    expect(page.locator("#live .cite")).to_have_count(1)
    assert not watch.elsewhere


def test_after_a_failed_start_the_page_is_ready_once_the_folder_is_there(tmp_path: Path, open_page: Open) -> None:
    made = stage(tmp_path, {"a.txt": "Cranes\n\nThe crane is red.\n"}, start=False)
    (tmp_path / "corpus").rename(tmp_path / "away")
    made.start()
    with served(made) as address:
        page = open_page(address)
        expect(page.locator("#state [role=alert]")).to_contain_text("there is no folder")
        page.evaluate(
            "window.said = 0; const line = (node) => node.matches?.('.state') || node.querySelector?.('.state');"
            "new MutationObserver((all) => { window.said += all.filter((one) => one.target.closest?.('.state')"
            " || [...one.addedNodes].some(line)).length; })"
            ".observe(document.querySelector('#state'), { childList: true, subtree: true, characterData: true })"
        )
        page.wait_for_timeout(3_000)
        assert page.evaluate("window.said") == 0  # a screen reader says it once
        page.get_by_role("tab", name="Library").click()
        page.get_by_role("button", name="Update").click()
        expect(page.locator("#library-notice")).to_contain_text("There is no folder")
        page.get_by_role("tab", name="Ask").click()
        ask(page, "crane?")
        expect(page.locator("#live .problem")).to_contain_text("There is no folder")
        (tmp_path / "away").rename(tmp_path / "corpus")
        page.get_by_role("tab", name="Library").click()
        page.get_by_role("button", name="Update").click()
        expect(page.locator("#state [data-phase=ready]")).to_be_attached()
        assert page.evaluate("window.said") > 0
        page.get_by_role("tab", name="Ask").click()
        ask(page, "crane red?")
        expect(page.locator("#live .cite")).to_have_count(1)
    made.close()


def test_a_file_that_is_dropped_on_the_page_is_indexed(unsaved_url: str, open_page: Open) -> None:
    page = open_page(unsaved_url)
    page.get_by_role("tab", name="Library").click()
    page.wait_for_selector("#drop input[type=file]", state="attached")
    page.evaluate(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File(["The numbat slept in the harbour."], "numbat.txt", { type: "text/plain" }));
            const place = document.querySelector("#drop button");
            for (const kind of ["dragenter", "dragover", "drop"]) {
                place.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held }));
            }
        }"""
    )
    expect(page.locator("#uploading li[data-stage=indexed]")).to_contain_text("numbat.txt", timeout=30_000)
    page.get_by_role("tab", name="Ask").click()
    ask(page, "numbat slept?")
    expect(page.locator("#live .cite")).to_have_count(1)


def test_the_library_says_in_our_words_what_it_takes(unsaved_url: str, open_page: Open) -> None:
    page = open_page(unsaved_url)
    page.get_by_role("tab", name="Library").click()
    field = page.get_by_role("button", name="Drop files here, or choose them", exact=True)
    expect(field).to_be_visible()
    assert field.evaluate("(it) => getComputedStyle(it, '::after').content") == '"Drop files here, or choose them"'
    assert field.locator("[data-testid=upload-text]").evaluate("(it) => getComputedStyle(it).fontSize") == "0px"
    expect(page.locator("#invitation")).to_contain_text("Markdown, Text, Web page, PDF, Word, PowerPoint, Excel")
    assert not misplaced_headings(page)


def test_what_is_dropped_while_files_are_being_read_waits_its_turn(
    unsaved_url: str, open_page: Open, assistant: Assistant, tmp_path: Path
) -> None:
    for name, says in (("first.txt", "The numbat slept."), ("second.txt", "The quokka woke.")):
        (tmp_path / name).write_text(f"{says}\n")
    page = open_page(unsaved_url)
    page.get_by_role("tab", name="Library").click()
    reading = assistant.sync()
    next(reading)  # an indexing that is under way until it is gone on with
    page.set_input_files("#drop input[type=file]", [tmp_path / "first.txt"])
    expect(page.locator("#uploading li")).to_contain_text("It is read when the indexing under way has ended")
    page.set_input_files("#drop input[type=file]", [tmp_path / "second.txt"])
    expect(page.locator("#drop")).to_contain_text("second")
    list(reading)
    expect(page.locator("#uploading li[data-stage=indexed]")).to_contain_text("second.txt", timeout=30_000)
    page.get_by_role("tab", name="Ask").click()
    for question in ("numbat slept?", "quokka woke?"):
        ask(page, question)
        expect(page.locator("#live .cite")).to_have_count(1)


def test_a_page_without_briefings_leads_to_the_library_and_greets_anew_when_there_is_one(
    tmp_path: Path, open_page: Open
) -> None:
    assistant = stage(tmp_path / "empty", {})
    (tmp_path / "harbour.txt").write_text("Harbour\n\nThe harbour has a crane.\n")
    with closing(assistant), served(assistant) as url:
        page = open_page(url)
        expect(page.locator(".welcome")).to_contain_text("There are no briefings yet.")
        page.get_by_role("button", name="Add some in the Library").press("Enter")
        expect(page.get_by_role("tab", name="Library")).to_have_attribute("aria-selected", "true")
        page.set_input_files("#drop input[type=file]", [tmp_path / "harbour.txt"])
        expect(page.locator("#uploading li[data-stage=indexed]")).to_be_visible(timeout=30_000)
        page.get_by_role("tab", name="Ask").click()
        expect(page.locator(".welcome")).to_contain_text("Ask 1 document a question.")
        expect(page.locator(".welcome")).not_to_contain_text("no briefings")


def test_what_the_assistant_is_doing_fits_into_the_head_of_a_phone(
    assistant: Assistant, unsaved_url: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "There is no folder briefings: create it and put briefings into it, or name another one."
    monkeypatch.setattr(assistant, "state", lambda: AssistantState("failed", said))
    page = open_page(unsaved_url, width=390, height=844)
    expect(page.locator("#state")).to_contain_text("There is no folder")
    state, head = page.locator("#state .state").bounding_box(), page.locator("#top").bounding_box()
    assert state is not None
    assert head is not None
    assert state["y"] >= head["y"]
    assert state["y"] + state["height"] <= head["y"] + head["height"]
