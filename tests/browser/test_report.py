"""The report of an evaluation in a real Chromium: nothing is fetched or run, and axe-core finds nothing serious."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from assistant.evaluation.html.render import render_html
from assistant.evaluation.verdict import judge
from tests.browser.accessibility import serious
from tests.evaluation.made_reports import METRICS
from tests.evaluation.sample_report import earlier, sample

pytestmark = pytest.mark.browser

BROKEN_CELLS = """[...document.querySelectorAll('table.scores .number')]
    .filter(each => each.getClientRects().length && each.firstChild)
    .map(each => { const range = document.createRange(); range.selectNodeContents(each); return [each, range]; })
    .filter(([, range]) => new Set([...range.getClientRects()].map(rect => Math.round(rect.top))).size > 1)
    .map(([each]) => each.textContent)"""
"""The numbers of the scores that are broken over several lines."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    now, before = sample(), earlier()
    path.write_text(render_html(now, judge(now, before, METRICS), before, METRICS), encoding="utf-8")
    return path


@pytest.fixture(params=[(1440, False), (1440, True), (390, False), (390, True)])
def page(request: pytest.FixtureRequest, chromium: Browser, file: Path) -> Iterator[Page]:
    width, dark = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def test_axe_finds_nothing_serious_with_all_cases_open_and_nothing_is_wider_than_the_page(
    page: Page, shots: Path, request: pytest.FixtureRequest
) -> None:
    width, dark = request.node.callspec.params["page"]
    page.screenshot(path=shots / f"report-{width}-{'dark' if dark else 'light'}.png")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(BROKEN_CELLS) == []


def test_nothing_is_fetched_and_no_hostile_text_runs(chromium: Browser, file: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    requests: list[str] = []
    said: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda each: requests.append(each.url))
    page.on("dialog", dismissed)
    page.on("console", lambda each: said.append(each.text))
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.wait_for_load_state("networkidle")
    assert requests == [file.as_uri()]
    assert not said
    context.close()


def test_filters_and_links_work_without_a_script_and_by_keyboard(chromium: Browser, file: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    cases = page.locator("details.case")
    assert cases.filter(visible=True).count() == 30
    page.get_by_label("all 30").focus()
    page.keyboard.press("ArrowRight")
    assert 0 < cases.filter(visible=True).count() < 30
    assert page.locator("details.case.right").filter(visible=True).count() == 0
    page.keyboard.press("ArrowRight")
    assert cases.filter(visible=True).count() == page.locator("details.case.changed").count()
    page.keyboard.press("ArrowRight")
    link = page.locator(".flips a").first
    target = page.locator(link.get_attribute("href") or "")
    assert not target.is_visible()
    link.focus()
    page.keyboard.press("Enter")
    target.wait_for(state="visible")
    context.close()


def test_print_shows_closed_cases(chromium: Browser, file: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    answer = page.locator(".case .answer").first
    assert not answer.is_visible()
    page.emulate_media(media="print")
    assert answer.is_visible()
    context.close()
