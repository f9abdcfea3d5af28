"""Requests for an overview ("summarise the grain deal"): the topic that they name, and what is told of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.calibration import logistic, logit
from assistant.answering.candidates import stems_of
from assistant.answering.citations import Cited, points_back
from assistant.answering.evidence import Evidence, Query, coverage
from assistant.answering.phrases import has_finite_verb
from assistant.answering.selection import select
from assistant.language.words import content_words

AT_MOST = 5
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
_MOST_KEYWORDS = 6
_ABOUT = 0.6  # of the topic's words, as against the sentence that has most of them around it
_BEGINNING = 700  # characters: the head and the first paragraph
_BEGINS = 1.0
_LEANS = 1.0
_WHOLE = re.compile(r"[.!?][\"”’)\]]*$")
_POLITE = r"(?:(?:please|kindly|(?:can|could|would|will) you|now|and|ok|so|i(?:['’]d| would) like|i (?:need|want))\W+)*"
_ADJECTIVES = r"(?:(?:an?|the|some|me|us|short|brief|quick|concise|one-page|full|general|complete|up-to-date)\s+)*"
_GIVE = r"(?:(?:give|show|get|send|write|prepare|draft|provide|make|compile)\s+)?"
_THING = (
    r"(?:summary|overview|outline|timeline|chronology|recap|digest|briefing(?: note)?|brief|memo|note|report|rundown|"
    r"synopsis|background|state of play|(?:(?:main|key|most important)\s+)(?:points|facts|events|developments))"
)
_BRIEFINGS = r"(?:(?:the|these|our|my|all)\s+)*(?:briefings?|documents?|files|corpus|reports?|news|sources)"
_SAY = r"(?:say|says|tell|know|known|said|report|reported|have|written)"
_REQUEST = re.compile(
    rf"{_POLITE}(?:"
    r"(?:summari[sz]e|sum up|outline|recap|brief (?:me|us) (?:on|about)|update (?:me|us) (?:on|about)|"
    r"tell (?:me|us)(?: \w+)? about|fill (?:me|us) in on)"
    rf"|{_GIVE}{_ADJECTIVES}{_THING}(?:\s+(?:of|on|about|for|to|regarding)|(?=\W*(?:\(|$)))"
    rf"|what (?:else )?(?:do|does|did) (?:we|you|they|{_BRIEFINGS}) {_SAY}(?: \w+)? (?:about|on)"
    rf"|what (?:else )?(?:is|has been) {_SAY} (?:about|on)"
    r"|what(?:['’]s| is| are) (?:the )?(?:latest|new|news|state of play)(?: (?:news|developments?))?"
    r"(?: (?:on|about|with|in)|(?=\W*(?:\(|$)))"
    r")(?!\w)[\s:]*(?P<topic>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLEASE = re.compile(r",? (?:please|for me|in (?:brief|short))\W*$", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"(?:(?:and|but|so)\s+)?(?:what|how) about\s+(?P<topic>.*)|and\s+(?P<other>.*)", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:latest|newest|what(?:['’]s| is) new|update me|recent(?:ly)?)\b", re.IGNORECASE)
_OF_BRIEFINGS = re.compile(rf"{_BRIEFINGS}(?:\s+(?:on|about|of|regarding)\b\s*|\W*$)", re.IGNORECASE)
_GENERAL = re.compile(
    r"\s+(?:crisis|situation|story|affair|issue|topic|subject|saga|developments?|events?)$", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)\b"
    r"|^\W*(?:please|list|name|compare|find|show|give|tell|say|state|describe|explain|define|translate|write|count|"
    r"calculate|cite|quote|help|hello|hi|thanks?|thank you|yes|no|ok(?:ay)?|why|more|go on|continue)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how|whether|if)\b|\?.*\w", re.IGNORECASE | re.DOTALL)


def topic_of(question: str) -> str | None:
    """The topic of a request for an overview; empty where it names none, None where the question is another one.

    "Give me an overview of the Red Sea crisis" is one of "the Red Sea": what happened there is never called that in
    every report. "Tell me about how they met" asks something else. A few words that ask nothing ("suez canal revenue",
    "and wheat prices?") are a topic, too.
    """
    whole = " ".join(question.split())
    found = _REQUEST.fullmatch(whole)
    if found is None:
        return _keywords(whole)
    topic = _OF_BRIEFINGS.sub("", _PLEASE.sub("", found["topic"]), count=1).strip(" .,;:!?()")
    if _ASKS.search(topic):
        return None
    general = _GENERAL.sub("", topic)
    return general if content_words(general) else topic if content_words(topic) else ""


def _keywords(question: str) -> str | None:
    """The words of a question that is none: few, without a question word, a verb and, but for "what about", a "?"."""
    about = _WHAT_ABOUT.fullmatch(question)
    text = (about["topic"] or about["other"]).rstrip(" ?.!") if about else question
    asks = len(text.split()) > _MOST_KEYWORDS or _ASKS.search(text) or _VERB.search(text) or has_finite_verb(text)
    return None if asks or not content_words(text) or "?" in text else text


def newest_first(question: str) -> bool:
    """Whether a request asks for the latest, so that the newest briefing comes first; else the oldest does."""
    return bool(_LATEST.search(question))


def is_title(topic: Query, evidence: Sequence[Evidence]) -> bool:
    """Whether the title of a document that was found has all the words of a topic: then it is about it, sentences
    that call it otherwise or not."""
    titles = {one.passage.source.title for one in evidence}
    return any(coverage(topic, stems_of(title)) > _ALL for title in titles)


def as_decided(probability: float, threshold: float) -> float:
    """The probability by words and vectors, moved so that `ENOUGH` is at the threshold of the answerer."""
    return logistic(logit(probability) - logit(ENOUGH) + logit(threshold)) if probability > 0.0 else 0.0


def worth_telling(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without rows of tables, captions and unfinished sentences, unless there is nothing else.

    Where a document begins it says what matters, so that counts for a sentence; that it needs the one before it to be
    understood counts against it. No words are marked as answering: nothing in particular was asked.
    """
    whole = [one for one in evidence if _WHOLE.search(one.text) and " | " not in one.text] or evidence
    weighed = [replace(one, answer=None, score=one.score + _for_its_place(one)) for one in whole]
    return sorted(weighed, key=lambda one: (-one.score, one.passage.rank, one.span))


