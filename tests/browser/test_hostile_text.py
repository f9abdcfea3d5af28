"""Hostile text in every place that shows text of others: nothing runs, nothing is fetched, nothing covers the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.chat import Assistant
from tests.browser.conftest import Open, Watch, ask, finished
from tests.ui.payloads import PAYLOADS
from tests.ui.stage import served, stage

pytestmark = pytest.mark.browser


def hostile(number: int, payload: str) -> tuple[str, str]:
    """A text file whose name, title, publisher and words are the payload."""
    line = " ".join(payload.split())
    name = "".join("∕" if c == "/" else c for c in line if c not in "\x00\\")[:60]
    head = f"---\ntitle: {json.dumps(line)}\npublisher: {json.dumps(line)}\ndate: 2023-05-{number % 28 + 1:02}\n---\n"
    return f"{name}-{number}.txt", f"{head}\nmarker{number} {line}\n\nAfter it.\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    files = dict(hostile(number, payload) for number, payload in enumerate(PAYLOADS, start=10))
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    (folder / "corpus" / ".questions.txt").write_text("\n".join(" ".join(one.split()) for one in PAYLOADS[:6]))
    made = stage(folder, files)
    yield made
    made.close()


@pytest.fixture(scope="module")
def url(assistant: Assistant) -> Iterator[str]:
    with served(assistant) as address:
        yield address


def harmless(page: Page, watch: Watch) -> None:
    assert page.evaluate("window.broken") is None
    assert watch.elsewhere == []
    own = "['side', 'main', 'skip']"
    covered = page.evaluate(
        f"[...document.querySelectorAll('.turn *, #source *, .documents *, .uploads *, .welcome *')]"
        f".filter((e) => getComputedStyle(e).position === 'fixed' && !{own}.includes(e.id)).length"
    )
    assert covered == 0


def test_answers_citations_and_the_source_pane(assistant: Assistant, url: str, open_page: Open, watch: Watch) -> None:
    entries = [entry for entry in assistant.documents() if entry.status == "indexed"]
    assert len(entries) == len(PAYLOADS)
    page = open_page(url)
    harmless(page, watch)
    for number in range(10, 10 + len(PAYLOADS)):
        ask(page, f"marker{number}")
        page.wait_for_selector(f"#source[data-state=shown] mark:has-text('marker{number}')", state="attached")
        assert f"marker{number}" in page.inner_text("#live .prose")
        harmless(page, watch)
    expect(page.locator("#source .head h3")).to_have_text(" ".join(PAYLOADS[-1].split()))


def test_questions_abstentions_and_errors(url: str, open_page: Open, watch: Watch) -> None:
    page = open_page(url)
    for payload in PAYLOADS:
        question = " ".join(f"nothing zzz {payload}".split())
        ask(page, question)
        page.locator("#live .passage").first.click()
        page.get_by_role("button", name="New conversation").click()
        page.wait_for_selector(".welcome h1")
    page.locator(".example").first.click()
    finished(page, " ".join(PAYLOADS[0].split()))
    harmless(page, watch)


def test_the_library_uploads_and_filters(url: str, open_page: Open, watch: Watch, tmp_path: Path) -> None:
    names = [hostile(number, payload)[0] for number, payload in enumerate(PAYLOADS[:12], start=50)]
    for name in names:
        (tmp_path / name).write_text("")
    page = open_page(url)
    page.get_by_role("tab", name="Library").click()
    page.wait_for_selector(".documents li")
    assert page.locator(".documents li").count() >= len(PAYLOADS)
    page.set_input_files("#drop input[type=file]", [tmp_path / name for name in names])
    page.wait_for_function(
        "(count) => document.querySelectorAll('#uploading li[data-stage=failed]').length === count", arg=len(names)
    )
    page.locator(".documents li [data-do=remove]").first.click()
    page.get_by_role("button", name="Remove from the index").click()
    page.wait_for_selector("#library-notice [data-do=restore]")
    page.get_by_role("tab", name="Ask").click()
    page.get_by_role("button", name="Filters").click()
    for label in ("Publisher", "Document"):
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option").first.click()
        page.keyboard.press("Escape")
    page.wait_for_selector("#filter-chips .chip >> nth=1")
    harmless(page, watch)
