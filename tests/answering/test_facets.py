from __future__ import annotations

import pytest

from assistant.answering.facets import facets_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Why did China decline and when were the sanctions imposed?",
            ["Why did China decline?", "When were the sanctions imposed?"],
        ),
        ("Who met Li? When did they meet?", ["Who met Li?", "When did they meet?"]),
        ("When was Li removed and why?", ["When was Li removed?", "Why was Li removed?"]),
        ("When and where did the two meet?", ["When did the two meet?", "Where did the two meet?"]),
        ("What was said, and by whom was it said?", ["What was said?", "By whom was it said?"]),
    ],
)
def test_a_question_with_two_question_words_has_two_facets(question: str, parts: list[str]) -> None:
    assert [facet.text for facet in facets_of(question)] == parts


@pytest.mark.parametrize(
    "question",
    [
        "When did Finland and Sweden join?",
        "What is the distance between A and B?",
        "Why did the US and China stop talking?",
        "What did the minister say about who was to blame?",
        "Did the ministers explain why they left and how they travelled?",
        "Which of the two, Finland or Sweden, joined first?",
        "sanctions and talks",
        "?",
    ],
)
def test_names_joined_by_and_stay_together(question: str) -> None:
    assert [facet.text for facet in facets_of(question)] == [question]


def test_a_facet_that_leans_on_the_first_is_searched_with_it() -> None:
    second = facets_of("Who is Li Shangfu and when was he sanctioned?")[1]
    assert second.text == "When was he sanctioned?"
    assert "Li Shangfu" in second.query


def test_a_facet_that_stands_alone_is_searched_as_it_is() -> None:
    second = facets_of("Why did China decline and when were the sanctions imposed?")[1]
    assert second.query == second.text
