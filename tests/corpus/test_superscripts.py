from __future__ import annotations

import pytest

from assistant.corpus.superscripts import raised


@pytest.mark.parametrize(
    ("before", "mark"),
    [
        ("It rose to 250.", "1"),
        ("In 2019", "3"),
        ("a cost of 1,250", "2"),
        ("a cost of €7.5", "2"),
        ("by 7.5%", "2"),
        ("the deal", "12"),
        ("the EU", "3"),
        ("the G20", "4"),
        ("he said.”", "3, 4"),
        ("he said,", "1–3"),
        ("the exporters (OPEC)", "2"),
        ("It fell. ", "3"),
        ("In 2019", "a"),
        ("the 10", "[3]"),
    ],
)
def test_the_mark_of_a_note_is_left_out(before: str, mark: str) -> None:
    assert raised(mark, after=before) == ""


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("10", "6", "10^6"),
        ("1.05", "10", "1.05^10"),
        ("5 m", "2", "5 m^2"),
        ("per km", "2", "per km^2"),
        ("square miles", "2", "square miles^2"),
        ("x", "2", "x^2"),
        ("(1+r)", "2", "(1+r)^2"),
        ("per year", "−1", "per year^−1"),
        ("Fe", "3+", "Fe^3+"),
        ("10", "b", "10b"),
        ("21", "st", "21st"),
        ("M", "c", "Mc"),
        ("of ", "235", "of 235"),
        ("", "3", "3"),
        ("", "[3]", "[3]"),
    ],
)
def test_what_may_mean_something_stays(before: str, text: str, whole: str) -> None:
    assert before + raised(text, after=before) == whole


def test_a_number_that_leads_to_a_note_is_its_mark_whatever_it_follows() -> None:
    assert raised("6", after="10", linked=True) == ""


def test_the_space_around_a_mark_stays() -> None:
    assert raised("1 ", after="It rose to 250.") == " "
