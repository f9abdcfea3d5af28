"""What is said of a part must not be said of the whole."""

from __future__ import annotations

import pytest

from assistant.reading.checks.parts import parts


@pytest.mark.parametrize(
    ("premise", "claim", "wrong"),
    [
        ("Eight of the ten largest companies have stopped.", "The ten largest companies have stopped.", True),
        ("Most of the villages were flooded.", "All villages were flooded.", True),
        ("Half of the crew left.", "The crew left.", True),
        ("Eight of the ten largest companies have stopped.", "Eight of the largest companies have stopped.", False),
        ("Eight of the ten largest companies have stopped.", "Most large companies have stopped.", False),
        ("Most of the villages were flooded.", "The harbour was flooded.", False),
        ("One of the pilots was hurt.", "One pilot was hurt.", False),
    ],
)
def test_parts(premise: str, claim: str, wrong: bool) -> None:
    assert (parts(premise, claim) is not None) is wrong