def overview(evidence: Sequence[Evidence], *, latest: bool) -> list[Cited]:
    """The sentences of an overview by the dates of their documents, undated ones last; the `latest` first if asked.

    Every document has its say before one has it twice: with the first of its sentences that is nearly its best one, as
    reports begin with what matters.
    """
    if not evidence:
        return []
    bar = evidence[0].score - _WEAKER_BY
    about = _ABOUT * max(one.context_coverage for one in evidence)
    near = [one for one in evidence if one.score >= bar and one.context_coverage >= about]
    opening = [_opening(near, document) for document in dict.fromkeys(_document(one) for one in near)]
    rest = [one for one in near if one not in opening]
    level = evidence[0].score  # `select` goes by score: openings count alike, and before all others
    ordered = [replace(one, score=level) for one in opening] + rest
    chosen = select(ordered, at_most=AT_MOST, weaker_by=_WEAKER_BY)
    oldest = sorted(chosen, key=lambda item: (_day(item[0]), _document(item[0]), item[0].span))
    if not latest:
        return oldest
    return sorted(oldest, key=lambda item: _day(item[0]) if _day(item[0]) < date.max else date.min, reverse=True)


def _opening(evidence: Sequence[Evidence], document: str) -> Evidence:
    own = [one for one in evidence if _document(one) == document]
    return min((one for one in own if one.score >= own[0].score - _NEAR), key=lambda one: one.span)


def _document(evidence: Evidence) -> str:
    return evidence.passage.chunk.document_id


def _day(evidence: Evidence) -> date:
    return evidence.passage.source.date or date.max


def _for_its_place(evidence: Evidence) -> float:
    return _BEGINS * (evidence.span.start < _BEGINNING) - _LEANS * points_back(evidence.text)
