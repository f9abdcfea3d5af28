"""Whether a sentence tells of another fiscal year: the budget of 2024/25 is not that of 2022/23."""

from __future__ import annotations

import re

from assistant.language.fiscal_years import fiscal_years
from assistant.language.rows import is_row

_BEFORE = re.compile(
    r"\byears? (?:earlier|before|ago)\b|\b(?:previous|preceding|prior|last) (?:\w+ )?years?\b", re.IGNORECASE
)
_AFTER = re.compile(r"\byears? (?:later|after)\b|\b(?:next|following|coming) (?:\w+ )?years?\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|this|the same) (?:\w+ )?(?:year|season)\b", re.IGNORECASE)


def of_another_fiscal_year(question: str, sentence: str) -> bool:
    """Whether a question names fiscal years, and a sentence others only.

    "Up from 76 percent a year earlier" tells of the year before, too, and "that year" of the one told before. Rows of
    tables have their own rule, which knows their columns (`rows_asked.py`).
    """
    asked, told = fiscal_years(question), fiscal_years(sentence)
    if not asked or not told or is_row(sentence) or _THAT.search(sentence):
        return False
    before = {year - 1 for year in told if _BEFORE.search(sentence)}
    after = {year + 1 for year in told if _AFTER.search(sentence)}
    return not asked & (told | before | after)
