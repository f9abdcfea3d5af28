"""The sides of a relation must not be exchanged."""

from __future__ import annotations

import pytest

from assistant.reading.checks.order import order


@pytest.mark.parametrize(
    ("premise", "claim", "wrong"),
    [
        ("Holt succeeded Dahl as mayor.", "Dahl succeeded Holt as mayor.", True),
        ("The strike grew out of the closure of the mill.", "The closure of the mill grew out of the strike.", True),
        ("The bridge is longer than the tunnel.", "The tunnel is longer than the bridge.", True),
        ("The explosion led to the strikes.", "The strikes led to the explosion.", True),
        ("The council met after the vote on the harbour.", "The vote on the harbour came after the council met.", True),
        ("Holt succeeded Dahl as mayor.", "Dahl was succeeded by Holt as mayor.", False),
        ("The strike grew out of the closure of the mill.", "The closure of the mill led to the strike.", False),
        ("After the vote on the harbour, the council met.", "The council met after the vote on the harbour.", False),
        ("The bridge is longer than the tunnel.", "The tunnel is shorter than the bridge.", False),
        ("Holt replaced Dahl.", "Holt replaced Dahl in May.", False),
        ("Holt replaced Dahl.", "Holt's successor was Dahl.", True),
        ("Holt replaced Dahl.", "Dahl's successor was Holt.", False),
        ("Dahl leaves in May; his successor is Holt.", "Dahl replaces Holt in May.", True),
        ("Dahl leaves in May; his successor is Holt.", "Holt replaces Dahl in May.", False),
        ("The explosion was followed by strikes.", "The strikes followed the explosion.", False),
        ("The explosion was followed by strikes.", "The strikes were followed by the explosion.", True),
    ],
)
def test_order(premise: str, claim: str, wrong: bool) -> None:
    assert (order(premise, claim) is not None) is wrong
