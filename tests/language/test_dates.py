from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.dates import time_of_question, times_of_question
from assistant.types import DateRange

TODAY = date(2024, 3, 14)  # a Thursday

# Question, first day, last day, and the words of the question that say so (None: not looked at).
NAMED = [
    # days
    ("What did Li say on 31 May 2023?", "2023-05-31", "2023-05-31", "on 31 May 2023"),
    ("What happened on May 31st, 2023 in Singapore?", "2023-05-31", "2023-05-31", "on May 31st, 2023"),
    ("what happened on 2023-05-31", "2023-05-31", "2023-05-31", "on 2023-05-31"),
    ("Who spoke on the 31st of May, 2023?", "2023-05-31", "2023-05-31", "31st of May, 2023"),
    ("Who spoke on 31-05-2023?", "2023-05-31", "2023-05-31", "on 31-05-2023"),
    ("31.05.2023: who spoke?", "2023-05-31", "2023-05-31", "31.05.2023"),
    ("Who spoke on Wednesday, 31 May 2023?", "2023-05-31", "2023-05-31", "on Wednesday, 31 May 2023"),
    # months, parts of them, quarters, halves, seasons, years
    ("Why did China decline in May 2023?", "2023-05-01", "2023-05-31", "in May 2023"),
    ("why in may 2023", "2023-05-01", "2023-05-31", "in may 2023"),
    ("What was said in May of 2023?", "2023-05-01", "2023-05-31", "in May of 2023"),
    ("Sept. 2022 exports?", "2022-09-01", "2022-09-30", "Sept. 2022"),
    ("What changed in early June 2023?", "2023-06-01", "2023-06-10", "in early June 2023"),
    ("What changed in mid-June 2023?", "2023-06-11", "2023-06-20", "in mid-June 2023"),
    ("What changed at the end of February 2024?", "2024-02-21", "2024-02-29", "at the end of February 2024"),
    ("What changed at end-February 2024?", "2024-02-21", "2024-02-29", "at end-February 2024"),
    ("What changed at the beginning of 2024?", "2024-01-01", "2024-04-30", "at the beginning of 2024"),
    ("Shipments in Q3 2022?", "2022-07-01", "2022-09-30", "in Q3 2022"),
    ("Shipments in the third quarter of 2022", "2022-07-01", "2022-09-30", "in the third quarter of 2022"),
    ("Shipments in the first half of 2023?", "2023-01-01", "2023-06-30", "in the first half of 2023"),
    ("Shipments in H1 2023?", "2023-01-01", "2023-06-30", "in H1 2023"),
    ("Shipments in the second half of 2023?", "2023-07-01", "2023-12-31", "in the second half of 2023"),
    ("What happened in summer 2023?", "2023-06-01", "2023-08-31", "in summer 2023"),
    ("What happened in the winter of 2022?", "2022-12-01", "2023-02-28", "in the winter of 2022"),
    ("What happened in late 2022?", "2022-09-01", "2022-12-31", "in late 2022"),
    ("Who attended in 2023?", "2023-01-01", "2023-12-31", "in 2023"),
    ("In 2022 Finland applied: why?", "2022-01-01", "2022-12-31", "In 2022"),
    ("What happened in the year 2022?", "2022-01-01", "2022-12-31", "in the year 2022"),
    ("What was the outcome of the talks during 2018?", "2018-01-01", "2018-12-31", "during 2018"),
    ("Who attended the dialogue 2023?", "2023-01-01", "2023-12-31", "2023"),
    ("What happened in the 2010s?", "2010-01-01", "2019-12-31", "in the 2010s"),
    # open on one side
    ("What has Turkey said since 2022?", "2022-01-01", None, "since 2022"),
    ("Shipments since 3 August 2022?", "2022-08-03", None, "since 3 August 2022"),
    ("Shipments since Wed. 3 August 2022?", "2022-08-03", None, "since Wed. 3 August 2022"),
    ("What happened before the end of 2022?", None, "2022-12-31", "before the end of 2022"),
    ("What happened before the end of May 2023?", None, "2023-05-31", "before the end of May 2023"),
    ("What happened before the start of 2024?", None, "2023-12-31", "before the start of 2024"),
    ("What happened after the start of 2024?", "2024-01-01", None, "after the start of 2024"),
    ("What happened until the start of 2024?", None, "2024-01-01", "until the start of 2024"),
    ("Who had left by the beginning of May 2023?", None, "2023-05-01", "by the beginning of May 2023"),
    ("What happened after the beginning of May 2023?", "2023-05-01", None, "after the beginning of May 2023"),
    ("What happened after the end of May 2023?", "2023-06-01", None, "after the end of May 2023"),
    ("What happened before March 2024?", None, "2024-02-29", "before March 2024"),
    ("What happened after 2 June 2023?", "2023-06-03", None, "after 2 June 2023"),
    ("Who had joined by 2023?", None, "2023-12-31", "by 2023"),
    ("Tonnes exported until July 2023?", None, "2023-07-31", "until July 2023"),
    ("As of 1 June 2023, who had ratified?", None, "2023-06-01", "As of 1 June 2023"),
    ("What happened from 2019 onwards?", "2019-01-01", None, "from 2019 onwards"),
    # a limit that is denied is one on the other side
    ("What was signed no earlier than May 2023?", "2023-05-01", None, "no earlier than May 2023"),
    ("What was signed not earlier than 2 June 2023?", "2023-06-02", None, "not earlier than 2 June 2023"),
    ("What was signed, but not before 2023?", "2023-01-01", None, "not before 2023"),
    ("What was signed no later than May 2023?", None, "2023-05-31", "no later than May 2023"),
    ("What was signed not later than 2 June 2023?", None, "2023-06-02", "not later than 2 June 2023"),
    ("What was signed, but not after 2022?", None, "2022-12-31", "not after 2022"),
    # from one to another
    ("Exports between 2019 and 2021?", "2019-01-01", "2021-12-31", "between 2019 and 2021"),
    ("Exports from 2019 to 2021", "2019-01-01", "2021-12-31", "from 2019 to 2021"),
    ("Exports in 2019-2021?", "2019-01-01", "2021-12-31", "in 2019-2021"),
    ("Exports in 2019–21?", "2019-01-01", "2021-12-31", "in 2019–21"),
    ("What happened from May to July 2023?", "2023-05-01", "2023-07-31", "from May to July 2023"),
    ("What happened from November to February 2023?", "2022-11-01", "2023-02-28", "from November to February 2023"),
    ("What happened May-July 2023?", "2023-05-01", "2023-07-31", "May-July 2023"),
    ("Who met between 2 and 4 June 2023?", "2023-06-02", "2023-06-04", "between 2 and 4 June 2023"),
    ("Who met on 2-4 June 2023?", "2023-06-02", "2023-06-04", "on 2-4 June 2023"),
    ("Who met June 2-4, 2023?", "2023-06-02", "2023-06-04", "June 2-4, 2023"),
    ("Who met from 31 May to 4 June 2023?", "2023-05-31", "2023-06-04", "from 31 May to 4 June 2023"),
    ("Growth between Q1 and Q3 2022?", "2022-01-01", "2022-09-30", "between Q1 and Q3 2022"),
    ("What happened from May 2022 until March 2023?", "2022-05-01", "2023-03-31", "from May 2022 until March 2023"),
    ("How did it develop from 2019 to today?", "2019-01-01", None, "from 2019 to today"),
    ("Who met from 18 July 2023 to 2 August?", "2023-07-18", "2023-08-02", "from 18 July 2023 to 2 August"),
    ("Who met from 18 July 2023 to the 2nd of August?", "2023-07-18", "2023-08-02", None),
    ("Exports between July 2022 and August?", "2022-07-01", "2022-08-31", "between July 2022 and August"),
    ("Who met from the 2nd to the 4th of June 2023?", "2023-06-02", "2023-06-04", None),
    ("Exports from the first to the third quarter of 2022?", "2022-01-01", "2022-09-30", None),
    ("Exports from November 2022 to February?", "2022-11-01", "2023-02-28", "from November 2022 to February"),
    ("Exports between Q1 2022 and Q3?", "2022-01-01", "2022-09-30", "between Q1 2022 and Q3"),
    ("Exports from Q1 2022 to May?", "2022-01-01", "2022-03-31", "from Q1 2022"),
    ("Exports May 2023 until July", "2023-05-01", "2023-07-31", "May 2023 until July"),
    ("Did it fall from May 2023 to 5 tonnes?", "2023-05-01", "2023-05-31", "from May 2023"),
    ("What happened in May 2023 – may ministers say?", "2023-05-01", "2023-05-31", "in May 2023"),
    # listed: from the first to the last
    ("Exports in May and June 2023?", "2023-05-01", "2023-06-30", "in May and June 2023"),
    ("Exports in May and in June 2023?", "2023-05-01", "2023-06-30", "in May and in June 2023"),
    ("Exports in May or June of last year?", "2023-05-01", "2023-06-30", "in May or June of last year"),
    ("Exports in June and May 2023?", "2023-05-01", "2023-06-30", "in June and May 2023"),
    ("Exports in December and January 2023?", "2022-12-01", "2023-01-31", "in December and January 2023"),
    ("Exports in April, May and June 2023?", "2023-04-01", "2023-06-30", "in April, May and June 2023"),
    ("Exports in April, May, and June 2023?", "2023-04-01", "2023-06-30", "in April, May, and June 2023"),
    ("Exports in May/June 2023?", "2023-05-01", "2023-06-30", "in May/June 2023"),
    ("Exports since May and June 2023?", "2023-05-01", None, "since May and June 2023"),
    ("Who met on 4 and 5 June 2023?", "2023-06-04", "2023-06-05", "on 4 and 5 June 2023"),
    ("Who met on the 4th and the 5th of June 2023?", "2023-06-04", "2023-06-05", None),
    ("Who met on 31 May and 4 June 2023?", "2023-05-31", "2023-06-04", "on 31 May and 4 June 2023"),
    ("Who met on 30/31 May 2023?", "2023-05-30", "2023-05-31", "on 30/31 May 2023"),
    ("Who met on June 4 and 5, 2023?", "2023-06-04", "2023-06-05", "on June 4 and 5, 2023"),
    ("Who met on June 4, 5 and 7, 2023?", "2023-06-04", "2023-06-07", "on June 4, 5 and 7, 2023"),
    ("Who met on June 4 and July 5, 2023?", "2023-06-04", "2023-07-05", "on June 4 and July 5, 2023"),
    ("Exports in Q1 and Q2 2023?", "2023-01-01", "2023-06-30", "in Q1 and Q2 2023"),
    ("Exports in the first and second quarter of 2023?", "2023-01-01", "2023-06-30", None),
    ("Exports in the second and third quarters of 2023?", "2023-04-01", "2023-09-30", None),
    ("Exports in H1 and H2 2023?", "2023-01-01", "2023-12-31", "in H1 and H2 2023"),
    ("Did 12 and May 2023 match?", "2023-05-01", "2023-05-31", "May 2023"),
    # against today
    ("What happened last year?", "2023-01-01", "2023-12-31", "last year"),
    ("What happened this month?", "2024-03-01", "2024-03-31", "this month"),
    ("What happened last month?", "2024-02-01", "2024-02-29", "last month"),
    ("What happened last week?", "2024-03-04", "2024-03-10", "last week"),
    ("What happened last quarter?", "2023-10-01", "2023-12-31", "last quarter"),
    ("What happened in the last three months?", "2023-12-14", "2024-03-14", "in the last three months"),
    ("What happened in the last 24 hours?", "2024-03-13", "2024-03-14", "in the last 24 hours"),
    ("What happened in the past 36 hours?", "2024-03-12", "2024-03-14", "in the past 36 hours"),
    ("What happened over the past year?", "2023-03-14", "2024-03-14", "over the past year"),
    ("What was said yesterday?", "2024-03-13", "2024-03-13", "yesterday"),
    ("What happened last June?", "2023-06-01", "2023-06-30", "last June"),
    ("What was said in May of last year?", "2023-05-01", "2023-05-31", "in May of last year"),
    ("What was said in may last year?", "2023-05-01", "2023-05-31", "in may last year"),
    ("What was said in early March of this year?", "2024-03-01", "2024-03-10", "in early March of this year"),
    ("Exports in February this year?", "2024-02-01", "2024-02-29", "in February this year"),
    ("Exports in the third quarter of last year?", "2023-07-01", "2023-09-30", "in the third quarter of last year"),
    ("Exports in Q4 last year?", "2023-10-01", "2023-12-31", "in Q4 last year"),
    ("Exports in the second half of last year?", "2023-07-01", "2023-12-31", "in the second half of last year"),
    ("What was signed by the end of last year?", None, "2023-12-31", "by the end of last year"),
    ("What happened in the past week of fighting?", "2024-03-07", "2024-03-14", "in the past week"),
    ("What may this year bring?", "2024-01-01", "2024-12-31", "this year"),
    # counted in a month, a quarter or a year, not from today
    ("What happened in the last week of May 2023?", "2023-05-25", "2023-05-31", "in the last week of May 2023"),
    ("What happened in the first week in May 2023?", "2023-05-01", "2023-05-07", "in the first week in May 2023"),
    ("Exports in the last month of 2022?", "2022-12-01", "2022-12-31", "in the last month of 2022"),
    ("Exports in the last 3 days of May 2023?", "2023-05-29", "2023-05-31", "in the last 3 days of May 2023"),
    ("Exports in the first two weeks of July 2023", "2023-07-01", "2023-07-14", "in the first two weeks of July 2023"),
    ("Exports in the first 40 days of June 2023?", "2023-06-01", "2023-06-30", "in the first 40 days of June 2023"),
    ("Exports in the first three quarters of 2023?", "2023-01-01", "2023-09-30", "in the first three quarters of 2023"),
    ("Exports since the last month of Q2 2023?", "2023-06-01", None, "since the last month of Q2 2023"),
    ("Exports in the first month of last year?", "2023-01-01", "2023-01-31", "in the first month of last year"),
    ("Exports in the last two days of last month?", "2024-02-28", "2024-02-29", "in the last two days of last month"),
    # several
    ("How did exports in 2022 compare with those in 2020?", "2020-01-01", "2022-12-31", "in 2022"),
    # what is compared with is a time like any other, not the end of one
    ("Was it in October 2022 as high as at the end of May 2022?", "2022-05-21", "2022-10-31", "in October 2022"),
    ("Was it the same as at the end of 2022?", "2022-09-01", "2022-12-31", "at the end of 2022"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "start", "end", "words"), NAMED, ids=[case[0] for case in NAMED])
