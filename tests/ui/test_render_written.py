from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.types import (
    Answer,
    Citation,
    Coverage,
    Disagreement,
    Failure,
    Filters,
    Side,
    Source,
    Span,
    Statement,
    Status,
    Turn,
    Verdict,
)
from assistant.ui import render, render_answer, render_context, render_written
from tests.ui.payloads import PAYLOADS
from tests.ui.tags import Tags

SOURCE = Source("d1", "a.md", "Title", "text/markdown", "hash", date=date(2023, 5, 31))
OTHER = replace(SOURCE, document_id="d2", title="Another")
TODAY = date(2026, 11, 25)
PARTLY = Verdict("partly", "dropped hedge", "the source says may", 0.5)
WRONG = Verdict("contradicted", "number mismatch", "the source says 42, not 43", 0.0)

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60) | st.sampled_from(PAYLOADS)
PIECES = st.lists(
    st.sampled_from(
        ("Ships sail. ", "**Not** so ", "- item\n", "| a | b |\n|---|---|\n| c | d |\n", "`x`\n", "```\ny\n")
    )
    | st.text("ab *`|<&\n", min_size=1, max_size=12),
    min_size=1,
    max_size=8,
)


def cited(marker: int, start: int, end: int) -> Citation:
    return Citation(marker, Span(start, end), SOURCE, "c", Span(10 * marker, 10 * marker + 5), "quote")


def written(text: str, citations: tuple[Citation, ...], statements: tuple[Statement, ...], **changes: object) -> str:
    made = Answer("Q", "Q", text, "answered", citations, statements=statements, writer="model")
    return render.turn(Turn("Q", replace(made, **changes)), today=TODAY)  # type: ignore[arg-type]


@given(TEXT, TEXT, TEXT)
def test_whatever_is_written_no_element_or_attribute_of_it_comes_out(a: str, b: str, c: str) -> None:
    source = Source(b or "d", a, c, "text/plain", "h", publisher=b)
    text = f"ab {a}\n- {b}\n| {c} | x |\n|---|---|\n| {a} | y |"
    statements = (
        Statement("ab", Verdict("partly", None, c), Span(0, 2)),
        Statement(b, Verdict("unsupported", "fabricated", a)),
    )
    citation = Citation(1, Span(0, 2), source, "c", Span(0, max(len(b), 1)), b or "x", words=Span(0, 1))
    sides = tuple(Side(source, "c", Span(5, 5 + len(quote)), quote, Span(5, 6)) for quote in (a or "x", c or "x"))
    made = Answer(
        a,
        b,
        text,
        "answered",
        (citation,),
        statements=statements,
        writer=c,
        disagreements=(Disagreement("date", b, sides),),
        coverage=Coverage(a, (source,), (source,)),
    )
    now = render.Progress(c, query=a, text=text, citations=(citation,), quoted=made, statements=statements)
    Tags(render.turn(Turn(b, made), last=True, today=TODAY) + render.progress(now) + render.stopped(now))
    withheld = Tags(render_written.withheld(statements))
    assert b in withheld.text
    assert (a.strip().removesuffix(".") or "no briefing says this") in withheld.text


@pytest.mark.parametrize("bullet", ["* ", "- "])
def test_the_chip_of_a_bullet_without_words_stands_before_those_that_follow(bullet: str) -> None:
    text = f"{bullet}Ships sail. Ships sail. "
    ends = (0, 2), (2, 14), (14, 26)
    cites = tuple(cited(number, *span) for number, span in enumerate(ends, start=1))
    prose = Tags(render_written.written_prose(text, cites, ()))
    assert [one["data-start"] for one in prose.buttons] == ["10", "20", "30"]


