"""Fiscal years as texts name them: "2024/25"."""

from __future__ import annotations

import re

_FISCAL = re.compile(r"\b(?P<first>(?:19|20)\d\d)\s?[/–-]\s?(?:(?:19|20)(?=\d\d))?(?P<last>\d\d)\b(?![/–-]\d)")


def fiscal_years(text: str) -> frozenset[int]:
    """The first of the two calendar years of each fiscal year that a text names: 2024 of "2024/25" and "2024–2025"."""
    return frozenset(
        int(found["first"]) for found in _FISCAL.finditer(text) if int(found["last"]) == (int(found["first"]) + 1) % 100
    )
