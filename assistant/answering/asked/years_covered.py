"""Years that a passage says nothing of: a briefing of 2024 does not tell what was so in 2016 unless it says so."""

from __future__ import annotations

import re

from assistant.answering.candidates import under_its_heads
from assistant.types import Chunk, DateRange, Passage

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d(?!\d)")
_SHORT_RANGE = re.compile(r"\b(?P<century>1[5-9]|20)(?P<first>\d\d)\s?[/–-]\s?(?P<last>\d\d)\b(?!-\d)")
_DECADE = re.compile(r"\b(?P<first>(?:1[5-9]|20)\d0)s\b")
_SPAN = re.compile(
    r"\b(?:from|between|since|until|till|before|after|by)\s[^.;|]{0,40}?\b(?:1[5-9]|20)\d\d\b|"
    r"\b(?:years?|decades?|centur(?:y|ies)|months?|generations?)\s+(?:ago|earlier|before|later|on)\b|"
    r"\b(?:last|past|previous|next|coming|every|each|first|few|recent)\s+(?:[\w-]+\s+)?(?:years?|decades?)\b|\bannual",
    re.IGNORECASE,
)  # a stretch of time that may hold the year without naming it


def cannot_be_of(passage: Passage, time: DateRange, opening: Chunk | None = None) -> bool:
    """Whether nothing in a passage can be of these years: it names none of them, and its document is of others.

    Names of years in the `opening` of the document count too, as it may say there of when it tells.
    A document also tells of the year before its own and of the plans for the next. One without a date, and a passage
    with a stretch of time that may hold the year ("since 2010"), may be of any.
    """
    day = passage.source.date
    if day is None or time.start is None or time.end is None:
        return False
    asked = range(time.start.year, time.end.year + 1)
    if asked.start - 1 <= day.year <= asked.stop:
        return False
    text = " | ".join([under_its_heads(passage), *([opening.text] if opening else [])])
    return not _SPAN.search(passage.chunk.text) and not any(year in asked for year in _years(text))


def _years(text: str) -> set[int]:
    """The years that a text names, also as part of a fiscal year ("2022/23") or of a decade ("the 1990s")."""
    found = {int(year) for year in _YEAR.findall(text)}
    found |= {int(span["century"] + span["last"]) for span in _SHORT_RANGE.finditer(text)}
    return found | {int(decade["first"]) + more for decade in _DECADE.finditer(text) for more in range(10)}
