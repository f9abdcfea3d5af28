"""A reason must be given by the source; what only stands beside something is none."""

from __future__ import annotations

import pytest

from assistant.reading.checks.causes import causes


@pytest.mark.parametrize(
    ("premise", "claim", "invented"),
    [
        ("The far-right politician Holm burned the flag.", "Holm burned the flag because he was far-right.", True),
        ("The harbour closed after the storm.", "The harbour closed due to the storm.", True),
        ("The pier broke. The harbour closed.", "The broken pier led to the closure of the harbour.", True),
        ("The harbour closed because of the storm.", "The harbour closed due to the storm.", False),
        ("The storm forced the harbour to close.", "The harbour closed because of the storm.", False),
        ("In protest at the tax the crews stayed ashore.", "The crews stayed ashore because of the tax.", False),
        ("Reason: storm | Harbour: closed", "The harbour was closed because of a storm.", False),
        ("The harbour closed after the storm.", "The harbour closed after the storm.", False),
    ],
)
def test_causes(premise: str, claim: str, invented: bool) -> None:
    assert (causes(premise, claim) is not None) is invented
