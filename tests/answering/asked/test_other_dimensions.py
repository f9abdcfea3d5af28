"""How high something is does not tell how long it is."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_dimensions import of_another_dimension

WALL = "The wall would be 118 metres high and hold back a reservoir of 64 square kilometres."

ROAD = "Component: Access road | Cost, $ million: 54 | Paid by: Malawi"


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("How many metres long is the dam wall?", WALL, True),
        ("What is the length of the dam wall?", WALL, True),
        ("How wide is the reservoir?", WALL, True),
        ("What is the height of the wall?", WALL, False),
        ("How tall is the wall?", "The wall is 118 m tall.", False),
        ("How deep is the harbour?", "The harbour is 900 metres long and 300 m wide.", True),
        ("How deep is the harbour?", "The harbour is 900 metres long and 14 metres deep.", False),
        ("How deep is the harbour?", "The harbour has a draught of 14 metres.", False),
        ("How wide is the reservoir?", "The reservoir is full.", False),
        ("What is the length of the contract?", "The contract runs for 22 months.", False),
        ("How long will it take?", WALL, False),
        ("What is the length of the access road?", ROAD, True),
        ("What is the height of the tower?", "Part: Tower | Height: 318", False),
        ("What is the length of the contract?", "Contract: Portela | Months: 22", False),
    ],
)
def test_dimensions_are_told_apart(question: str, sentence: str, other: bool) -> None:
    assert of_another_dimension(question, sentence, "Measures of the dam") is other


def test_what_the_heads_of_a_row_tell_counts() -> None:
    assert not of_another_dimension("What is the length of the access road?", ROAD, "Lengths and costs")
    assert not of_another_dimension("What is the length of the access road?", ROAD, "All in km")