@given(PIECES, st.data())
def test_each_citation_has_one_chip_and_no_word_is_lost_wherever_the_sentences_end(
    pieces: list[str], data: st.DataObject
) -> None:
    assume(all(piece.strip() for piece in pieces))  # a sentence is never white space alone
    text, citations, statements = "", [], []
    for marker, piece in enumerate(pieces, start=1):
        span = Span(len(text), len(text) + len(piece))
        text += piece
        citations.append(cited(marker, span.start, span.end))
        status: Status = data.draw(st.sampled_from(("supported", "partly")))
        statements.append(Statement(piece, Verdict(status), span))
    prose = Tags(render_written.written_prose(text, citations, ()))
    if not prose.text:
        assert not set(text) - set(" \n*`|-:")
        return
    assert [one["data-start"] for one in prose.buttons] == [str(10 * n) for n in range(1, len(pieces) + 1)]
    doubted = Tags(render_written.written_prose(text, (), statements))
    assert len(doubted.buttons) == sum(one.verdict.status == "partly" for one in statements)
    plain = Tags(render_written.written_prose(text, (), ())).text
    remaining = iter(text)
    assert all(character in remaining for character in plain if not character.isspace())
    assert sorted(c for c in plain if c.isalpha()) == sorted(c for c in text if c.isalpha())


def test_a_supported_sentence_has_no_mark_and_a_partly_supported_one_says_why() -> None:
    statements = (Statement("It is.", Verdict("supported"), Span(0, 6)), Statement("It was.", PARTLY, Span(7, 14)))
    html = written("It is. It was.", (cited(1, 0, 6), cited(2, 7, 14)), statements)
    assert html.count('class="doubt"') == 1
    assert "Dropped hedge: the source says may" in Tags(html).text
    assert '<span class="said" data-status="partly">It </span>' in html
    assert html.index("It ") < html.index('data-start="10"') < html.index('data-start="20"') < html.index('"doubt"')


def test_withheld_sentences_are_counted_and_give_class_and_reason() -> None:
    one = (Statement("It is 43.", WRONG),)
    assert "1 sentence was written and is not shown: the briefings don’t bear it out" in render_written.withheld(one)
    two = render_written.withheld((*one, Statement("He said so.", Verdict("unsupported", "wrong speaker"))))
    assert "2 sentences were written and are not shown: the briefings don’t bear them out" in two
    assert "<b>Number mismatch</b>: the source says 42, not 43" in two
    assert "<b>Wrong speaker</b>: in the source somebody else says it" in two


def test_a_supported_sentence_that_was_left_out_with_the_others_is_not_called_wrong() -> None:
    left_out = (Statement("It is.", Verdict("supported")),)
    assert render_written.withheld(left_out) == ""
    assert "withheld" not in written("Quote.", (cited(1, 0, 6),), left_out, writer=None)


def test_an_answer_in_quotes_names_no_writer_and_a_fallback_shows_what_was_withheld() -> None:
    html = written("Quote.", (cited(1, 0, 6),), (Statement("It is 43.", WRONG),), writer=None)
    assert "Written by" not in html
    assert 'class="quotes"' not in html
    assert "<del>" in html


def test_each_quote_is_listed_once_under_its_first_number() -> None:
    again = replace(cited(1, 7, 14), marker=2)
    html = written("It is. It was.", (cited(1, 0, 6), again, cited(3, 7, 14)), ())
    quotes = Tags(html[html.index("Quotes it rests on") : html.index("Sources</h3>")])
    assert [one["data-start"] for one in quotes.buttons] == ["10", "30"]
    assert quotes.text.count("quote") == 2


def test_what_is_written_stands_above_the_quotes_it_is_written_from() -> None:
    quoted = Answer("Q", "Q", "A quote.", "answered", (cited(1, 0, 8),))
    now = render.Progress("Q", query="Q", quoted=quoted)
    first = Tags(render.progress(now)).text
    assert "Writing an answer from these …" in first
    assert "A quote." in first
    then = Tags(render.progress(replace(now, text="A sentence."))).text
    assert then.index("A sentence.") < then.index("Writing an answer") < then.index("From the briefings")
    assert then.index("From the briefings") < then.index("A quote.")


def test_the_differing_words_are_marked_and_no_side_is_called_right() -> None:
    sides = (
        Side(SOURCE, "c", Span(100, 112), "It is <42> m", Span(106, 110)),
        Side(OTHER, "c", Span(7, 15), "It is 43", Span(13, 15)),
    )
    html = render_context.disagreements((Disagreement("number", "the height", sides),), TODAY)
    assert "<mark>&lt;42&gt;</mark>" in html
    assert "<mark>43</mark>" in html
    assert [(one["data-document"], one["data-start"], one["data-end"]) for one in Tags(html).buttons] == [
        ("d1", "100", "112"),
        ("d2", "7", "15"),
    ]
    assert html.count("31 May 2023, 3 years ago") == 2


