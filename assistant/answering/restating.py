"""Sentences that only say again what a question asks the reason of, and the reason that stands beside one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering.asked.other_doers import verbs_of_whom_it_asks
from assistant.answering.evidence import Evidence, left_of
from assistant.answering.questions import holds
from assistant.answering.selection import A_REASON
from assistant.answering.subjects import CALENDAR
from assistant.language.number_words import VALUES
from assistant.language.pointing_back import points_back
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.terms import Term, bare, keys, terms
from assistant.types import Chunk, Span

_TIMES = CALENDAR | frozenset(
    "morning noon afternoon evening night midnight dawn today yesterday tomorrow early earlier late later day days "
    "week weeks month months year years ago a.m p.m".split()
)
_PLACES = frozenset("district province region county state city town village area".split())
_PLACED = re.compile(r"\b(?:in|at|of|near|on|off|outside)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+)*$")

_MAY_TELL_WHY = re.compile(
    r"\b(?:for|to|if|while|when|where|despite|that|which|who|so|believ\w+|consider\w+|felt|thought|said|argu\w+|"
    r"allow\w*|help\w*|mean\w*|make\w*|made|without|not?|against|too|\w+ing)\b|[:;—–(]",
    re.IGNORECASE,
)  # behind a verb
_BEGINS_WITH_WHY = re.compile(r"\W*(?:to|with|in an? (?:attempt|effort|bid|move))\b", re.IGNORECASE)

_TELLS = 0.3  # of the weight of a question's words, in the sentence that a reason follows

Place = tuple[str, Span]
"""Where a sentence stands: its document and its span."""


def without_restatements(question: str, evidence: Sequence[Evidence], read: Mapping[Place, float]) -> list[Evidence]:
    """The evidence for a reason without what only says again what is asked, as it counts without that.

    Where such a sentence is the best of it, what is left must be a reason: have words of one, or stand beside such a
    sentence in its paragraph ("The port closed. A storm had broken the pier."), and be `read` as an answer, by the
    log-odds of sentences. What nobody read needs words of a reason. Where somebody read, what says only that they did
    it (`says_only_that_they_did`) is left out, too; words and vectors need it to know that it happened at all.
    `evidence` is sorted, best first.
    """
    told = [one for one in evidence if read and says_only_that_they_did(question, one.text)]
    again = [one for one in evidence if only_restates(question, one.in_full)]
    left_out = {one.place for one in (*told, *again)}
    kept = left_of(evidence, lambda one: one.place not in left_out)
    if not again or evidence[0].place not in {one.place for one in again}:
        return kept
    beside = {place for one in again for place in _beside(one) if read.get(place, 0.0) > 0}
    marked = [replace(one, held=max(one.held, A_REASON)) if one.place in beside else one for one in kept]
    return left_of(marked, lambda one: one.held >= A_REASON and read.get(one.place, 1.0) > 0)


def giving_reasons(evidence: Sequence[Evidence], read: Mapping[Place, float]) -> list[Evidence]:
    """The evidence for a reason without what gives none, as it counts without that.

    A sentence gives one where it was `read` as an answer, or where it has words of a reason and to do with what is
    asked: it shares a word with the question, or the sentence right before it shares much of it. Where nobody read, one
    that has nothing to do with it stays as evidence, but not as a reason.
    """
    own = {one.place: one for one in evidence}

    def is_reason(one: Evidence) -> bool:
        before = _before(one)
        told = own[before].coverage if before in own else 0.0
        return one.held >= A_REASON and (one.coverage > 0 or told >= _TELLS)

    if not read:
        return [one if one.held < A_REASON or is_reason(one) else replace(one, held=0.0) for one in evidence]
    return left_of(evidence, lambda one: read.get(one.place, 0.0) > 0 or is_reason(one))


def nearest(evidence: Sequence[Evidence]) -> Evidence | None:
    """What tells most of what a question asks the reason of: the best sentence around which one of its names stands."""
    return next((one for one in evidence if one.names > 0), None)


def _beside(evidence: Evidence) -> list[Place]:
    """The sentences beside one in its paragraph; not the one before it where it goes on with that ("It opened")."""
    chunk, span = evidence.passage.chunk, evidence.span
    before = None if points_back(evidence.text) else _before(evidence)
    after = [one for one in chunk.sentences if one.start > span.end][:1]
    found = [(chunk.document_id, one) for one in after if _in_one_line(chunk, one, span)]
    return found if before is None else [before, *found]


def _before(evidence: Evidence) -> Place | None:
    """The sentence before one in its paragraph."""
    chunk, span = evidence.passage.chunk, evidence.span
    before = [one for one in chunk.sentences if one.end < span.start][-1:]
    return next(((chunk.document_id, one) for one in before if _in_one_line(chunk, one, span)), None)


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


def says_only_that_they_did(question: str, sentence: str) -> bool:
    """Whether it says of whom a question asks that they did it, with nothing behind the verb that may tell why.

    "Justice Dahl dissented, joined by Justice Moreau" gives no reason for "Why did Justice Dahl dissent?".
    """
    if _BEGINS_WITH_WHY.match(sentence) or holds("reason", sentence, question):
        return False
    return any(not _MAY_TELL_WHY.search(sentence, verb.end) for verb in verbs_of_whom_it_asks(question, sentence))


def _is_time_or_place(sentence: str, term: Term) -> bool:
    if term.text[0].isdigit() or bare(term.text) in _TIMES or bare(term.text) in VALUES:
        return True
    placed = term.capital or bare(term.text) in _PLACES  # "in Arlen", "in Arlen district"
    return placed and bool(_PLACED.search(sentence[: term.start]))
