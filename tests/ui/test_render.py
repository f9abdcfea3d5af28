from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Answer, Before, Chunk, Citation, DateRange, Filters, Passage, Respelt, Source, Span, Turn
from assistant.ui import render
from assistant.ui.render_citation import marked
from tests.ui.payloads import PAYLOADS
from tests.ui.tags import Tags

SOURCE = Source("d1", "a.md", "Title", "text/markdown", "hash")


def answer(text: str, citations: tuple[Citation, ...] = (), **changes: object) -> Answer:
    blank = Answer("Why?", "Why?", text, "answered" if citations else "abstained", citations)
    return replace(blank, **changes)  # type: ignore[arg-type]


def cited(marker: int, start: int, end: int, source: Source = SOURCE) -> Citation:
    return Citation(marker, Span(start, end), source, "c", Span(10 * marker, 10 * marker + 5), "quote")


def passage(source: Source, text: str) -> Passage:
    chunk = Chunk("c", source.document_id, 0, Span(5, 5 + len(text)), text, (Span(5, 5 + len(text)),))
    return Passage(chunk, source, 1, 0.5, "fused")


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60) | st.sampled_from(PAYLOADS)


@given(TEXT, TEXT, TEXT, TEXT)
def test_whatever_text_comes_in_no_element_or_attribute_of_it_comes_out(a: str, b: str, c: str, d: str) -> None:
    source = Source("d", b or "x", a, c, "h", publisher=d, author=a)
    citation = Citation(1, Span(0, 2), source, "c", Span(0, 1), b, headings=(c,), also_in=(source,))
    made = answer(f"ab{a}", (citation,), query=b, missing=(c,), notes=(d,), question=d)
    page = Tags(
        render.turn(Turn(d, made))
        + render.turn(Turn(a, answer("", query=b, missing=(c,), notes=(d,))))
        + render.turn(Turn(a, answer("", did_you_mean=Respelt((b, c), d))))
        + render.progress(render.Progress(a, query=b, text=c or "x"))
        + render.progress(render.Progress(a, waiting_for=d))
        + render.progress(render.Progress(a, query=b, found=(passage(source, b or "x"),)))
        + render.failed(a, b)
        + render.welcome([a, b, c], 3)
        + render.filter_chips(Filters(publishers=(a,), media_types=(b,), documents=(c,)), [(c, d)], [a])
    )
    assert a in page.text


def test_the_empty_page_counts_documents_as_the_list_of_them_does() -> None:
    assert "Ask 1,044 documents a question." in render.welcome([], 1_044)
    assert "Ask 1 document a question." in render.welcome([], 1)
    assert "Ask your briefings a question." in render.welcome([], 0)


def test_the_empty_page_says_that_there_are_no_briefings_only_once_all_were_read() -> None:
    assert "There are no briefings yet" in render.welcome([], 0)
    assert "no briefings" not in render.welcome([], 0, ready=False) + render.welcome([], 1)


def test_the_words_that_answer_are_bold_and_nothing_else_is() -> None:
    text = "It was shut.\nOn 3 <May> it opened."
    first = replace(cited(1, 0, 12), span=Span(100, 112))
    second = replace(cited(2, 13, 34), span=Span(200, 221), words=Span(203, 210))
    shown = render.turn(Turn("When?", answer(text, (first, second))))
    assert shown.count("<strong>") == 1
    assert "On <strong>3 &lt;May&gt;</strong> it " in shown


def test_a_name_that_may_have_been_meant_is_a_button_wherever_questions_can_be_asked() -> None:
    meant = Respelt(("Arlen",), "Was Arlen <b> shut?")
    for made in (answer("", did_you_mean=meant), answer("It.", (cited(1, 0, 3),), missing=("b",), did_you_mean=meant)):
        (button,) = [one for one in Tags(render.turn(Turn("Q", made))).buttons if one.get("data-do") == "ask"]
        assert button["data-question"] == meant.question
        stopped = render.turn(Turn("Q", made), finished=False)
        assert 'data-do="ask"' not in stopped
        assert "Did you mean “Arlen”?" in stopped


def test_the_first_passages_can_be_read_while_the_sentences_are_chosen() -> None:
    found = tuple(passage(replace(SOURCE, title=f"Title {number}"), "Odo left.") for number in range(5))
    shown = Tags(render.progress(render.Progress("Who?", query="Who?", found=found)))
    assert "5 passages found" in shown.text
    assert [one["data-start"] for one in shown.buttons if one.get("class") == "passage"] == ["5"] * 3
    assert "Title 2" in shown.text
    assert "Title 3" not in shown.text
    assert "First passages" not in render.progress(render.Progress("Who?", query="Who?", found=()))


def test_the_sentence_before_stands_apart_from_the_answer() -> None:
    citation = replace(cited(1, 0, 12), before=Before(Span(1, 5), "Odo <b>"))
    shown = render.turn(Turn("Q", answer("He declined.", (citation,))))
    assert '<span class="before"><span class="unseen">Before it: </span>Odo &lt;b&gt;</span> He ' in shown


def test_items_of_a_list_stand_below_what_leads_to_them() -> None:
    led = Before(Span(1, 5), "Led:")
    items = (replace(cited(1, 0, 4), before=led), replace(cited(2, 5, 9), before=led), cited(3, 10, 15))
    shown = render.turn(Turn("Q", answer("Ammo\nBank\nOther", items)))
    prose = BeautifulSoup(shown, "lxml").select_one(".prose")
    assert prose is not None
    assert [(one.name, len(one.find_all("li"))) for one in prose.find_all(["p", "ul"])] == [
        ("p", 0),
        ("ul", 2),
        ("p", 0),
    ]
    assert [one.get_text(" ", strip=True) for one in prose.find_all("li")] == ["Ammo 1", "Bank 2"]


