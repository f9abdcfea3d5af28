"""What a page is looked at for: a picture to keep, and the accessibility rules that it breaks."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_STILL = """document.getAnimations().every(
    (each) => each.playState !== "running" || each.effect.getComputedTiming().endTime === Infinity)"""
"""Whether nothing on the page moves but what always does."""


def serious(page: Page) -> list[str]:
    """The serious findings of axe-core, a line a place."""
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def misplaced_headings(page: Page) -> list[str]:
    """Headings that leave a level out, and whether there is none of the first."""
    rules = ["heading-order", "page-has-heading-one"]
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def look(page: Page, picture: Path) -> list[str]:
    """Keeps a picture, and returns the serious findings, and whether the page is wider than the window."""
    page.wait_for_function(_STILL)  # else colours are measured that are only passed through
    page.wait_for_timeout(400)  # for the picture only
    page.screenshot(path=picture)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found = [*serious(page), *(["wider than the window"] if wide else [])]
    return [f"{picture.stem}: {each}" for each in found]
