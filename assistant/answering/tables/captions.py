"""Which of several tables with the same columns a question means, by what stands above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.tables.columns import tells_change
from assistant.answering.tables.rows import Row
from assistant.language.words import stem, stems

_NTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d,])")
_NTH_OF = re.compile(rf"\b(?P<nth>{_NTH})\s+(?P<noun>[^\W\d_]{{3,}})", re.IGNORECASE)


def is_of_another(question: str, table: Sequence[Row], tables: Sequence[Sequence[Row]]) -> bool:
    """Whether a question means another one of these tables than this.

    Of tables with the same columns ("Exports by partner", "Imports by partner") it means those whose captions have
    most words of it that not all of them have; where none has any it may mean each.
    """
    twins = [frozenset(stems(_told_above(each))) for each in tables if _columns(each) == _columns(table)]
    asked = frozenset(stems(question)) - frozenset.intersection(*twins)
    return len(asked & frozenset(stems(_told_above(table)))) < max(len(asked & each) for each in twins)


def cannot_be_meant(question: str, table: Sequence[Row], title: str) -> bool:
    """Whether a table is of something else than a question by what is told above it and the title of its document.

    The first earthquake is not the third, and what names only 2024 does not tell of 2019. Where just the title does, or
    the text above, the table may also be of the years beside it.
    """
    if _is_another_nth(question, _told_above(table)):
        return True
    asked = _years(question)
    if not asked:
        return False
    labels = (label for label in _columns(table) if not tells_change(label))  # "Change on 2023" is of the year after
    own = _years(" | ".join((*labels, *(cell.of(row.text) for row in table for cell in row.cells.values()))))
    caption = _years(_told_above(table))
    if caption:
        return not asked & (own | set(range(min(caption), max(caption) + 1)))
    told = own | _years(" | ".join((title, table[0].above)))
    return bool(told) and not any(abs(year - other) <= 1 for year in asked for other in told)


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text)}


def _told_above(table: Sequence[Row]) -> str:
    """The headings of a table and the line right above it."""
    return " | ".join((*table[0].chunk.headings, table[0].above.rpartition(" | ")[2]))


def _columns(table: Sequence[Row]) -> frozenset[str]:
    return frozenset(label for row in table for label in row.cells)


def _nth_of(text: str) -> dict[str, set[str]]:
    """What is counted in a text, with its ordinals: {"earthquak": {"first"}}."""
    found: dict[str, set[str]] = {}
    for match in _NTH_OF.finditer(text):
        found.setdefault(stem(match["noun"].lower()), set()).add(match["nth"].lower())
    return found


def _is_another_nth(question: str, told: str) -> bool:
    asked, said = _nth_of(question), _nth_of(told)
    return any(not asked[noun] & said[noun] for noun in asked.keys() & said.keys())
