"""A country's ship is not another country's."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_nations import of_another_nation

FRIGATE = "When will the Italian frigate arrive?"


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        (FRIGATE, "A third frigate, the Spanish Santa Maria, comes in December.", True),
        (FRIGATE, "The Spanish frigate arrives in December.", True),
        (FRIGATE, "Two Spanish frigates arrive in December.", True),
        (FRIGATE, "The frigate arrives at the Spanish port of Cadiz in December.", False),
        (FRIGATE, "The Italian frigate follows the Spanish frigate in December.", False),
        (FRIGATE, "Italy sends it with the Spanish frigate.", False),
        (FRIGATE, "The frigate arrives in December.", False),
        ("Who is Italy's finance minister?", "Spain's finance minister, Ada Lund, left.", True),
        ("Who is Italy's finance minister?", "The Spanish finance minister, Ada Lund, left.", True),
        ("Who is Italy's Minister of Finance?", "Spain's Minister of Finance, Ada Lund, left.", True),
        ("Who is the Italian Minister of Finance?", "Spain's Minister of Finance, Ada Lund, left.", True),
        ("Who is Italy's Minister of Finance?", "The Minister of Finance, Ada Lund, left.", False),
        ("Who is Italy's Minister of Finance?", "Ada Lund of Spain met the Minister of Finance.", False),
        ("Who is Italy's finance minister?", "The finance minister, Ada Lund, left for Spain.", False),
        ("When will the frigate arrive?", "The Spanish frigate arrives in December.", False),
        ("When did the US envoy meet the Russian envoy?", "The Russian envoy came on Monday.", False),
        ("What did the American ambassador say?", "The Russian ambassador said no.", True),
        ("What did the American ambassador say?", "The US ambassador said no to the Russian ambassador.", False),
        ("How many Polish soldiers came?", "Some 400 German soldiers came.", True),
    ],
)
def test_the_thing_of_another_country_is_told(question: str, sentence: str, other: bool) -> None:
    assert of_another_nation(question, sentence) is other
