"""What is so in one week, round or month is no answer for another."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_periods import of_another_period

CASES = "How many cases were there in Lower Ardo in week 19?"
NIGHTS = "How many hotel nights were there in May?"
REPORT = "Situation report, week 14 | Cases by region"


@pytest.mark.parametrize(
    ("question", "sentence", "heads", "other"),
    [
        (CASES, "Region: Lower Ardo | Week 17: 42 | Week 18: 33", "", True),
        (CASES, "Region: Lower Ardo | Week 18: 42 | Week 19: 33", "", False),
        (CASES, "Week: 17 | Hospital: Tessin | Admissions: 140", "", True),
        (CASES, "Week: 19 | Hospital: Tessin | Admissions: 140", "", False),
        (CASES, "Region: Lower Ardo | Suspected cases: 54", REPORT, True),
        (CASES, "Region: Lower Ardo | Suspected cases: 54", "Situation report, week 19", False),
        (CASES, "Region: Lower Ardo | Suspected cases: 54", "Situation report", False),
        (CASES, "In week 19 there were 54 cases.", REPORT, False),
        (CASES, "In weeks 17 to 20 there were 54 cases a week.", "", False),
        (CASES, "The week before there had been 54 cases.", "Situation report, week 20", False),
        (CASES, "Weeks: 17 | Region: Lower Ardo", "", False),  # how long it took
        (CASES, "In weeks 15 and 16 it was 17% higher.", "", True),
        ("How many cases were there in Lower Ardo?", "Week: 17 | Cases: 140", "", False),
        ("What was agreed in round 3?", "In round 2 the sides agreed on fish.", "", True),
        ("When does phase 2 begin?", "The second phase begins on 16 March.", "Phase 1 ends", False),
        ("When does phase 2 begin?", "Phase two begins on 16 March.", "Phase 1 ends", False),
        ("When does phase 2 begin?", "It begins on 16 March.", "Phase 1 ends", False),
        ("When does phase 2 begin?", "The first phase begins on 16 March.", "", True),
        ("When does the 2nd phase begin?", "Phase 1 begins on 16 March.", "", True),
        (CASES, "In the first week of May there were 54 cases.", "Situation report, week 18", False),
        (NIGHTS, "From April to June there were 18,200 hotel nights.", "", False),
        ("What was the growth in Q2?", "Growth in Q1 was 2 per cent.", "", True),
        (NIGHTS, "Month: April | Hotel nights: 18,200", "", True),
        (NIGHTS, "In April there were 18,200 hotel nights.", "", True),
        (NIGHTS, "Month: May | Hotel nights: 18,200", "", False),
        (NIGHTS, "There were 18,200 hotel nights.", "", False),
        ("Who spoke in May?", "In April the minister spoke.", "", False),
        ("How many ships may sail in March?", "In May twelve ships may sail.", "", True),
    ],
)
def test_periods_are_told_apart(question: str, sentence: str, heads: str, other: bool) -> None:
    assert of_another_period(question, sentence, heads, dated=False) is other


def test_a_question_that_is_dated_leaves_its_month_to_the_date() -> None:
    assert not of_another_period(NIGHTS, "Month: April | Hotel nights: 18,200", "", dated=True)
    assert of_another_period(CASES, "Region: Lower Ardo | Suspected cases: 54", REPORT, dated=True)
