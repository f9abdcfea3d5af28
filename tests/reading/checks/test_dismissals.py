"""To leave is not to be dismissed, and to be dismissed is not to resign."""

from __future__ import annotations

import pytest

from assistant.reading.checks.dismissals import dismissals


@pytest.mark.parametrize(
    ("premise", "claim", "wrong"),
    [
        ("Olav Brekke had left the company after a dispute.", "Olav Brekke was dismissed after a dispute.", True),
        ("Olav Brekke resigned on Monday.", "Olav Brekke was sacked on Monday.", True),
        ("Olav Brekke was dismissed on Monday.", "Olav Brekke resigned on Monday.", True),
        ("Olav Brekke was forced to resign.", "Olav Brekke was ousted.", False),
        ("The board removed Olav Brekke, who had left the country.", "Olav Brekke was dismissed.", False),
        ("Olav Brekke was fired.", "Olav Brekke was dismissed.", False),
        ("Olav Brekke resigned.", "Olav Brekke stepped down.", False),
        ("The court rejected the appeal, and he left the post.", "The appeal was dismissed.", False),
        ("Her left hand was hurt.", "The appeal was dismissed.", False),
        ("He left the post. The gun was fired at noon.", "The gun was fired at noon.", False),
    ],
)
def test_dismissals(premise: str, claim: str, wrong: bool) -> None:
    assert (dismissals(premise, claim) is not None) is wrong
