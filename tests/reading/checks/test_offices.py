"""A former minister is no minister, nor the other way round, and a predecessor is no successor."""

from __future__ import annotations

import pytest

from assistant.reading.checks import findings
from assistant.reading.checks.offices import offices

CHIEF = "Nordkraft's chief executive, Hana Lind, opened the dam."


@pytest.mark.parametrize(
    ("premise", "claim"),
    [
        ("Her predecessor, Olav Brekke, had left the company.", "Her successor, Olav Brekke, had left the company."),
        ("Olav Brekke, her predecessor, spoke.", "Her successor Brekke spoke."),
        (CHIEF, "Nordkraft's former chief executive, Hana Lind, opened the dam."),
        (CHIEF, "Nordkraft's acting CEO, Hana Lind, opened the dam."),
        ("Mayor Ina Holt spoke.", "Deputy Mayor Ina Holt spoke."),
        ("Mayor Ina Holt spoke.", "The mayor-elect, Ina Holt, spoke."),
        ("Mayor Ina Holt spoke.", "Ex-mayor Ina Holt spoke."),
        ("The former president, Per Dahl, spoke.", "The president, Per Dahl, spoke."),
        ("Deputy Foreign Minister Per Dahl signed.", "Foreign Minister Per Dahl signed."),
        ("President-elect Per Dahl signed.", "President Per Dahl signed."),
    ],
)
def test_an_office_held_otherwise(premise: str, claim: str) -> None:
    assert offices(premise, claim) is not None
    assert any(found.status == "contradicted" for found in findings(premise, claim))


@pytest.mark.parametrize(
    ("premise", "claim"),
    [
        ("Her predecessor, Olav Brekke, had left.", "Olav Brekke, her predecessor, had left."),
        ("Her predecessor, Olav Brekke, had left.", "She is the successor of Olav Brekke."),
        ("Her predecessor, Olav Brekke, had left.", "She is Brekke's successor."),
        (CHIEF, "Hana Lind, the CEO of Nordkraft, opened the dam."),
        ("Per Dahl, who was minister until March, spoke.", "Former minister Per Dahl spoke."),
        ("Former minister Per Dahl was sacked in May.", "Per Dahl was sacked as minister in May."),
        ("Former minister Per Dahl met the minister, Ina Holt.", "The minister, Ina Holt, met Per Dahl."),
        ("Deputy Infrastructure Minister Ina Holt spoke. Per Dahl signed.", "Per Dahl, the Defence Minister, signed."),
        ("President Per Dahl signed it in 2019.", "Then-president Per Dahl signed it in 2019."),
        ("Then-president Per Dahl signed it in 2019.", "President Per Dahl signed it in 2019."),
        ("The ex-mayor, Ina Holt, spoke.", "Former mayor Ina Holt spoke."),
        ("Vice President Ina Holt spoke.", "The deputy president, Ina Holt, spoke."),
        ("Ina Holt was named minister; she will take office in May.", "The incoming minister, Ina Holt, is chosen."),
    ],
)
def test_an_office_in_other_words(premise: str, claim: str) -> None:
    assert offices(premise, claim) is None
