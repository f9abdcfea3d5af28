from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.spellings import american, as_spelt_in, other_spelling, spellings_of
from assistant.language.words import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("defence", "defense"), ("labour", "labor"), ("programmes", "programs"), ("authorised", "authorized")],
)
def test_a_word_has_one_stem_and_knows_its_other_spelling(one: str, other: str) -> None:
    assert (other_spelling(one), other_spelling(other)) == (other, one)
    assert american(one) == american(other) == other
    assert stem(one) == stem(other)


def test_what_has_one_spelling_or_is_another_unit_stays_as_it_is() -> None:
    assert other_spelling("minister") is None
    assert other_spelling("tonnes") is None
    assert stem("tonnes") != stem("tons")
    assert spellings_of("the minister") == ("the minister",)
    assert spellings_of("Labour Party") == ("Labour Party", "Labor Party")


@pytest.mark.parametrize(
    ("question", "text", "spelt"),
    [
        ("Who is Defense Minister?", "Defence Minister Hulusi Akar signed.", "Who is Defence Minister?"),
        ("Who is DEFENSE minister?", "Defence Minister Hulusi Akar signed.", "Who is DEFENCE minister?"),
        ("Who is defense minister?", "The defense of the defence minister", "Who is defense minister?"),
        ("Who leads Labour?", "The Labor Party won.", "Who leads Labor?"),
        ("Who defended the centre?", "He defenced it.", "Who defended the centre?"),
    ],
)
def test_a_question_is_spelt_as_the_text_where_the_text_has_only_that(question: str, text: str, spelt: str) -> None:
    assert as_spelt_in(question, text) == spelt


@given(st.text(max_size=60))
def test_a_text_is_never_spelt_otherwise_than_itself(text: str) -> None:
    assert as_spelt_in(text, text) == text
