from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.embedding.hashing import HashingEmbedder
from assistant.language.dates import as_of_day, time_of_question, without_as_of
from assistant.types import Answer, DateRange, Done, Filters
from tests.answering.memory import MemoryCorpus, document

TODAY = date(2024, 8, 1)
MAY = document("may.txt", "The harbour of Arlen is closed because of ice.", title="Harbour", day=date(2023, 5, 2))
JUNE = document("june.txt", "The harbour of Arlen is open again.", title="Harbour", day=date(2023, 6, 10))


@pytest.mark.parametrize(
    ("question", "day", "said"),
    [
        ("Was the harbour open as of 5 May 2023?", date(2023, 5, 5), "as of 5 May 2023"),
        ("As of June 5, 2023, who was minister?", date(2023, 6, 5), "As of June 5, 2023"),
        ("As at 2023-05-05, was it closed?", date(2023, 5, 5), "As at 2023-05-05"),
        ("As things stood on 5 May 2023, was it open?", date(2023, 5, 5), "As things stood on 5 May 2023"),
        ("What is the toll as known in May 2023?", date(2023, 5, 31), "as known in May 2023"),
        ("as of mid-January 2024, how many?", date(2024, 1, 20), "as of mid-January 2024"),
        ("As of last month, was it open?", date(2024, 7, 31), "As of last month"),
        ("As of 2022, how many members?", date(2022, 12, 31), "As of 2022"),
        ("As of Tuesday, 7 March 2023, is it open?", date(2023, 3, 7), "As of Tuesday, 7 March 2023"),
        ("As of Friday, May 5, 2023, is it open?", date(2023, 5, 5), "As of Friday, May 5, 2023"),
        ("Is it open as of Fri 5 May 2023?", date(2023, 5, 5), "as of Fri 5 May 2023"),
        ("Is it open as of end May 2023?", date(2023, 5, 31), "as of end May 2023"),
        ("Is it open as of end of May 2023?", date(2023, 5, 31), "as of end of May 2023"),
        ("Is it open as at the end of 2022?", date(2022, 12, 31), "as at the end of 2022"),
        (
            "As of close of business on 5 May 2023, is it open?",
            date(2023, 5, 5),
            "As of close of business on 5 May 2023",
        ),
    ],
)
def test_what_was_known_on_a_day_is_asked_for(question: str, day: date, said: str) -> None:
    found = as_of_day(question, today=TODAY)
    assert found is not None
    assert (found[0], found[1].of(question)) == (day, said)


@pytest.mark.parametrize(
    ("question", "time"),
    [
        ("What had been shipped until 3 June 2023?", DateRange(None, date(2023, 6, 3))),
        ("How much was shipped by the end of May 2023?", DateRange(None, date(2023, 5, 31))),
        ("What happened before June 2023?", DateRange(None, date(2023, 5, 31))),
        ("What has happened since May 2022?", DateRange(date(2022, 5, 1), None)),
        ("What happened between 1 May and 3 June 2023?", DateRange(date(2023, 5, 1), date(2023, 6, 3))),
    ],
)
def test_when_something_happened_is_read_but_hides_nothing(question: str, time: DateRange) -> None:
    assert as_of_day(question, today=TODAY) is None
    found = time_of_question(question, today=TODAY)
    assert found is not None
    assert found[0] == time


@pytest.mark.parametrize(
    "question",
    [
        "Was Finnish support for NATO membership in October 2022 as high as at the end of May 2022?",
        "Was it the same as at the end of 2022?",
        "Was it at the same level as at the end of 2022?",
        "Did as many ships pass as at the end of 2022?",
        "Was it as high as it stood in May 2022?",
    ],
)
def test_what_is_compared_with_is_not_what_was_known(question: str) -> None:
    assert as_of_day(question, today=TODAY) is None


@pytest.mark.parametrize("question", ["Is it open as of yet?", "As of now, who leads?", "As stood", "as of", ""])
def test_without_a_day_nothing_is_asked_for(question: str) -> None:
    assert as_of_day(question, today=TODAY) is None


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.text(max_size=30))
def test_any_day_is_read_back_and_the_words_are_those_of_the_question(day: date, before: str) -> None:
    question = f"{before} as of {day:%d %B %Y}, what was known?"
    found = as_of_day(question, today=TODAY)
    assert found is not None
    assert found[0] == day
    assert found[1].of(question) == f"as of {day:%d %B %Y}"


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    found = as_of_day(text, today=TODAY)
    assert found is None or found[1].of(text).lower().startswith("as")


def test_an_answer_as_of_a_day_rests_on_nothing_written_later() -> None:
    embedder = HashingEmbedder()
    corpus = MemoryCorpus([MAY, JUNE], embedder)
    answerer = ExtractiveAnswerer(corpus, embedder, corpus)

    def asked(question: str) -> Answer:
        found = as_of_day(question, today=TODAY)
        filters = Filters(dates=DateRange(None, found[0])) if found else Filters()
        *_, last = answerer.stream(question, question, filters=filters)
        assert isinstance(last, Done)
        return last.answer

    assert {p.source.path for p in asked("Was the harbour of Arlen open?").passages} == {"may.txt", "june.txt"}
    assert {p.source.path for p in asked("Was the harbour of Arlen open as of 5 May 2023?").passages} == {"may.txt"}


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Did the Rubymar sink as of 26 February 2024?", "Did the Rubymar sink?"),
        ("As of 1 August 2023, is the deal in force?", "Is the deal in force?"),
        ("What was known as of 5 May 2023 about the pier?", "What was known about the pier?"),
        ("How many members (as of May 2023) are there?", "How many members are there?"),
        ("As things stood in June 2023, who led?", "Who led?"),
        ("And as of July 2023?", "And as of July 2023?"),
    ],
)
def test_the_words_that_say_as_of_when_can_be_left_out(question: str, left: str) -> None:
    said = as_of_day(question, today=TODAY)
    assert said is not None
    assert without_as_of(question, said[1]) == left