def test_what_says_the_opposite_of_the_question_is_a_card_of_its_own() -> None:
    side = Side(SOURCE, "c", Span(100, 116), "It <never> opened", Span(103, 117))
    answer = Answer("Why did it open?", "Why did it open?", "The briefings don't say.", "abstained", contrary=(side,))
    html = render_context.contrary(answer, TODAY)
    assert "A briefing says otherwise than the question supposes" in html
    assert "<mark>&lt;never&gt; opened</mark>" in html
    assert [one["data-document"] for one in Tags(html).buttons] == ["d1"]
    assert render_context.contrary(replace(answer, contrary=()), TODAY) == ""


def test_what_comes_nearest_to_an_answer_is_shown_where_the_briefings_do_not_clearly_say() -> None:
    side = Side(SOURCE, "c", Span(100, 116), "It <never> opened", Span(103, 117))
    answer = Answer("Why?", "Why?", "The briefings don't clearly say.", "abstained", likeliest=(side,))
    html = render_answer.finished(answer, today=TODAY)
    assert "The briefings don’t clearly say" in html
    assert "This comes nearest to an answer" in html
    assert "<mark>&lt;never&gt; opened</mark>" in html
    assert "comes nearest" not in render_answer.finished(replace(answer, likeliest=()), today=TODAY)


@pytest.mark.parametrize(
    ("used", "others", "said"),
    [
        (1, 0, "1 document mentions Li: used here"),
        (0, 1, "1 document mentions Li: not used here"),
        (2, 3, "5 documents mention Li: 2 used here"),
        (2, 0, "2 documents mention Li: all used here"),
        (0, 2, "2 documents mention Li: none used here"),
        (0, 0, ""),
    ],
)
def test_coverage_says_how_many_documents_mention_the_subject(used: int, others: int, said: str) -> None:
    html = render_context.coverage(Coverage("Li", (SOURCE,) * used, (OTHER,) * others), TODAY)
    page = Tags(html)
    assert page.text.startswith(said)
    assert len(page.buttons) == others


def test_the_others_can_be_asked_where_some_are_used_and_the_turn_goes_on() -> None:
    known = Coverage("Li", (SOURCE,), (OTHER, OTHER))
    asking = [
        one for one in Tags(render_context.coverage(known, TODAY, position=3)).buttons if one["data-do"] == "within"
    ]
    assert [one["data-turn"] for one in asking] == ["3"]
    for html in (
        render_context.coverage(known, TODAY),
        render_context.coverage(Coverage("Li", (), (OTHER,)), TODAY, position=3),
        render.turn(Turn("Q", Answer("Q", "Q", "Yes.", "answered", coverage=known)), finished=False),
    ):
        assert "within" not in html


def test_an_answer_from_some_documents_alone_says_so() -> None:
    answer = Answer("Q", "Q", "Yes.", "answered", filters=Filters(documents=("a", "b")))
    assert "Searched in 2 documents only" in render.turn(Turn("Q", answer))
    none = replace(answer, outcome="abstained", filters=Filters(documents=("a",)))
    assert "Searched in 1 document only" in render.turn(Turn("Q", none))
    assert "remove a filter" not in render.turn(Turn("Q", none))


@pytest.mark.parametrize("failure", get_args(Failure))
def test_every_class_of_failure_has_plain_words(failure: Failure) -> None:
    html = render_written.withheld((Statement("No.", Verdict("unsupported", failure)),))
    name = failure[:1].upper() + failure[1:]
    assert f"<b>{name}</b>: " in html
    assert not Tags(html).text.endswith(": ")


def test_the_last_answer_can_be_asked_again_and_only_that() -> None:
    turn = Turn("Q", Answer("Q", "Q", "Yes.", "answered", (cited(1, 0, 4),)))
    buttons = Tags(render.turn(turn, position=3, last=True)).buttons
    assert [one["data-turn"] for one in buttons if one["data-do"] == "regenerate"] == ["3"]
    assert "regenerate" not in render.turn(turn, position=3)
