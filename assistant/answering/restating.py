"""Sentences that only say again what a question asks the reason of, and the reason that stands beside one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering.evidence import Evidence, left_of
from assistant.answering.questions import holds
from assistant.answering.selection import A_REASON
from assistant.answering.subjects import CALENDAR
from assistant.language.pointing_back import points_back
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.terms import Term, bare, keys, terms
from assistant.types import Chunk, Span

_TIMES = CALENDAR | frozenset(
    "morning noon afternoon evening night midnight dawn today yesterday tomorrow early late day week month year a.m "
    "p.m".split()
)
_PLACED = re.compile(r"\b(?:in|at|of|near|on|off|outside)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+)*$")


Place = tuple[str, Span]
"""Where a sentence stands: its document and its span."""


def without_restatements(question: str, evidence: Sequence[Evidence], read: Mapping[Place, float]) -> list[Evidence]:
    """The evidence for a reason without what only says again what is asked, as it counts without that.

    Where such a sentence is the best of it, what is left must be a reason: have words of one, or stand beside such a
    sentence in its paragraph ("The port closed. A storm had broken the pier."), and be `read` as an answer, by the
    log-odds of sentences. What nobody read needs words of a reason. `evidence` is sorted, best first.
    """
    again = [one for one in evidence if only_restates(question, one.in_full)]
    places = {place_of(one) for one in again}
    kept = left_of(evidence, lambda one: place_of(one) not in places)
    if not again or place_of(evidence[0]) not in places:
        return kept
    beside = {place for one in again for place in _beside(one) if read.get(place, 0.0) > 0}
    marked = [replace(one, held=max(one.held, A_REASON)) if place_of(one) in beside else one for one in kept]
    return left_of(marked, lambda one: one.held >= A_REASON and read.get(place_of(one), 1.0) > 0)


def place_of(evidence: Evidence) -> Place:
    """Where a sentence of the evidence stands."""
    return evidence.passage.chunk.document_id, evidence.span


def _beside(evidence: Evidence) -> list[Place]:
    """The sentences beside one in its paragraph; not the one before it where it goes on with that ("It opened")."""
    chunk, span = evidence.passage.chunk, evidence.span
    before = [] if points_back(evidence.text) else [one for one in chunk.sentences if one.end < span.start][-1:]
    after = [one for one in chunk.sentences if one.start > span.end][:1]
    return [(chunk.document_id, one) for one in (*before, *after) if _in_one_line(chunk, one, span)]


def _in_one_line(chunk: Chunk, one: Span, other: Span) -> bool:
    return "\n" not in chunk.quote(Span(min(one.start, other.start), max(one.end, other.end)))


def only_restates(question: str, sentence: str) -> bool:
    """Whether a sentence says no more than a question itself, but for a time, a number or a place.

    "The port of Arlen closed on 3 March" gives no reason for "Why did the port close?"; "A storm closed the port" may,
    and so may what has a word of cause.
    """
    if holds("reason", sentence, question) >= A_REASON:
        return False
    asked = keys(question)
    told = [term for term in terms(sentence) if term.key]
    days = [each.span for each in dates(sentence)]
    more = [
        term
        for term in told
        if term.key not in asked
        and not any(day.start <= term.start < day.end for day in days)
        and not _is_time_or_place(sentence, term)
    ]
    return not more and any(term.key in asked for term in told)


def _is_time_or_place(sentence: str, term: Term) -> bool:
    if term.text[0].isdigit() or bare(term.text) in _TIMES:
        return True
    return term.capital and bool(_PLACED.search(sentence[: term.start]))
