"""A conversation in each format in which it is shared: what stands in it, and that it needs and does nothing else."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.errors import InputError
from assistant.types import (
    Answer,
    Before,
    Chunk,
    Citation,
    Coverage,
    Disagreement,
    Document,
    Filters,
    Passage,
    Side,
    Source,
    Span,
    Statement,
    Turn,
    Verdict,
)
from assistant.ui.shared import EXPORTS, Shared, export_of, file_name
from assistant.ui.shared.context import context_of
from assistant.ui.shared.review_sheet import as_csv, as_markdown
from assistant.work.records import Feedback, Review, SavedConversation, SavedTurn, Summary
from tests.ui.payloads import PAYLOADS

NOW = datetime(2024, 3, 10, 14, 5, tzinfo=UTC)
TEXT = (
    "Grain exports\n\nBefore it all. The corridor carried 33 million tonnes. It ended in July 2023.\n\nAfter it all.\n"
)
QUOTE = "The corridor carried 33 million tonnes."
AT = Span(TEXT.index(QUOTE), TEXT.index(QUOTE) + len(QUOTE))
SOURCE = Source("d1", "grain.txt", "Grain exports", "text/plain", "h1", date(2023, 8, 1), "The Desk")


@dataclass(frozen=True)
class Shelf:
    """Documents as they are today."""

    known: tuple[Document, ...] = (Document(SOURCE, TEXT, "grain.txt"),)

    def sources(self) -> Iterable[Source]:
        return [one.source for one in self.known]

    def document(self, id_or_path: str) -> Document | None:
        return next((one for one in self.known if one.id == id_or_path), None)


def _passage(source: Source = SOURCE) -> Passage:
    paragraph = Span(TEXT.index("Before"), TEXT.index("\n\nAfter"))
    return Passage(Chunk("c1", source.document_id, 0, paragraph, paragraph.of(TEXT), (paragraph,)), source, 1, 1.0, "x")


def _answer(**changes: object) -> Answer:
    cited = Citation(1, Span(0, len(QUOTE)), SOURCE, "c1", AT, QUOTE, page_index=4, page_label="iv")
    whole = Answer("How much?", "how much grain?", QUOTE, "answered", (cited,), (_passage(),))
    return replace(whole, **changes)  # type: ignore[arg-type]


def _saved(*answers: Answer, **more: object) -> SavedConversation:
    saved = [
        replace(SavedTurn(number, Turn(one.question, one), NOW), **more)  # type: ignore[arg-type]
        for number, one in enumerate(answers, start=1)
    ]
    return SavedConversation(Summary("c1", "Grain", NOW, NOW, len(saved)), tuple(saved))


def _page(*answers: Answer, shelf: Shelf | None = Shelf(), **more: object) -> BeautifulSoup:
    return BeautifulSoup(EXPORTS[".html"](Shared(_saved(*answers, **more), shelf, NOW)), "lxml")


def test_each_number_opens_the_quote_in_its_paragraph_with_the_words_around_it_of_today() -> None:
    page = _page(_answer(), _answer(question="Again?"))
    links = page.select("a.cite")
    assert len(links) == 2
    for link in links:
        (found,) = page.select(str(link["href"]))
        context = found.select_one(".context")
        assert context is not None
        assert context.text == TEXT
        assert context.mark is not None
        assert context.mark.text == QUOTE
        assert [each.text for each in context.select(".around")] == ["Grain exports\n\n", "\n\nAfter it all.\n"]
        assert "cited. The lighter words stand around" in found.select_one(".state").text  # type: ignore[union-attr]
        assert "page iv (4th in the file)" in found.text
        assert "The Desk · 1 August 2023" in found.text


@pytest.mark.parametrize(
    ("shelf", "state", "said"),
    [
        (Shelf(()), "no longer in the library", True),
        (Shelf((Document(replace(SOURCE, content_hash="h2"), "Nothing.", "grain.txt"),)), "has changed since", True),
        (None, "This is what was stored", False),
    ],
    ids=["gone", "changed", "no index"],
)
def test_of_a_document_that_is_another_now_only_what_was_stored_is_shown(
    shelf: Shelf | None, state: str, said: bool
) -> None:
    page = _page(_answer(), shelf=shelf)
    (context,) = page.select(".context")
    assert context.text == _passage().chunk.text
    assert state in page.select_one(".state").text  # type: ignore[union-attr]
    assert bool(page.select(".since")) == said
    assert ("Grain exports" in page.select_one(".since").text) if said else True  # type: ignore[union-attr]


def test_all_that_the_page_says_about_an_answer_is_in_the_file() -> None:
    second = replace(SOURCE, document_id="d2", title="Other view")
    answer = _answer(
        as_of=date(2023, 9, 1),
        filters=Filters(publishers=("The Desk",)),
        missing=("the price",),
        notes=("only one source",),
        writer="tiny",
        statements=(
            Statement(QUOTE, Verdict("partly", "number mismatch", "the source says 3"), Span(0, len(QUOTE))),
            Statement("It was bad.", Verdict("unsupported", "fabricated")),
        ),
        disagreements=(
            Disagreement("number", "tonnes", tuple(Side(one, "c1", AT, QUOTE, AT) for one in (SOURCE, second))),
        ),
        contrary=tuple(Side(one, "c1", AT, QUOTE, AT) for one in (SOURCE, second)),
        coverage=Coverage("grain", (SOURCE,), (second,)),
    )
    for form in (".html", ".md"):
        text = EXPORTS[form](Shared(_saved(answer, finished=False), Shelf(), NOW))
        said = BeautifulSoup(text, "lxml").text if form == ".html" else text
        for part in (
            "10 March 2024, 14:05 UTC",
            "how much grain?",
            "As of 1 September 2023",
            "Only documents published by The Desk",
            "Written by tiny",
            "partly supported",
            "It was bad.",
            "Fabricated",
            "the price",
            "only one source",
            "Briefings say otherwise than the question supposes",
            "Sources differ on a number",
            "Other view",
            "2 documents mention grain; 1 used here",
            "not complete",
        ):
            assert part in said, (form, part)


def test_an_abstention_says_so_and_shows_the_nearest_passages() -> None:
    answer = _answer(outcome="abstained", citations=(), text="The briefings don’t say.", query="who won?")
    page = _page(answer)
    assert "The briefings don’t say" in page.text
    assert "Before it all. The corridor" in page.text
    assert "The briefings don’t say" in EXPORTS[".md"](Shared(_saved(answer), None, NOW))


def test_what_comes_nearest_to_an_answer_is_shared_with_an_abstention() -> None:
    near = (Side(SOURCE, "c1", AT, QUOTE, AT),)
    answer = _answer(outcome="abstained", citations=(), text="", query="who won?", likeliest=near)
    for text in (_page(answer).text, EXPORTS[".md"](Shared(_saved(answer), None, NOW))):
        assert "The briefings don’t clearly say" in text
        assert "This comes nearest to an answer" in text
        assert QUOTE in text


def test_what_was_thought_of_an_answer_is_not_shared_on_a_page() -> None:
    for form in (".html", ".md"):
        saved = _saved(_answer(), feedback=Feedback("down", "SECRET"), reviews=(Review(Span(0, 3), None, "SECRET"),))
        assert "SECRET" not in EXPORTS[form](Shared(saved, Shelf(), NOW))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_becomes_markup_and_nothing_is_fetched(payload: str) -> None:
    source = replace(SOURCE, title=payload, path=payload, publisher=payload, author=payload)
    cited = Citation(1, Span(0, len(payload)), source, "c1", Span(5, 5 + len(payload)), payload, page_label=payload)
    cited = replace(cited, page_index=1, also_in=(source,), words=cited.span)
    chunk = Chunk("c1", "d1", 0, cited.span, payload, (cited.span,))
    answer = Answer(payload, f"{payload}?", payload, "answered", (cited,), (Passage(chunk, source, 1, 1.0, "x"),))
    written = replace(
        answer,
        writer=payload,
        missing=(payload,),
        notes=(payload,),
        statements=(Statement(payload, Verdict("partly", None, payload), Span(0, len(payload))),),
        disagreements=(Disagreement("date", payload, (Side(source, "c1", cited.span, payload, cited.span),) * 2),),
        contrary=(Side(source, "c1", cited.span, payload, cited.span),),
        coverage=Coverage(payload, (), (source,)),
    )
    shelf = Shelf((Document(source, f"{payload[:5]:5}{payload}", payload),))
    page = _page(answer, written, replace(answer, outcome="abstained"), shelf=shelf)
    assert not page.select(
        "script, img, svg, math, iframe, object, embed, form, input, video, audio, link, base, table"
    )
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name in ("src", "srcset", "style", "poster")]
    assert all(str(link["href"]).startswith("#a") for link in page.select("[href]"))
    assert [str(each.get("http-equiv")) for each in page.select("meta[http-equiv]")] == ["Content-Security-Policy"]
    (style,) = page.select("style")
    assert not re.search(r"url\(|@import", style.text)
    assert payload in page.select_one("h2").text  # type: ignore[union-attr]


def test_markdown_escapes_what_a_briefing_or_a_question_says() -> None:
    answer = _answer(question="[x](javascript:y) <b>", text=f"*{QUOTE}")
    text = EXPORTS[".md"](Shared(_saved(answer), Shelf(), NOW))
    assert "\\[x\\](javascript:y) \\<b>" in text
    assert "\\*The corridor carried 33 million tonnes[^1-1]." in text
    assert f"[^1-1]: Grain exports, The Desk, 1 August 2023, grain.txt, page iv (4th in the file): “{QUOTE}”" in text


@given(text=st.text(min_size=1, max_size=3000), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_context_is_a_stretch_of_the_document(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    document = Document(SOURCE, text, "grain.txt")
    found = context_of(SOURCE, span, span.of(text), (), Shelf((document,)))
    assert found.state == "same"
    assert f"{found.earlier}{found.before}{found.quote}{found.after}{found.later}" in text
    assert text[: span.start].endswith(found.earlier)
    assert text[span.end :].startswith(found.later)


def test_a_format_that_there_is_not_is_told_and_names_suit_every_system() -> None:
    assert export_of(Path("a.HTML")) is EXPORTS[".html"]
    with pytest.raises(InputError, match=r"\.html, \.md, \.json"):
        export_of(Path("a.docx"))
    assert file_name("Why/did: China *decline*?", ".md") == "why-did-china-decline.md"
    assert file_name("???", ".html") == "conversation.html"


def test_json_holds_the_whole_conversation() -> None:
    found = json.loads(EXPORTS[".json"](Shared(_saved(_answer()), Shelf(), NOW)))
    assert found["turns"][0]["answer"]["citations"][0]["quote"] == QUOTE


def test_a_review_leaves_as_a_sheet() -> None:
    (saved,) = _saved(_answer(), reviews=(Review(Span(0, len(QUOTE)), "rejected", "=1+1 which\nyear?"),)).turns
    text = as_markdown(saved)
    assert "1 of 1 sentences decided" in text
    assert f"1. **✕ rejected**: {QUOTE}\n   - Note: \\=1+1 which year?\n   - [1] Grain exports, 1 August 2023," in text
    (row,) = _rows(as_csv(saved))
    assert (row["verdict"], row["note"], row["page"]) == ("rejected", "'=1+1 which\nyear?", "page iv (4th in the file)")
    assert (row["text"], row["quote"], row["path"], row["date"]) == (QUOTE, QUOTE, "grain.txt", "1 August 2023")
    (bare,) = _saved(_answer(citations=(), statements=(Statement("No source.", Verdict("partly"), Span(0, 3)),))).turns
    (row,) = _rows(as_csv(bare))
    assert (row["verdict"], row["citation"], row["text"]) == ("open", "", "The")


def _rows(sheet: str) -> csv.DictReader[str]:
    """The rows of a sheet, which begins as Excel needs it."""
    assert sheet.startswith("\ufeff")
    return csv.DictReader(StringIO(sheet.removeprefix("\ufeff")))


def test_what_belongs_to_a_sentence_is_below_it_whatever_its_number() -> None:
    (cited,) = _answer().citations
    spans = [Span(start, start + 6) for start in range(0, 7 * 12, 7)]
    text = "Ships. " * 12
    citations = tuple(replace(cited, answer_span=span) for span in spans)
    (saved,) = _saved(_answer(text=text, citations=citations)).turns
    page = BeautifulSoup(MarkdownIt().render(as_markdown(saved)), "lxml")
    items = page.select("ol > li")
    assert len(items) == 12
    assert all(len(item.select("ul > li")) == 1 for item in items)


def test_a_quote_that_points_back_has_the_sentence_before_it_in_every_file() -> None:
    (cited,) = _answer().citations
    answer = _answer(citations=(replace(cited, before=Before(Span(15, 29), "Before *it* all.")),))
    shared = Shared(_saved(answer), Shelf(), NOW)
    assert f"\n(Before it: Before \\*it\\* all.) {QUOTE}[^1-1]\n" in EXPORTS[".md"](shared)
    assert f"Before it: Before *it* all. {QUOTE}" in BeautifulSoup(EXPORTS[".html"](shared), "lxml").text
    (saved,) = shared.saved.turns
    assert f"(Before it: Before \\*it\\* all.) {QUOTE}" in as_markdown(saved)
    (row,) = _rows(as_csv(saved))
    assert (row["text"], row["quote"]) == (f"(Before it: Before *it* all.) {QUOTE}", QUOTE)