def test_the_time_that_a_question_names(question: str, start: str | None, end: str | None, words: str | None) -> None:
    found = time_of_question(question, today=TODAY)
    assert found is not None
    stretch, span = found
    assert span.of(question) == (words or span.of(question))
    assert [day and day.isoformat() for day in (stretch.start, stretch.end)] == [start, end]


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2022 World Cup?",
        "Who won the World Cup 2022?",
        "Why did the 2018 sanctions matter?",
        "How did the US justify the 2018 sanctions on Li?",
        "What does Resolution 2023 demand?",
        "What is Resolution 2023?",
        "Who paid $2,023?",
        "Were 1,200 troops sent?",
        "Did they ask for 2000 soldiers?",
        "Was it cut by 2000 tonnes?",
        "May ministers meet in Singapore?",
        "What may happen in march?",
        "Which ship fired on the second day?",
        "Is the 2023-style summit over?",
        "Where is room 2024b?",
        "Who is Li Shangfu?",
        "What does India say today?",
        "What came first and what came second?",
        "What happened before and after 2022?",
        "What changed before, during and after May 2023?",
        "What happened before or after 5 May 2023?",
        "What happened in the last zero days?",
        "What happened in the last year of the war?",
        "What happened in the last three months of the war?",
        "What happened last week of all weeks?",
        "What happened in the last week of May?",
        "What happened in the last 0 days?",
        "on 31 June 2023?".replace("on 31 June 2023", "at the end"),
        "",
        "?",
    ],
)
def test_what_is_not_a_time_is_left_alone(question: str) -> None:
    assert time_of_question(question, today=TODAY) is None


