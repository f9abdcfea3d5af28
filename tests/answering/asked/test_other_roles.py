"""An event of the right people is no answer where they had another part in it."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_roles import has_another_role
from assistant.answering.subjects import subjects_of

BOUGHT = "Arlen Grid completed the purchase of Cade Networks from Borl Partners for 2 million euros."


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("Who voted against the rate cut?", "Only Ada Lund voted for a cut.", True),
        ("Who voted against the rate cut?", "Ada Lund voted against it.", False),
        ("Who voted against the rate cut?", "Ada Lund voted for it, Tomas Rehn against.", False),
        ("Who voted against the rate cut?", "The Board was for a cut by six votes to three.", False),
        ("Who voted against the rate cut?", "Ada Lund wanted to hold the rate.", False),
        ("Who voted against the rate cut?", "Only Ada Lund did not vote for a cut.", False),
        ("Who voted for the rate cut?", "Ada Lund voted against it.", True),
        ("Who voted for the rate cut?", "Only Ada Lund voted for a cut.", False),
        ("Who spoke against the referendum?", "Ada Lund is to campaign for the Union in it.", False),
        ("Who voted on the rate cut?", "Only Ada Lund voted for a cut.", False),
        ("How much did Borl Partners pay for Cade Networks?", BOUGHT, True),
        ("How much did Arlen Grid pay for Cade Networks?", BOUGHT, False),
        ("How much did Arlen Grid pay to Borl Partners?", BOUGHT, False),
        ("How much did Borl Partners pay?", "Arlen paid 5 million to Borl Partners.", True),
        ("How much did Borl Partners pay?", "Borl Partners paid 5 million to Arlen.", False),
        ("Who bought Cade Networks?", BOUGHT, False),
        ("How much in damages did Sara Lind ask for?", "The court awarded Lind 340,000 pounds in damages.", True),
        ("How much in damages did Sara Lind ask for?", "Lind, who had claimed 600,000, was awarded 340,000.", False),
        ("How much was Sara Lind awarded?", "She had claimed 600,000 pounds.", True),
        ("Why did Sara Lind ask for damages?", "The court awarded Lind 340,000 pounds in damages.", False),
    ],
)
def test_who_had_another_part_in_it_is_told_apart(question: str, sentence: str, other: bool) -> None:
    names = subjects_of(question, lambda words: dict.fromkeys(words, 1))
    assert has_another_role(question, names, sentence) is other
