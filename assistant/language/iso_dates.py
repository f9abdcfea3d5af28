"""Dates as tables write them, "2024-04" and "2024-04-07", in the words in which people ask about them."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator

from assistant.language.written_dates import YEAR
from assistant.types import Span

_ISO = re.compile(rf"(?<![\w/-])(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12]\d|3[01]))?(?![\w/]|-\w)")


def iso_dates(text: str) -> Iterator[tuple[Span, str]]:
    """Each date in numbers, in order: where it stands, and it in words ("April 2024", "7 April 2024")."""
    for match in _ISO.finditer(text):
        yield Span(match.start(), match.end()), _words(match)


def in_words(text: str) -> str:
    """The text with its dates in words."""
    return _ISO.sub(_words, text)


def dates_in_words(text: str) -> str:
    """The dates in numbers of a text, one after another in words; empty where there are none."""
    return " | ".join(words for _, words in iso_dates(text))


def _words(match: re.Match[str]) -> str:
    month = f"{month_name[int(match['m'])]} {match['y']}"
    return f"{int(match['d'])} {month}" if match["d"] else month