@given(st.text("ab <", min_size=1, max_size=20), st.data())
def test_bold_words_change_no_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    words = Span(start + 50, data.draw(st.integers(start + 1, len(text))) + 50)
    citation = replace(cited(1, 0, len(text)), span=Span(50, 50 + len(text)), words=words)
    plain = render.turn(Turn("Q", answer(text, (replace(citation, words=None),))))
    bold = render.turn(Turn("Q", answer(text, (citation,))))
    assert Tags(bold).text == Tags(plain).text


@given(st.lists(st.text("abc .\n<&", min_size=1, max_size=12), min_size=1, max_size=6))
def test_the_answer_keeps_every_word_and_each_chip_follows_what_it_supports(pieces: list[str]) -> None:
    text, citations = "", []
    for marker, piece in enumerate(pieces, start=1):
        citations.append(cited(marker, len(text), len(text) + len(piece)))
        text += piece
    html = render.turn(Turn("Why?", answer(text, tuple(citations))))
    prose = Tags(html.split('<div class="prose">')[1].split("</div>")[0])
    assert [button["data-start"] for button in prose.buttons] == [str(10 * n + 10) for n in range(len(pieces))]
    for marker in range(len(pieces), 0, -1):
        prose.text = prose.text.replace(str(marker), "", 1)
    assert "".join(prose.text.split()) == "".join(text.split())


def test_a_chip_says_which_words_of_which_version_of_which_document_it_stands_for() -> None:
    page = Tags(render.turn(Turn("Why?", answer("Yes.", (replace(cited(1, 0, 4), also_in=(SOURCE,)),)))))
    chip = next(button for button in page.buttons if button["class"] == "cite")
    wanted = {"data-document": "d1", "data-hash": "hash", "data-start": "10", "data-end": "15", "data-also": "d1"}
    assert wanted.items() <= chip.items()


def test_an_abstention_looks_different_and_says_what_was_searched_and_what_is_missing() -> None:
    html = render.turn(Turn("Why?", answer("", query="Why did X?", missing=("the reason", "the day"))))
    assert "card abstained" in html
    assert "Why did X?" in html
    assert "the reason" in html
    assert "prose" not in html


def test_an_abstention_does_not_name_the_whole_question_as_what_is_missing() -> None:
    html = render.turn(Turn("Why?", answer("", query="As of 1 March 2024, who led it?", missing=("Who led it?",))))
    assert "Nothing was found about" not in html


_LATER = "Ask again with briefings after 5 July 2023"


def test_the_time_that_ranked_an_answer_is_a_chip_that_asks_again_without_it() -> None:
    html = render.turn(Turn("Why in May 2023?", answer("", time=DateRange(date(2023, 5, 1), date(2023, 5, 31)))))
    again = [button for button in Tags(html).buttons if button.get("data-do") == "again"]
    assert [button["data-question"] for button in again] == ["Why?"]
    assert "Ranked by time: May 2023" in html


def test_the_day_as_of_which_an_answer_holds_is_a_chip_that_asks_again_without_it() -> None:
    page = Tags(render.turn(Turn("Why?", answer("", as_of=date(2023, 5, 5)))))
    (again,) = [button for button in page.buttons if button.get("data-do") == "again"]
    assert again["aria-label"] == "Ask again with briefings after 5 May 2023"
    assert "As of 5 May 2023" in page.text


def test_each_chip_of_an_answer_with_a_time_and_a_day_says_what_it_leaves_in_force() -> None:
    time, day = DateRange(date(2023, 4, 1), date(2023, 4, 30)), date(2023, 7, 5)
    for held, kept in (
        (answer("", time=time, as_of=day), {"Ask again without ranking by April 2023": "as-of", _LATER: "time"}),
        (answer("", time=time), {"Ask again without ranking by April 2023": ""}),  # the day was taken away before
        (answer("", as_of=day), {_LATER: ""}),
    ):
        buttons = [one for one in Tags(render.turn(Turn("Why?", held))).buttons if one.get("data-do") == "again"]
        assert {one["aria-label"]: one["data-keep"] for one in buttons} == kept


def test_a_rewritten_question_is_shown_and_one_that_was_not_rewritten_is_not() -> None:
    assert "Searched for" in render.turn(Turn("And when?", answer("", query="When was the meeting?")))
    assert "Searched for" not in render.turn(Turn("Why?", answer("", query="why?")))


def test_parts_of_a_question_that_are_not_answered_are_named_under_the_answer() -> None:
    html = render.turn(Turn("Why?", answer("Yes.", (cited(1, 0, 4),), missing=("what it cost",))))
    assert "Not in the briefings" in html
    assert "what it cost" in html


@pytest.mark.parametrize("filters", [Filters(), Filters(publishers=("P",))])
def test_an_abstention_under_filters_says_that_only_some_documents_were_searched(filters: Filters) -> None:
    html = render.turn(Turn("Why?", answer("", filters=filters)))
    assert ("pass your filters" in html) is bool(filters)


def test_the_names_of_columns_step_back_in_the_row_of_a_table() -> None:
    row = "Month: 2024-04 | Ships <all>: 1124 | counted"
    text = f"{row}\nNot a row: it stays."
    html = marked(text, [Span(row.index("1124"), row.index("1124") + 4)], 0, len(text), "strong")
    assert html == (
        '<span class="column">Month:</span> 2024-04<span class="column"> | Ships &lt;all&gt;:</span> '
        '<strong>1124</strong><span class="column"> | </span>counted\nNot a row: it stays.'
    )


@given(st.text("a|: \n", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_what_is_marked_says_what_it_said(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    spans = [Span(start, end)] if start < end else []
    assert re.sub("<[^>]*>", "", marked(text, spans, 0, len(text), "mark")) == text
