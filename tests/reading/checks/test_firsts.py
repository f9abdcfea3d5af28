"""The first since a time is not the first."""

from __future__ import annotations

import pytest

from assistant.reading.checks.firsts import firsts


@pytest.mark.parametrize(
    ("premise", "claim", "wrong"),
    [
        (
            "Wei was the first minister to speak at the forum since 2011.",
            "Wei was the first minister to speak at the forum.",
            True,
        ),
        ("It was the deadliest fire in 30 years.", "It was the deadliest fire.", True),
        ("It is the largest order so far.", "It is the largest order.", True),
        (
            "Wei was the first minister to speak at the forum since 2011.",
            "Wei was the first minister since 2011 to speak there.",
            False,
        ),
        (
            "Wei was the first minister to speak at the forum.",
            "Wei was the first minister to speak at the forum.",
            False,
        ),
        ("Wei was the first minister to speak at the forum since 2011.", "Wei spoke at the forum.", False),
        ("The first ferry sailed. Trade has grown since 2011.", "The first ferry sailed.", False),
    ],
)
def test_firsts(premise: str, claim: str, wrong: bool) -> None:
    assert (firsts(premise, claim) is not None) is wrong
