"""A name that may have been meant is asked for by one key, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.answering.respelling import respelt
from assistant.answering.subjects import subjects_of, unknown
from assistant.chat import Assistant
from assistant.index.library import Library
from assistant.types import AnswerEvent, Conversation, DateRange, Done, Filters
from tests.browser.accessibility import look
from tests.browser.conftest import Open, Watch, ask, finished
from tests.ui.stage import FirstSentences, stage

pytestmark = pytest.mark.browser

MISSPELT = "When was the Galexy Leadr seized?"
RIGHT = "When was the Galaxy Leader seized?"


class Respelling(FirstSentences):
    """Offers names of the library where it abstains."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._index = library.index

    def stream(
        self,
        question: str,
        query: str,
        *,
        filters: Filters = Filters(),
        time: DateRange | None = None,
        conversation: Conversation | None = None,
    ) -> Iterator[AnswerEvent]:
        for event in super().stream(question, query, filters=filters, time=time, conversation=conversation):
            if isinstance(event, Done) and event.answer.missing:
                frequency = self._index.document_frequency
                meant = respelt((question,), unknown(subjects_of(question, frequency), frequency), self._index)
                yield Done(replace(event.answer, did_you_mean=meant))
            else:
                yield event


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    files = {"ship.md": "# Ships\n\nMen seized the Galaxy Leader on 19 November 2023.\n"}
    made = stage(tmp_path_factory.mktemp("meant"), files, answerer=Respelling)
    yield made
    made.close()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["wide", "phone"])
def test_the_button_asks_the_question_with_the_name_and_what_was_asked_stays(
    width: int, height: int, url: str, open_page: Open, watch: Watch, shots: Path
) -> None:
    page = open_page(url, width=width, height=height)
    ask(page, MISSPELT)
    button = page.locator("#live .abstained").get_by_role("button", name="Did you mean “Galaxy Leader”?")
    expect(button).to_have_accessible_description(f"Ask: {RIGHT}")
    assert not look(page, shots / f"{width}-meant.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    button.focus()
    page.keyboard.press("Enter")
    finished(page, RIGHT)
    expect(page.locator("#live .prose")).to_contain_text("19 November 2023")
    expect(page.locator("#live .meant")).to_have_count(0)
    expect(page.locator("#earlier .question")).to_have_text([MISSPELT])
    if width >= 1000:
        expect(page.locator("#question textarea")).to_be_focused()
    assert not watch.errors


def test_no_name_is_offered_where_none_is_near(url: str, open_page: Open) -> None:
    page = open_page(url)
    ask(page, "Who won the World Cup?")
    expect(page.locator("#live .abstained")).to_be_visible()
    expect(page.locator("#live .meant")).to_have_count(0)
