from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.memos.editing import with_text
from assistant.memos.export import EXPORTS
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import numbers
from assistant.memos.shelf import MemoSummary
from assistant.memos.tokens import token_problems
from assistant.memos.versions import Version
from assistant.types import Document, Source, Span
from assistant.ui import render_memo, render_memos
from assistant.ui.memo_preview import Notes
from tests.memos.made import reference
from tests.ui.payloads import PAYLOADS
from tests.ui.tags import ALLOWED, ATTRIBUTES, Tags

NOW = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)


class Fields(Tags):
    """What the Memo tab may hold: fields to write in, too."""

    allowed = ALLOWED | {"input", "textarea", "select", "option", "label", "dialog", "form", "progress", "h4"}
    attributes = ATTRIBUTES | frozenset(
        "id maxlength placeholder autocomplete rows spellcheck required method formnovalidate max disabled hidden "
        "selected".split()
    )


def _memo(text: str = "Ships wait.[^c1] Others, too.[^c2] Once more.[^c1]", evil: str = "") -> Memo:
    found = tuple(reference(f"c{n}", f"Ships wait.{evil}", start=n) for n in (1, 2))
    return Memo(f"Title{evil}", "", "", (Section(f"Head{evil}", f"Why?{evil}", f"{text}{evil}", found),))


def _notes(memo: Memo) -> Notes:
    return Notes(memo.references, numbers(memo), date(2026, 5, 2))


def test_the_references_have_the_numbers_of_the_exports() -> None:
    memo = _memo("Others.[^c2] Ships.[^c1]")
    listed = Fields(render_memo.references(memo, _notes(memo)))
    chips = [one for one in listed.buttons if one["data-do"] == "cite"]
    assert [(one["data-token"], one["aria-label"][:10]) for one in chips] == [
        ("c2", "Citation 1"),
        ("c1", "Citation 2"),
    ]
    exported = EXPORTS[".md"](memo).decode()
    assert exported.index("[^1]: About a.md") < exported.index("[^2]: About a.md")
    assert "#2-13" in exported.split("[^1]: ")[1].split("[^2]: ")[0]


def test_the_fields_of_a_section_hold_its_text_and_its_buttons_say_which_it_is() -> None:
    memo = replace(_memo(), sections=(*_memo().sections, Section("Last", "", "\n\nText", ())))
    shown = render_memo.fields(memo, _notes(memo))
    assert "<textarea" in shown
    assert ">\n\n\nText</textarea>" in shown  # HTML drops the first line end after the tag
    buttons = {one["aria-label"]: "disabled" in one for one in Fields(shown).buttons if one["data-do"] != "cite"}
    assert buttons == {
        "Move up: Head": True,
        "Move down: Head": False,
        "Delete the section: Head": False,
        "Move up: Last": False,
        "Move down: Last": True,
        "Delete the section: Last": False,
    }


def test_what_is_wrong_with_citations_is_said_and_a_lost_one_can_be_put_back() -> None:
    memo = _memo("Ships wait.[^c1] Others.[^c2]")
    found = token_problems(memo, with_text(memo, 0, "Ships wait.[^c1] Yes.[^c1] What?[^c8]"))
    shown = Fields(render_memo.problems(found))
    assert [(one["data-do"], one["data-token"]) for one in shown.buttons] == [("memo-back", "c2")]
    for said in (
        "[^c2] “Ships wait.” is not in the memo any more",
        "[^c1] “Ships wait.” stands more than",
        "[^c8] stands",
    ):
        assert said in shown.text


def test_the_tools_of_a_document_name_the_marked_words() -> None:
    source = Source("d1", "a.md", "A", "text/markdown", "ab" * 32)
    document = Document(source, "Ships wait.", "a.md")
    shown = render_memo.tools(document, Span(0, 5))
    assert 'data-document="d1"' in shown
    assert 'data-start="0" data-end="5"' in shown
    assert [one["data-do"] for one in Fields(shown).buttons] == ["collect-quote", "collect-sentence", "copy-quote"]
    assert "data-start" not in render_memo.tools(document, None)


def test_a_draft_says_how_far_it_is() -> None:
    shown = render_memo.drafting("Where it stands", 3, 4)
    assert "3 of 4" in Fields(shown).text
    assert '<progress max="4" value="2"' in shown


def test_the_list_says_which_memos_are_not_drafted_to_the_end() -> None:
    memos = [MemoSummary("a", "One", NOW, NOW, 1), MemoSummary("b", "Two", NOW, NOW, 3, unfinished=True)]
    text = Fields(render_memos.listed(memos, ["briefing-note"])).text
    assert "1 section" in text
    assert "3 sections, not drafted to the end" in text
    assert "Briefing note" in text


@pytest.mark.parametrize("evil", PAYLOADS)
def test_no_word_of_a_memo_becomes_an_element(evil: str) -> None:
    memo = _memo(evil=evil)
    summary = MemoSummary(evil, evil, NOW, NOW, 1)
    source = Source(evil, evil, evil, "text/markdown", evil)
    for shown in (
        render_memos.opened(memo, _notes(memo), render_memo.drafting(evil, 1, 2)),
        render_memos.listed([summary], [evil]),
        render_memos.version(memo, _notes(memo), 3),
        render_memos.versions([Version(1, evil, 2, NOW, "time")]),
        render_memos.conflict(summary),
        render_memos.discarded(evil, evil),
        render_memos.removed(evil, 1, 2),
        render_memo.added(evil, evil, 2, version=1, made=False),
        render_memo.told(evil),
        render_memo.collect(evil),
        render_memo.tools(Document(source, evil, evil), None),
        render_memo.problems(token_problems(memo, with_text(memo, 0, evil))),
    ):
        Fields(shown)
