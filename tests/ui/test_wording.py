from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.types import Answer, Before, Citation, DateRange, Source, Span, Statement, Verdict
from assistant.ui.wording import age, excerpt, page_name, period, with_references


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2023, 5, 1), date(2023, 5, 31), "May 2023"),
        (date(2023, 1, 1), date(2023, 12, 31), "2023"),
        (date(2022, 1, 1), date(2023, 12, 31), "2022 to 2023"),
        (date(2024, 1, 1), date(2024, 3, 31), "January 2024 to March 2024"),
        (date(2023, 5, 31), date(2023, 5, 31), "31 May 2023"),
        (date(2023, 5, 2), date(2023, 5, 31), "2 May 2023 to 31 May 2023"),
        (date(2023, 5, 1), None, "since 1 May 2023"),
        (None, date(2023, 5, 1), "until 1 May 2023"),
        (None, None, "any time"),
    ],
)
def test_a_stretch_of_time_is_said_as_a_person_would(start: date | None, end: date | None, said: str) -> None:
    assert period(DateRange(start, end)) == said


@pytest.mark.parametrize(
    ("index", "label", "said"),
    [
        (5, "5", "page 5"),
        (5, "iv", "page iv (5th in the file)"),
        (2, "12", "page 12 (2nd in the file)"),
        (11, "x", "page x (11th in the file)"),
        (3, None, "page 3"),
        (3, "3–4", "pages 3–4"),
        (5, "iii–iv", "pages iii–iv (5th in the file)"),
        (None, None, None),
    ],
)
def test_a_page_is_named_by_its_label_and_its_place_where_they_differ(
    index: int | None, label: str | None, said: str | None
) -> None:
    assert page_name(index, label) == said


def test_the_copied_answer_ends_each_sentence_with_its_number_and_lists_the_quotes() -> None:
    source = Source("d", "a/b.md", "A title", "text/markdown", "h", date=date(2023, 5, 31), publisher="P")
    citation = Citation(1, Span(0, 4), source, "c", Span(8, 12), "Yes.", page_index=2, page_label="ii")
    answer = Answer("Is it?", "Is it?", "Yes. More", "answered", (citation,))
    assert with_references(answer) == (
        "Is it?\n\nYes. [1] More\n\n[1] “Yes.” — A title, P, 31 May 2023, page ii (2nd in the file), a/b.md"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "A title\n\nBy: us — 9 September\n\nShips sail.\n\n- One did.\n- Two did not.",
            "Ships sail. • One did. • Two did…",
        ),
        ("Ships sail", "Ships sail"),
        ("A title\n\nA subtitle", "A subtitle"),
        ("- One did\n- Two did not", "• One did • Two did not"),
        ("Year: 2019 | Host: Singapore\nYear: 2020", "Year: 2019 | Host: Singapore…"),
        ("Ships  \n sail.", "sail."),
        ("", ""),
    ],
)
def test_an_excerpt_leaves_out_the_headings_that_a_passage_opens_with(text: str, said: str) -> None:
    assert excerpt(text, 34) == said


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (date(2023, 5, 31), "3 years ago"),
        (date(2023, 11, 25), "3 years ago"),
        (date(2023, 11, 26), "2 years ago"),
        (date(2024, 11, 26), "23 months ago"),
        (date(2026, 9, 26), "1 month ago"),
        (date(2026, 9, 27), "59 days ago"),
        (date(2026, 11, 24), "yesterday"),
        (date(2026, 11, 25), "today"),
        (date(2026, 11, 26), "tomorrow"),
        (date(2026, 12, 7), "in 12 days"),
        (date(2029, 1, 1), "in 2 years"),
    ],
)
def test_an_age_is_said_in_whole_days_months_or_years(then: date, said: str) -> None:
    assert age(then, date(2026, 11, 25)) == said


def test_a_copied_answer_that_was_written_says_so_and_what_is_in_doubt() -> None:
    source = Source("d", "a.md", "A", "text/markdown", "h")
    citation = Citation(1, Span(0, 6), source, "c", Span(0, 1), "x")
    doubtful = Statement("It was.", Verdict("partly"), Span(0, 6))
    answer = Answer("Q", "Q", "It is. Yes.", "answered", (citation,), writer="M", statements=(doubtful,))
    copied = with_references(answer)
    assert "It is. [1] (partly supported) Yes." in copied
    assert copied.endswith("\n\nWritten by M, every sentence checked against the briefings.")


def test_a_copied_quote_that_points_back_has_the_sentence_before_it() -> None:
    source = Source("d", "a.md", "A", "text/markdown", "h")
    citation = Citation(
        1, Span(0, 9), source, "c", Span(20, 29), "It ended.", before=Before(Span(0, 12), "Talks began.")
    )
    answer = Answer("Q", "Q", "It ended.", "answered", (citation, replace(citation, marker=2)))
    assert with_references(answer).split("\n")[2] == "(Before it: Talks began.) It ended. [1] [2]"
