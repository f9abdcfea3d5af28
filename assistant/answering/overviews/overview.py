"""Overviews: whether the briefings are about a topic, and which of their sentences tell of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.answering.asked.times_asked import may_be_of
from assistant.answering.calibration import logistic, logit
from assistant.answering.candidates import stems_of
from assistant.answering.citations import Cited
from assistant.answering.evidence import Evidence
from assistant.answering.query import Query, coverage
from assistant.answering.selection import select
from assistant.language.pointing_back import points_back
from assistant.language.words import content_words, plain, words
from assistant.reading.checks.calendar_dates import dates
from assistant.types import DateRange

AT_MOST = 6
AT_MOST_OF_THE_LATEST = 4
"""Sentences of an overview."""

PASSAGES = 24
"""In how many passages they are looked for: more than for other answers, as many a document may have its say."""

ENOUGH = 0.38
"""From this probability on, as words and vectors tell it, the briefings are about the topic.

Read off two draws of SQuAD's articles and off topics of the sample briefings; on another draw see `docs/quality.md`,
"Overviews".
"""

TITLED = 0.5
"""The probability, as words and vectors would tell it, where a document's title names the topic."""

_NEAR = 1.0  # a sentence so little weaker than the best of its document opens the document up where it comes first
_WEAKER_BY = 5.0  # than the best of all; more than in other answers, as a topic has many sides
_ALL = 0.99
_ABOUT = 0.75  # of the topic's words, as against the sentence that has most of them around it
_NAMES = 0.5
_OFTEN_ENOUGH = 2  # sentences that name an abbreviation
_BEST = 3  # documents that have their say, dated or not
_BEGINNING = 700  # characters: the head and the first paragraph
_BEGINS = 1.0
_LEANS = 1.0
_OF_ITSELF = re.compile(
    r"(?:this|the present)\s+(?:note|briefing|report|paper|memo|memorandum|summary|document|article|page|section|table|"
    r"annex|update|bulletin|overview)\s+(?:also\s+|only\s+)?(?:sets?|adds?|lists?|covers?|collects?|describes?|compares?|"
    r"explains?|outlines?|reviews?|updates?|replaces?|looks?|deals?|summari[sz]es?|is\s+about|brings?\s+together)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[.!?][\"”’)\]]*$")


def is_title(topic: Query, evidence: Sequence[Evidence]) -> bool:
    """Whether the title of a document that was found has all the words of a topic: then it is about it, sentences
    that call it otherwise or not."""
    titles = {one.passage.source.title for one in evidence}
    return any(coverage(topic, stems_of(title)) > _ALL for title in titles)


