"""A fiscal year is not answered for by another one."""

from __future__ import annotations

import pytest

from assistant.answering.asked.other_fiscal_years import of_another_fiscal_year

BUDGET = "The budget is $6.4 million for the fiscal year 2024/25, up from $5.7 million in 2023/24."
DEBT = "Debt stood at 81 percent of GDP in 2023/24, up from 76 percent a year earlier."


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("What was the budget in fiscal year 2022/23?", BUDGET, True),
        ("What was the budget in fiscal year 2023/24?", BUDGET, False),
        ("What was the budget for 2024-25?", BUDGET, False),
        ("What was the debt in 2021/22?", DEBT, True),
        ("What was the debt in 2022/23?", DEBT, False),
        (
            "What was the debt in 2022/23?",
            "In 2020/21 the debt was 70 percent, and 76 percent in the next but one.",
            True,
        ),
        ("Who left in the 2011-12 season?", "That season two clubs left for the first time since 1994–95.", False),
        ("What was the budget in 2022?", BUDGET, False),
        ("What was the budget in 2022/23?", "The budget is $6.4 million.", False),
        ("What was the budget in 2022/23?", "Fiscal year: 2024/25 | Budget: $6.4 million", False),
    ],
)
def test_fiscal_years_are_told_apart(question: str, sentence: str, other: bool) -> None:
    assert of_another_fiscal_year(question, sentence) is other
