"""Timelines: the sentences of an overview's briefings that tell when something was, in the order of those days."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.candidates import sentences_around
from assistant.answering.citations import Cited, before_of
from assistant.answering.evidence import Evidence
from assistant.answering.overviews.overview import about_topic, overview
from assistant.answering.selection import select
from assistant.answering.subjects import Subject, normal_words
from assistant.language.written_dates import days_of
from assistant.reading.checks.calendar_dates import WrittenDate, dates
from assistant.types import Span

AT_MOST = 8
"""Sentences of a timeline."""

_FEWEST = 2  # with a day of their own: fewer make no timeline
_BEGINNING = 5  # words of a title
_TIMELINE = re.compile(r"\b(?:time-?\s?lines?|chronolog(?:y|ies|ical)|(?:sequence|order) of events)\b", re.IGNORECASE)


def asks_timeline(request: str) -> bool:
    """Whether a request for an overview asks for what happened in its order."""
    return _TIMELINE.search(request) is not None


def timeline(
    evidence: Sequence[Evidence], *, names: Sequence[Subject] = (), joined: Collection[str] = ()
) -> list[Cited]:
    """What the briefings about a topic say with a day, by these days, at most so many of the best of them.

    A dated briefing of which no sentence tells a day has its say at its own date; of a briefing without a date only
    what tells a day itself is told. Of one day the older briefing tells first, and what points back to another sentence
    of the timeline follows that. Where hardly any sentence tells a day it is an overview. `names` are those of the
    topic: of a briefing that also tells of other things only what stands near one of them counts. `evidence` is sorted,
    best first.
    """
    about = _near_a_name(about_topic(evidence, joined), names, joined)
    own = [one for one in about if day_told(one) is not None]
    if len(own) < _FEWEST:
        return overview(evidence, latest=False, joined=joined)
    level = own[0].score
    first: dict[str, Evidence] = {}
    for one in own:
        first.setdefault(one.document_id, one)
    others: dict[str, Evidence] = {}
    for one in about:
        if one.document_id not in first and one.passage.source.date is not None:
            others.setdefault(one.document_id, one)
    firsts = [replace(one, score=level) for one in (*first.values(), *others.values())]
    rest = [one for one in own if one is not first[one.document_id]]
    chosen = select([*firsts, *rest], at_most=AT_MOST, weaker_by=math.inf)
    told = {one.place: one for one, _ in chosen}

    def day(one: Evidence) -> date:
        before = before_of(one)
        above = before and told.get((one.document_id, before.span))
        return day(above) if above else _day(one)

    def place(one: Evidence) -> tuple[date, date, str, Span]:
        return day(one), one.passage.source.date or date.max, one.document_id, one.span

    return sorted(chosen, key=lambda item: place(item[0]))


def _near_a_name(evidence: Sequence[Evidence], names: Sequence[Subject], joined: Collection[str]) -> list[Evidence]:
    """The evidence without what stands in a briefing that names the topic elsewhere, and not near any of its names.

    A briefing whose title begins with one tells of nothing else, and so does one that was `joined`.
    """

    def is_near(one: Evidence) -> bool:
        title = normal_words(one.passage.source.title)[:_BEGINNING]
        if one.document_id in joined or any(name.named_among(title) for name in names):
            return True
        return any(name.named_in(text) for text in (one.in_full, *_around(one)) for name in names)

    near = {one.place for one in evidence if is_near(one)}
    naming = {document for document, _ in near}
    return [one for one in evidence if one.document_id not in naming or one.place in near]


def _around(one: Evidence) -> list[str]:
    """The headings above a sentence below the title, and the sentences around it."""
    headings = one.passage.chunk.locator(one.span).headings
    below = [heading for heading in headings if heading != one.passage.source.title]
    return [*below, *sentences_around(one.passage, one.span)]


def day_told(evidence: Evidence) -> date | None:
    """The first day of the first date that a sentence writes; None where it writes none that has a year or a month.

    A date without a year is the nearest one to the date of the document; of an undated one it tells no day.
    """
    written = evidence.passage.source.date
    days = (_first_day(each, written) for each in dates(evidence.text))
    return next((day for day in days if day is not None), None)


def _first_day(written: WrittenDate, document: date | None) -> date | None:
    if written.year is not None:
        return days_of(written.year, written.month, written.day)[0]
    if written.month is None or document is None:
        return None
    years = (document.year - 1, document.year, document.year + 1)
    found = [days_of(year, written.month, written.day)[0] for year in years]
    return min(found, key=lambda day: abs(day - document))


def _day(evidence: Evidence) -> date:
    return day_told(evidence) or evidence.passage.source.date or date.max