def naming(topic: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that names a topic which is an abbreviation, where that is enough of it; none for other topics.

    Words and vectors know next to nothing of three letters ("the WHO"), so that every sentence looks as if it were
    about something else.
    """
    letters = [word for word in words(topic.text) if content_words(word)]
    if not letters or not all(len(word) > 1 and plain(word).upper() == re.sub(r"['’]s$", "", word) for word in letters):
        return []
    named = [one for one in evidence if one.coverage > _ALL]
    return named if len(named) >= _OFTEN_ENOUGH else []


def as_decided(probability: float, threshold: float) -> float:
    """The probability by words and vectors, moved so that `ENOUGH` is at the threshold of the answerer."""
    return logistic(logit(probability) - logit(ENOUGH) + logit(threshold)) if probability > 0.0 else 0.0


def worth_telling(evidence: Sequence[Evidence], time: DateRange | None) -> list[Evidence]:
    """The evidence without rows of tables, captions, unfinished sentences and what a text says of itself ("This note
    sets out ..."), unless there is nothing else.

    Of a `time` that is asked about only what a briefing of that time says or a sentence that names it, if any does.
    Where a document begins it says what matters, so that counts for a sentence; that it needs the one before it to be
    understood counts against it. No words are marked as answering: nothing in particular was asked.
    """
    then = [one for one in evidence if time is None or _of(one, time)] or evidence
    whole = [one for one in then if _WHOLE.search(one.text) and " | " not in one.text] or then
    whole = [one for one in whole if not _OF_ITSELF.match(one.text)] or whole
    weighed = [replace(one, answer=None, score=one.score + _for_its_place(one)) for one in whole]
    return sorted(weighed, key=lambda one: (-one.score, one.passage.rank, one.span))


def told_by(evidence: Sequence[Evidence]) -> frozenset[str]:
    """The documents, by their ids, that tell of the topic under its own name; `evidence` is sorted, best first."""
    return frozenset(one.document_id for one in _near(evidence, ()))


def overview(evidence: Sequence[Evidence], *, latest: bool, joined: Collection[str] = ()) -> list[Cited]:
    """The sentences of an overview by the dates of their documents, undated ones last.

    Every document has its say before one has it twice: with the first of its sentences that is nearly its best one, as
    reports begin with what matters; those of documents that were `joined` count like the others. Where there are more
    documents than sentences, the oldest and the newest have their say and the others as spread over the time between.
    Of the `latest` the newest come first, and only so many.
    """
    if not evidence:
        return []
    level = evidence[0].score  # `select` goes by score: openings count alike, and before all others
    near = _near(evidence, joined)
    opening = [_opening(near, document) for document in dict.fromkeys(one.document_id for one in near)]
    dated = sorted((one for one in opening if _day(one) < date.max), key=_day)
    if latest:
        first, at_most = dated[::-1], AT_MOST_OF_THE_LATEST
    else:
        undated = [one for one in opening[:_BEST] if _day(one) == date.max]
        first, at_most = [*undated, *_spread(dated, AT_MOST - len(undated), joined)], AT_MOST
    before = {one.place: one for one in (*first, *opening)}
    rest = [one for one in near if one.place not in before]
    ordered = [*(replace(one, score=level) for one in before.values()), *rest]
    chosen = select(ordered, at_most=at_most, weaker_by=_WEAKER_BY)
    oldest = sorted(chosen, key=lambda item: (_day(item[0]), item[0].document_id, item[0].span))
    if not latest:
        return oldest
    return sorted(oldest, key=lambda item: _day(item[0]) if _day(item[0]) < date.max else date.min, reverse=True)


def about_topic(evidence: Sequence[Evidence], joined: Collection[str]) -> list[Evidence]:
    """The evidence that is about the topic, however weak, of the documents that tell of it or were `joined`."""
    documents = {one.document_id for one in _near(evidence, joined)}
    about = {id(one) for one in _about(evidence)} if evidence else set()
    return [one for one in evidence if one.document_id in documents and (id(one) in about or one.document_id in joined)]


def _near(evidence: Sequence[Evidence], joined: Collection[str]) -> list[Evidence]:
    """Those that are about the topic and not much weaker than the best of all, and all of the documents `joined`."""
    about = {id(one) for one in _about(evidence) if one.score >= evidence[0].score - _WEAKER_BY} if evidence else set()
    return [one for one in evidence if id(one) in about or one.document_id in joined]


def _spread(dated: Sequence[Evidence], at_most: int, joined: Collection[str]) -> list[Evidence]:
    """The oldest and the newest, and of those between, in even groups by date, the best one of each.

    Of documents that call the topic by its name before those that were `joined`.
    """
    if len(dated) <= at_most:
        return list(dated)
    between, groups = dated[1:-1], at_most - 2
    bounds = [round(number * len(between) / groups) for number in range(groups + 1)]
    best = [
        max(between[start:end], key=lambda one: (one.document_id not in joined, one.score))
        for start, end in pairwise(bounds)
    ]
    return [dated[0], *best, dated[-1]]


def _about(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best one, and those around which enough of the topic's words and names stand, as against who has most."""
    least = _ABOUT * max(one.context_coverage for one in evidence)
    names = _NAMES * max(one.names for one in evidence)
    best, *others = evidence
    return [best, *(one for one in others if one.context_coverage >= least and one.names >= names)]


def _opening(evidence: Sequence[Evidence], document: str) -> Evidence:
    own = [one for one in evidence if one.document_id == document]
    return min((one for one in own if one.score >= own[0].score - _NEAR), key=lambda one: one.span)


def _of(evidence: Evidence, time: DateRange) -> bool:
    day = evidence.passage.source.date
    return (day is not None and day in time) or (bool(dates(evidence.text)) and may_be_of(evidence.text, time))


def _day(evidence: Evidence) -> date:
    return evidence.passage.source.date or date.max


def _for_its_place(evidence: Evidence) -> float:
    return _BEGINS * (evidence.span.start < _BEGINNING) - _LEANS * points_back(evidence.text)
