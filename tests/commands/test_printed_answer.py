"""What a terminal shows of an answer: everything the page says, in plain text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from assistant.commands.printed_answer import print_answer
from assistant.types import (
    Answer,
    Before,
    Chunk,
    Citation,
    Coverage,
    DateRange,
    Disagreement,
    Filters,
    Passage,
    Respelt,
    Side,
    Source,
    Span,
    Statement,
    Verdict,
)

TODAY = date(2026, 11, 25)
SOURCE = Source("d1", "a.md", "Ice in Arlen", "text/markdown", "hash", date=date(2023, 5, 31))
OTHERS = tuple(replace(SOURCE, document_id=f"o{n}", title=f"Other {n}", date=None) for n in range(8))
QUOTE = "The harbour was closed."
CITATION = Citation(
    1, Span(0, 23), SOURCE, "c1", Span(10, 33), QUOTE, page_index=2, page_label="ii", also_in=OTHERS[:1]
)
ANSWER = Answer("Was it?", "Was it?", QUOTE, "answered", (CITATION,))
PASSAGE = Passage(Chunk("c1", "d1", 0, Span(10, 33), QUOTE, (Span(10, 33),)), SOURCE, 1, 1.0, "memory")
NONE = Answer("Was it?", "Was it?", "The briefings don't say.", "abstained", passages=(PASSAGE,))
Printed = Callable[[Answer], list[str]]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    def shown(answer: Answer) -> list[str]:
        print_answer(answer, TODAY)
        return capsys.readouterr().out.splitlines()

    return shown


def test_a_plain_answer_is_its_text_and_its_sources_with_their_ages(printed: Printed) -> None:
    assert printed(ANSWER) == [
        "The harbour was closed. [1]",
        "",
        "Sources",
        "  [1] Ice in Arlen, 31 May 2023, 3 years ago, page ii (2nd in the file)",
        "      a.md, characters 10-33; also in 1 other briefing",
    ]


def test_what_was_searched_comes_first_where_it_is_not_what_was_typed(printed: Printed) -> None:
    asked = replace(
        ANSWER,
        query="Was the harbour closed?",
        as_of=date(2023, 6, 1),
        time=DateRange(date(2023, 5, 1), date(2023, 5, 31)),
        filters=Filters(documents=("d1", "d2")),
    )
    assert printed(asked)[:6] == [
        "Searched for: Was the harbour closed?",
        "As of 1 June 2023: what is dated later was not searched.",
        "Ranked by time: May 2023",
        "Searched in 2 documents only.",
        "",
        "The harbour was closed. [1]",
    ]


@pytest.mark.parametrize(
    ("used", "others", "line"),
    [
        (1, 1, "2 documents mention Arlen: 1 used here, 1 not (--others asks them)."),
        (1, 0, "1 document mentions Arlen: it is used here."),
        (2, 0, "2 documents mention Arlen: all are used here."),
        (0, 1, "1 document mentions Arlen: it is not used here."),
        (0, 3, "3 documents mention Arlen: none is used here."),
    ],
)
def test_coverage_is_one_line(printed: Printed, used: int, others: int, line: str) -> None:
    assert line in printed(replace(ANSWER, coverage=Coverage("Arlen", (SOURCE,) * used, OTHERS[:others])))


def test_the_documents_that_are_not_used_are_listed_as_far_as_a_screen_goes(printed: Printed) -> None:
    lines = printed(replace(ANSWER, coverage=Coverage("Arlen", (SOURCE,), OTHERS)))
    assert lines[-7:] == [
        "9 documents mention Arlen: 1 used here, 8 not (--others asks them).",
        *(f"  Other {n}" for n in range(5)),
        "  and 3 more",
    ]
    assert not any("mention" in line for line in printed(replace(ANSWER, coverage=Coverage("Arlen", (), ()))))


def test_an_abstention_says_why_and_shows_the_nearest_passages(printed: Printed) -> None:
    lines = printed(replace(NONE, notes=("no briefing names Borl",), missing=("Was it?", "and who was it?")))
    assert lines == [
        "The briefings don't say.",
        "",
        "Not in the briefings: Was it?",
        "",
        "Not in the briefings: and who was it?",
        "",
        "The nearest passages",
        "  Ice in Arlen, 31 May 2023, 3 years ago",
        "      The harbour was closed.",
        "",
        "No briefing names Borl.",
    ]


def test_a_name_that_may_have_been_meant_is_offered_with_the_question_that_asks_for_it(printed: Printed) -> None:
    lines = printed(replace(NONE, did_you_mean=Respelt(("Arlen", "Ida Holm"), "Was Arlen closed by Ida Holm?")))
    assert lines[:4] == [
        "The briefings don't say.",
        "",
        "Did you mean “Arlen” and “Ida Holm”?",
        "  Ask: Was Arlen closed by Ida Holm?",
    ]


def test_sources_that_differ_stand_in_an_abstention_too(printed: Printed) -> None:
    side = Side(SOURCE, "c1", Span(10, 33), QUOTE, Span(10, 13))
    lines = printed(replace(NONE, disagreements=(Disagreement("number", "the harbour", (side, side)),)))
    assert lines[2] == "Sources differ on a number: the harbour"
    assert lines[3:5] == ["  “The harbour was closed.”", "      Ice in Arlen, 31 May 2023, 3 years ago"]


def test_a_sentence_that_tells_both_sides_stands_once_and_the_words_that_differ_are_bold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr("typer.echo", said.append)  # which leaves bold out where nobody looks
    quote = "One report: 12 | Another report: 14"
    sides = tuple(Side(SOURCE, "c1", Span(50, 85), quote, words) for words in (Span(62, 64), Span(83, 85)))
    print_answer(replace(NONE, disagreements=(Disagreement("number", "ships", sides),)), date(2026, 11, 25))
    assert said[0] == "  “One report: \x1b[1m12\x1b[0m | Another report: \x1b[1m14\x1b[0m”"
    assert sum("One report" in line for line in said) == 1


def test_what_says_the_opposite_stands_in_an_abstention(printed: Printed) -> None:
    side = Side(SOURCE, "c1", Span(10, 33), QUOTE, Span(10, 13))
    lines = printed(replace(NONE, contrary=(side,)))
    assert lines[2:5] == [
        "A briefing says otherwise than the question supposes",
        "  “The harbour was closed.”",
        "      Ice in Arlen, 31 May 2023, 3 years ago",
    ]


def test_what_comes_nearest_to_an_answer_stands_in_an_abstention(printed: Printed) -> None:
    side = Side(SOURCE, "c1", Span(10, 33), QUOTE, Span(10, 13))
    lines = printed(replace(NONE, likeliest=(side,)))
    assert lines[2:5] == [
        "This comes nearest to an answer",
        "  “The harbour was closed.”",
        "      Ice in Arlen, 31 May 2023, 3 years ago",
    ]


def test_what_a_model_wrote_is_said_to_be_with_its_doubts_and_what_was_withheld(printed: Printed) -> None:
    doubtful = Statement(QUOTE, Verdict("partly", "dropped hedge", "the source says may"), Span(0, 23))
    withheld = Statement("It was 43.", Verdict("contradicted", "number mismatch", "the source says 42, not 43"))
    lines = printed(replace(ANSWER, writer="model", statements=(doubtful, withheld)))
    assert "Written by model, every sentence checked against the briefings." in lines
    assert "Only partly supported: The harbour was closed. (the source says may)" in lines
    assert "  It was 43. (number mismatch: the source says 42, not 43)" in lines


def test_a_quote_that_points_back_has_the_sentence_before_it(printed: Printed) -> None:
    citation = replace(CITATION, before=Before(Span(0, 9), "Ice came."))
    assert printed(replace(ANSWER, citations=(citation,)))[0] == "(Before it: Ice came.) The harbour was closed. [1]"
