"""Editions of one briefing ("Situation report 1", "Situation report 3"): what the newest says is read first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.answering.asked.other_periods import periods
from assistant.answering.citations import Cited
from assistant.answering.evidence import Evidence
from assistant.language.words import words
from assistant.language.written_dates import MONTHS
from assistant.types import Source

_TELLS_EDITIONS_APART = frozenset(MONTHS) | frozenset(
    "no number nr vol volume issue part week weekly daily monthly monday tuesday wednesday thursday friday saturday "
    "sunday first second third fourth fifth one two three four five st nd rd th update updated revised version "
    "edition".split()
)
_FEWEST_WORDS = 3  # of a title beside those: "Report 3" and "Report 4" may be of anything
_DIGIT = re.compile(r"\d")
_OF_BEFORE = re.compile(
    r"\b(?:first|at first|initial(?:ly)?|original(?:ly)?|earlier|earliest|previous(?:ly)?|before|former(?:ly)?|"
    r"chang(?:e|es|ed)|differ(?:s|ed|ent)?)\b",
    re.IGNORECASE,
)


def series_of(source: Source) -> str | None:
    """What the titles of all editions of a briefing have in common; None where too little is left, or without a date.

    "Flood on the Lower Sava, situation report 3" and "... report 1" are of one series.
    """
    if source.date is None:
        return None
    kept = [word.lower() for word in words(source.title) if not _DIGIT.search(word)]
    kept = [word for word in kept if word not in _TELLS_EDITIONS_APART]
    return " ".join(kept) if len(kept) >= _FEWEST_WORDS else None


def newest_edition_first(chosen: Sequence[Cited], question: str) -> list[Cited]:
    """The sentences of an answer, those of one series from its newest edition to its oldest, in the places they have.

    A reader who asks how many are missing asks of today: the older report then follows, with its date. Only sentences
    that answer themselves change places, as the reading model or the words marked in them tell, and none where the
    question is of what was said at first, or of "week 16".
    """
    if _OF_BEFORE.search(question) or periods(question):
        return list(chosen)
    places: dict[str, list[int]] = defaultdict(list)
    for place, (one, _) in enumerate(chosen):
        series = series_of(one.passage.source)
        if series is not None and _answers(one):
            places[series].append(place)
    ordered = list(chosen)
    for taken in places.values():
        newest = sorted((chosen[place] for place in taken), key=lambda cited: _day(cited[0]), reverse=True)
        for place, cited in zip(taken, newest, strict=True):
            ordered[place] = cited
    return ordered


def of_newest_editions(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without that of an edition to which it also has a newer one."""
    newest: dict[str, int] = {}
    for one in evidence:
        series = series_of(one.passage.source)
        if series is not None:
            newest[series] = max(newest.get(series, 0), _day(one))
    return [one for one in evidence if _day(one) >= newest.get(series_of(one.passage.source) or "", 0)]


def _answers(one: Evidence) -> bool:
    return one.answer is not None or one.read > 0.0


def _day(one: Evidence) -> int:
    day = one.passage.source.date
    return 0 if day is None else day.toordinal()
