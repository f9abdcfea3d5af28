"""The check of an edited memo, in a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from assistant.chat import Assistant
from assistant.embedding.hashing import HashingEmbedder
from assistant.memos.export import export
from assistant.memos.memo import Memo
from assistant.reading.words_and_vectors import WordsAndVectors
from tests.browser.accessibility import serious
from tests.browser.conftest import Open, Watch, marked
from tests.memos.briefings import drafted, staged
from tests.memos.edits import both, quote, sentence
from tests.ui.stage import served

pytestmark = pytest.mark.browser

EDIT = both(
    sentence("by 42 percent", "by 24 percent"),
    sentence("Maersk paused", "Nine ships were hit. Maersk paused"),
    quote("Sweden joined", "Sweden never joined"),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = staged(tmp_path_factory.mktemp("verifying"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def memo(assistant: Assistant) -> Memo:
    return drafted(assistant)


@pytest.fixture(scope="module")
def url(assistant: Assistant) -> Iterator[str]:
    with served(assistant, verifier=WordsAndVectors(HashingEmbedder())) as address:
        yield address


def _opened(page: Page, file: Path) -> None:
    page.get_by_role("tab", name="Verify").click()
    page.locator("#verify-drop input[type=file]").set_input_files(file)


def test_an_edited_memo_is_checked_its_sources_open_and_its_comments_are_downloaded(
    tmp_path: Path, memo: Memo, url: str, open_page: Open, watch: Watch
) -> None:
    path = tmp_path / "grain.docx"
    export(memo, path)
    EDIT(path, {})
    page = open_page(url)
    _opened(page, path)
    expect(page.locator(".verdict h2")).to_have_text("grain.docx: 3 things are not in order")
    shown = page.locator(".findings > li:visible")
    expect(shown.locator(".kind")).to_contain_text(["No source", "Number or date changed", "Quote altered"])
    expect(shown).to_have_count(3)
    page.get_by_label("Only what is not in order").uncheck()
    expect(shown).to_have_count(25)  # 14 sentences and 11 footnotes
    page.get_by_label("Only what is not in order").check()
    expect(shown).to_have_count(3)
    shown.nth(1).get_by_role("button", name="Footnote 4").click()
    expect(page.locator("#source mark")).to_have_text("Transits of the Suez Canal fell by 42 percent in January 2024.")
    assert marked(page) == "Transits of the Suez Canal fell by 42 percent in January 2024."
    with page.expect_download() as download:
        page.get_by_role("button", name="Download with comments").click()
    assert download.value.suggested_filename == "grain-checked.docx"
    download.value.save_as(tmp_path / "checked.docx")
    kinds = [each.text.partition(". ")[0] for each in docx.Document(str(tmp_path / "checked.docx")).comments]
    assert kinds == ["No source", "Number or date changed", "Quote altered (footnote 10)"]
    assert not watch.errors
    assert not watch.elsewhere


def test_a_reworded_sentence_is_counted_and_shown_beside_its_source_with_nothing_else(
    tmp_path: Path, memo: Memo, url: str, open_page: Open
) -> None:
    path = tmp_path / "grain.md"
    export(memo, path)
    sentence("Finland joined NATO on 4 April 2023.", "On 4 April 2023 Finland joined NATO.")(path, {})
    page = open_page(url)
    _opened(page, path)
    expect(page.locator(".verdict h2")).to_have_text("grain.md: all is in order; 1 sentence is reworded")
    shown = page.locator(".findings > li:visible")
    expect(shown).to_have_count(1)
    expect(shown.locator(".quoted")).to_contain_text("says “Finland joined NATO on 4 April 2023.”")
    page.get_by_label("Only what is not in order or reworded").uncheck()
    expect(shown.nth(1)).to_be_visible()


def test_a_memo_in_order_says_so_and_a_wrong_file_is_refused_in_words(
    tmp_path: Path, memo: Memo, url: str, open_page: Open
) -> None:
    page = open_page(url)
    export(memo, tmp_path / "fine.md")
    _opened(page, tmp_path / "fine.md")
    expect(page.locator(".verdict h2")).to_have_text("fine.md: all is in order")
    expect(page.locator("#verify-download:visible, #verify-only:visible")).to_have_count(0)
    (tmp_path / "wrong.docx").write_bytes(b"This is no Word document.")
    _opened(page, tmp_path / "wrong.docx")
    expect(page.locator("#verify-said [role=alert]")).to_contain_text("not a Word document")
    expect(page.locator(".verdict")).to_have_count(0)
    expect(page.locator("#verify-stop")).to_be_hidden()


class Held(WordsAndVectors):
    """A verifier that waits at each sentence until it is let go."""

    def __init__(self) -> None:
        super().__init__(HashingEmbedder())
        self.let_go = threading.Event()

    def support(self, claims: Sequence[tuple[str, str]]) -> Sequence[float]:
        """As it is, but not before it may."""
        assert self.let_go.wait(60)
        return super().support(claims)


def test_a_second_memo_that_is_dropped_while_one_is_checked_is_told_of_it_and_spoils_nothing(
    tmp_path: Path, assistant: Assistant, memo: Memo, open_page: Open
) -> None:
    held = Held()
    for name in ("first.md", "second.md"):
        export(memo, tmp_path / name)
        EDIT(tmp_path / name, {})
    with served(assistant, verifier=held) as address:
        page = open_page(address)
        _opened(page, tmp_path / "first.md")
        stop = page.locator("#verify-stop")
        expect(stop).to_be_visible()
        _opened(page, tmp_path / "second.md")
        refusal = page.locator("#verify-refused [role=alert]")
        expect(refusal).to_contain_text(
            "While first.md is checked, second.md is not: drop it again when that check has ended"
        )
        expect(page.locator("#verify-said")).to_contain_text("first.md")
        held.let_go.set()
        verdict = page.locator(".verdict h2")
        expect(verdict).to_have_text("first.md: 3 things are not in order")
        _opened(page, tmp_path / "second.md")
        expect(verdict).to_have_text("second.md: 3 things are not in order")
        expect(refusal).to_have_count(0)

        held.let_go.clear()
        _opened(page, tmp_path / "first.md")
        stop.click()
        expect(page.locator("#verify-said")).to_contain_text("The check was stopped.")
        held.let_go.set()
        _opened(page, tmp_path / "second.md")
        expect(verdict).to_have_text("second.md: 3 things are not in order")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["wide", "phone"])
def test_the_tab_breaks_no_accessibility_rule_and_fits(
    width: int, dark: bool, tmp_path: Path, memo: Memo, url: str, open_page: Open, shots: Path
) -> None:
    path = tmp_path / "grain.html"
    export(memo, path)
    EDIT(path, {})
    page = open_page(url, width=width, dark=dark)
    page.emulate_media(reduced_motion="reduce")
    _opened(page, path)
    expect(page.locator(".verdict")).to_be_visible()
    page.screenshot(path=shots / f"verify-{width}.png")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 1000:
        page.locator(".findings .cite:visible").first.click()
        expect(page.locator("#source mark")).to_be_visible()
        page.screenshot(path=shots / f"verify-{width}-source.png")
