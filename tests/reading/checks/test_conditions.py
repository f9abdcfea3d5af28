"""What holds on a condition, or with an exception, must not be said without it."""

from __future__ import annotations

import pytest

from assistant.reading.checks.conditions import conditions


@pytest.mark.parametrize(
    ("premise", "claim", "wrong"),
    [
        ("Ships would leave daily if nothing went wrong.", "Ships leave daily.", True),
        ("Borl will return to the deal as soon as the restrictions are lifted.", "Borl returned to the deal.", True),
        ("The council rejected all but one of the complaints.", "The council rejected all of the complaints.", True),
        ("Every harbour except Arlen was closed.", "Every harbour was closed.", True),
        ("Ships would leave daily if nothing went wrong.", "Ships would leave daily.", False),
        ("Ships leave daily if nothing goes wrong.", "Ships leave daily if all goes well.", False),
        ("The minister asked if the harbour was safe.", "The minister asked about the safety of the harbour.", False),
        ("The harbour will open as soon as possible.", "The harbour opens soon.", False),
        ("The bridge was opened as if nothing had happened.", "The bridge was opened.", False),
        ("Every harbour except Arlen was closed.", "Every harbour was closed, except that of Arlen.", False),
        ("The mill closed. If it rains the river rises.", "The mill closed.", False),
    ],
)
def test_conditions(premise: str, claim: str, wrong: bool) -> None:
    assert (conditions(premise, claim) is not None) is wrong
