"""Dates of a claim that its source does not have, or has of something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assistant.language.pointing_back import points_back
from assistant.reading.checks.base import Finding, parts_of
from assistant.reading.checks.calendar_dates import WrittenDate, dates, weekday_of
from assistant.reading.checks.names import names_in
from assistant.reading.checks.stretches import around, belongs_elsewhere, in_first_cell, in_head_of_cell, sentences
from assistant.reading.checks.terms import keys, terms
from assistant.types import Span

_SUBJECT = 3  # words at the beginning of a claim that name what it is about


def calendar(premise: str, claim: str) -> Finding | None:
    """Every date of the claim must be a date of the source, and of the same thing.

    Notations do not matter, and a claim may be less exact ("in May 2023" for 31 May 2023). A year that the source
    leaves out is that of the date in the head of the premise, or the one before.
    """
    said = dates(claim)
    if not said:
        return None
    head, body = parts_of(premise)
    issued = _whole_day(head)
    there = [_completed(each, issued) for each in dates(body)]
    known = frozenset(each.year for each in (*there, *dates(head)) if each.year is not None)
    near = around(claim, _distinct(said))
    near_there = around(body, _distinct(there))
    for each in said:
        same = [place for place, other in enumerate(there) if _borne_out(each, other, known, issued)]
        if not same:
            return _missing(each, there)
        if all(_of_other_things(each, place, claim, said, there, body, near, near_there) for place in same) or (
            _of_another_name(claim, body, [there[place].span for place in same])
        ):
            return Finding("contradicted", "date mismatch", f"the source gives {each.text} for something else")
    return None


def _of_other_things(
    each: WrittenDate,
    place: int,
    claim: str,
    said: Sequence[WrittenDate],
    there: Sequence[WrittenDate],
    body: str,
    near: Sequence[frozenset[str]],
    near_there: Sequence[frozenset[str]],
) -> bool:
    """Whether the sentence that the claim is from has another date, or the clause of this one is of something else."""
    spans, spans_there = _distinct(said), _distinct(there)
    own = spans_there.index(there[place].span)
    of_the_row = in_first_cell(body, there[place].span)  # which a year in the name of a column does not contradict
    others = [
        number
        for number, span in enumerate(spans_there)
        if span != there[place].span and not (of_the_row and in_head_of_cell(body, span))
    ]
    if belongs_elsewhere(near[spans.index(each.span)], near_there[own], [near_there[number] for number in others]):
        return True
    return _in_another_sentence(there[place], claim, body, there)


def _in_another_sentence(found: WrittenDate, claim: str, body: str, there: Sequence[WrittenDate]) -> bool:
    """Whether another sentence of the body says more of the claim and has a date of its own."""
    texts = sentences(body)
    if len(texts) < 2:
        return False
    wanted = keys(claim) - keys(found.text)
    position = 0
    held: list[tuple[int, bool, bool]] = []
    for text in texts:
        start = body.index(text, position)
        position = start + len(text)
        here = Span(start, position)
        has_own = any(here.contains(other.span) for other in there if other.span != found.span)
        held.append((len(wanted & keys(text)), here.contains(found.span), has_own))
    most = max(count for count, _, _ in held)
    own = max((count for count, has, _ in held if has), default=0)
    return own < most and any(count == most and not has and other for count, has, other in held)


def _of_another_name(claim: str, body: str, places: Sequence[Span]) -> bool:
    """Whether every sentence with the date names something else, and another one what the claim is about.

    "The Treaty of Lisbon dates from 2004" of a source that says so of the Constitution for Europe, and then turns to
    the Treaty of Lisbon. A sentence that points back may be about what was named before.
    """
    first = frozenset([term.key for term in terms(claim) if term.key][:_SUBJECT])
    named = frozenset(term.key for term in names_in(claim))
    position = 0
    missing: frozenset[str] | None = None
    others: frozenset[str] = frozenset()
    for text in sentences(body):
        start = body.index(text, position)
        position = start + len(text)
        here = frozenset(term.key for term in names_in(text))
        if not any(Span(start, position).contains(place) for place in places):
            others |= here
            continue
        lacks = (named & first) - keys(text)
        if not lacks or not here - named or points_back(text):
            return False
        missing = lacks if missing is None else missing & lacks
    return bool(missing and missing & others)


def _completed(written: WrittenDate, issued: date | None) -> WrittenDate:
    """A day of the week without a date is the last such day up to the day of the document."""
    if issued is None or written.weekday is None or written.day is not None or written.month is not None:
        return written
    day = issued - timedelta(days=(issued.weekday() - written.weekday) % 7)
    return WrittenDate(day.year, day.month, day.day, written.weekday, written.span, written.text)


def _borne_out(said: WrittenDate, there: WrittenDate, known: frozenset[int], issued: date | None) -> bool:
    if said.month is not None and said.month != there.month:
        return False
    if said.day is not None and said.day != there.day:
        return False
    if said.weekday is not None and weekday_of(there) not in (said.weekday, None):
        return False
    if said.weekday is not None and said.day is None and weekday_of(there) is None:
        return False
    if said.year is None or said.year == there.year:
        return True
    if there.year is not None:
        return False
    before = {issued.year - 1} if issued and there.month is not None and there.month > issued.month else set()
    return said.year in known | before


def _missing(said: WrittenDate, there: Sequence[WrittenDate]) -> Finding:
    """The source has no such date; where it has a single one of this kind, that one is named."""
    like = list(dict.fromkeys(each.text for each in there if (each.day is None) == (said.day is None)))
    if len(like) == 1:
        return Finding("contradicted", "date mismatch", f"the source says {like[0]}, not {said.text}")
    if like:
        return Finding("contradicted", "date mismatch", f"the source does not give the date {said.text}")
    return Finding("unsupported", "date mismatch", f"the source does not give the date {said.text}")


def _whole_day(head: str) -> date | None:
    """The last whole date of a head, which is that of the document."""
    for each in reversed(dates(head)):
        if each.year and each.month and each.day:
            try:
                return date(each.year, each.month, each.day)
            except ValueError:
                return None
    return None


def _distinct(found: Sequence[WrittenDate]) -> list[Span]:
    """The places of dates, each once: both ends of a range have one place."""
    return list(dict.fromkeys(each.span for each in found))
