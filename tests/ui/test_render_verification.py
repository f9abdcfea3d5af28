from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from assistant.memos.tag import Footnote
from assistant.memos.verifying.checking import Finding, Quoted, Verification, Verifying
from assistant.types import Source, Span
from assistant.ui import render_verification
from assistant.ui.render_verification import findings, progress
from tests.ui.payloads import PAYLOADS
from tests.ui.tags import Tags

SOURCE = Source("d1", "a.md", "About ships", "text/markdown", "ab" * 32)
HERE = Quoted(1, Footnote("one"), SOURCE, Span(3, 8))
MOVED = Quoted(2, Footnote("two"), SOURCE)
GONE = Quoted(3, Footnote("three"))
REWORDED = Finding(
    "sentence",
    "It has appealed <b>.",
    "reworded",
    "",
    1,
    (Quoted(1, Footnote("one"), SOURCE, Span(3, 8), "It may."),),
    7,
)
FOUND = Verification(
    (
        Finding("sentence", "Ships wait.", "unchanged", "", 1, (HERE,)),
        Finding("sentence", "Ships sail.", "not supported", "the source says the opposite", 2, (HERE, MOVED)),
        Finding("sentence", "Ships sail.", "not supported", "another reason", 2, (HERE, MOVED)),
        Finding("sentence", "Ships sink.", "reworded", "", 3, (GONE,)),
        Finding("footnote", "wait", "unchanged", "", 1, (HERE,)),
        Finding("footnote", "sail", "source changed", "a.md: the quote does not stand in it any more", 2, (MOVED,)),
        Finding("footnote", "sink", "source gone", "b.md is not in the library", 3, (GONE,)),
    )
)


def items(html: str) -> list[Tag]:
    return BeautifulSoup(html, "lxml").select(".findings > li")


def test_each_footnote_follows_the_sentence_that_it_first_stands_behind() -> None:
    said = [(each["data-of"], each["data-kind"], each["data-ok"]) for each in items(findings("m.docx", FOUND))]
    assert said == [
        ("sentence", "unchanged", "yes"),
        ("footnote", "unchanged", "yes"),
        ("sentence", "not supported", "no"),
        ("sentence", "not supported", "no"),
        ("footnote", "source changed", "no"),
        ("sentence", "reworded", "yes"),
        ("footnote", "source gone", "no"),
    ]


def test_a_file_without_any_tag_is_said_to_be_no_memo() -> None:
    bare = Verification((Finding("sentence", "Ships wait.", "no source", "it has no footnote", 1),))
    said = [each.text for each in BeautifulSoup(findings("m.md", bare), "lxml").select(".count")]
    assert said[0].startswith("No footnote of this file has a tag: ")
    assert said[1:] == ["1 sentence: 1 no source"]


def test_everything_is_counted_and_a_fault_says_in_words_what_it_is_why_and_what_to_do() -> None:
    page = BeautifulSoup(findings("m.docx", FOUND), "lxml")
    assert page.h2 is not None
    assert page.h2.text == "m.docx: 4 things are not in order; 1 sentence is reworded"
    assert [each.text for each in page.select(".count")] == [
        "Reworded, and still borne out as far as code can tell: read them beside their sources.",
        "3 sentences: 1 unchanged, 2 not supported, 1 reworded",
        "3 footnotes: 1 unchanged, 1 source changed, 1 source gone",
    ]
    fault = page.select(".findings > li")[2]
    assert fault.select_one(".kind").text.split(maxsplit=1) == ["✗", "Not supported"]  # type: ignore[union-attr]
    assert fault.select_one(".reason").text.startswith("The source says the opposite. Say what the quotes")  # type: ignore[union-attr]
    fine = page.select(".findings > li")[0]
    assert fine.select_one(".reason") is None


def test_a_chip_opens_the_place_of_the_quote_today_or_the_document_or_nothing() -> None:
    page = BeautifulSoup(findings("m.docx", FOUND), "lxml")
    here = page.select_one('[aria-label="Footnote 1: About ships"]')
    assert here is not None
    assert (here["data-document"], here["data-start"], here["data-end"]) == ("d1", "3", "8")
    moved = page.select_one('[aria-label="Footnote 2: About ships"]')
    assert moved is not None
    assert moved["data-document"] == "d1"
    assert "data-start" not in moved.attrs
    assert [each.text for each in page.select(".no-source")] == ["3", "3"]


def test_a_memo_in_order_and_an_empty_one_say_so() -> None:
    assert "m.md: all is in order" in findings("m.md", Verification(FOUND.findings[:1]))
    assert "no sentences to check" in findings("m.md", Verification(()))


def test_a_reworded_sentence_stands_above_the_words_of_its_source_with_what_differs_in_bold() -> None:
    html = findings("m.md", Verification((REWORDED,)))
    page = BeautifulSoup(html, "lxml")
    assert "m.md: all is in order; 1 sentence is reworded" in html
    assert page.select_one(".text").text == "Line 7 It has appealed <b>.1"  # type: ignore[union-attr]
    assert page.select_one(".quoted").text == "The source of footnote 1 says “It may.”"  # type: ignore[union-attr]
    assert [each.text for each in page.select("b")] == ["has appealed ", "<b>.", "may."]


def test_of_a_very_long_memo_only_what_is_wrong_or_reworded_is_listed() -> None:
    many = Verification(
        tuple(
            Finding("sentence", f"S{n}.", "no source" if n % 2 else "unchanged", "", n)
            for n in range(render_verification.SHOWN + 1)
        )
    )
    html = findings("m.md", Verification((*many.findings, REWORDED)))
    assert len(items(html)) == len(many.faults) + 1
    assert "Only what is not in order or reworded is listed" in html
    numbers = range(render_verification.SHOWN + 1)
    worse = Verification(tuple(Finding("sentence", "S.", "no source", "", number) for number in numbers))
    assert len(items(findings("m.md", worse))) == render_verification.SHOWN
    assert "the first 1,000 of them" in findings("m.md", worse)


def test_progress_counts_sentences() -> None:
    html = progress("m.docx", Verifying(3, 12))
    assert "Checking m.docx: 3 of 12 sentences" in html
    assert '<progress max="12" value="3" aria-label="Sentences that are checked">' in html


def test_nothing_of_a_file_becomes_markup() -> None:
    for payload in PAYLOADS:
        source = Source(payload, payload, payload, "text/plain", payload, None, payload, payload)
        quoted = Quoted(1, Footnote(payload), source, Span(0, 1))
        both = Verification(
            (
                Finding("sentence", payload, "no source", payload, 1, (quoted,)),
                Finding("footnote", payload, "quote altered", payload, 1, (quoted,)),
                Finding("sentence", payload, "reworded", payload, 2, (replace(quoted, words=payload),), 3),
            )
        )
        tags = Tags(findings(payload, both))
        assert payload in tags.text
        assert [button["data-do"] for button in tags.buttons] == ["cite", "cite", "cite"]
        assert "<script" not in progress(payload, Verifying(0, 1))
