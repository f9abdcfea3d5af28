"""A number or a day keeps the preposition that tells what it bounds."""

from __future__ import annotations

import pytest

from assistant.reading.checks.bounds import bounds


@pytest.mark.parametrize(
    ("premise", "claim", "wrong"),
    [
        ("The line cut its capacity by 15%.", "The line cut its capacity to 15%.", True),
        ("The corridor was open until September 2022.", "The corridor has been open since September 2022.", True),
        ("The rule holds until 15 February 2024.", "The rule holds from 15 February 2024.", True),
        ("The line cut its capacity by 15%.", "The line cut its capacity by about 15%.", False),
        ("Prices rose from 10 to 15%.", "Prices rose to 15%.", False),
        ("The line cut its capacity by 15%, to 85 ships.", "The line now has 85 ships.", False),
        ("The rule holds from 15 February 2024.", "The rule has held since 15 February 2024.", False),
        ("The harbour was closed on 12 May 2021.", "The harbour was open until 12 May 2021.", False),
    ],
)
def test_bounds(premise: str, claim: str, wrong: bool) -> None:
    assert (bounds(premise, claim) is not None) is wrong