PIECES = re.findall(
    r"\S+",
    "in since between from to and until by the last this early late of – - , 2 4 31 2019 2023 May June Q3 H1 summer "
    "year months week hours three zero end beginning Tuesday, 2023-05-31 first quarter today before after as on "
    "2019-21 May, 00 ? half and / second June, Q1",
)


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=9,
    ),
    st.dates(date(1980, 1, 1), date(2080, 1, 1)),
)
def test_whatever_is_asked_the_stretch_is_one_and_the_span_is_in_the_question(pieces: list[str], today: date) -> None:
    question = " ".join(pieces)
    found = time_of_question(question, today=today)
    if found:
        stretch, span = found
        assert span.of(question) == span.of(question).strip() != ""
        assert stretch.start is None or stretch.end is None or stretch.start <= stretch.end
        assert stretch.start or stretch.end


def test_each_time_is_told_apart_and_what_is_left_out_is_not_read() -> None:
    question = "As of July 2024, how many ships came in April 2024 and in May 2024?"
    named = times_of_question(question, today=TODAY)
    assert [span.of(question) for _, span in named] == ["As of July 2024", "in April 2024", "in May 2024"]
    found = time_of_question(question, today=TODAY, leaving_out=named[0][1])
    assert found == (DateRange(date(2024, 4, 1), date(2024, 5, 31)), named[1][1])


def test_open_on_both_sides_is_no_stretch() -> None:
    assert time_of_question("What happened since 2019 or before 2018?", today=TODAY) is None


def test_a_piece_of_a_piece_of_a_piece_is_not_followed_down() -> None:
    found = time_of_question("the last 3 days of " * 420 + "May 2023", today=TODAY)
    assert found is not None
    assert found[0] == DateRange(date(2023, 5, 29), date(2023, 5, 31))


@given(st.text(max_size=60))
def test_any_text_can_be_asked(question: str) -> None:
    time_of_question(question, today=TODAY)
