"""The same at another time: "In 1931 Japan conquered Manchuria" does not tell what Japan conquered in 1935."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.language.words import stem
from assistant.language.written_dates import MONTH, MONTHS
from assistant.reading.checks.calendar_dates import dates
from assistant.reading.checks.terms import Term, keys, terms
from assistant.types import Span

_YEAR = r"(?:1[0-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_END = r"(?!['’\w–/-]|[.,]\d)"
_TIME = re.compile(
    r"\b(?:in|on|during)\s+(?:(?:the\s+)?(?:early|mid|late|spring|summer|autumn|fall|winter|beginning|middle|end|"
    r"first half|second half|year)[\s-]+(?:of\s+)?)?"
    rf"(?:{_YEAR}|(?:{_DAY}\s+)?(?P<month>{MONTH})(?:\s+{_DAY}\b)?(?:,?\s+{_YEAR})?){_END}",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:[^\w\s]|$)|\s+(?:[A-Z]|(?:the|an?|his|her|its|their|this|he|she|it|they|there|and|but|or|by|with|after|"
    r"before|when|while|as|at|in|on|to|for|from|of|that|which|who|did|does|do|was|were|is|are|had|has|have)\b)"
)  # not a time that only names something: "in the 1979 crisis", "in 2012 dollars"
_ANY_YEAR = re.compile(rf"(?<![\w.,$€£¥/])(?<!\d-)(?P<year>{_YEAR})(?![\w%]|[.,]\d)")
_STRETCHED = re.compile(
    rf"\b(?:since|until|till|through|between|beginning|starting|every|each|annual\w*|yearly)\b|\bfrom\s[^.;]*\b{_YEAR}|"
    rf"{_YEAR}\s?[–/-]\s?\d|\b\d{{3}}0s\b|"
    r"\b(?:last|next|previous|following|same|that)\s+(?:year|month|season|week)\b|"
    r"\byears?\s+(?:ago|earlier|before|later|after)\b|\b(?:again|also|first)\b",
    re.IGNORECASE,
)  # it may have been so in another year as well
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:since|after|before|until|till|by|prior to|from|between|not|never)\b|n['’]t\b", re.IGNORECASE
)
_ASKS_WHEN = re.compile(r"\b(?:when|(?:what|which) (?:year|month|day|date|time))\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:what|which|who|whom|whose|where|why|how)\b", re.IGNORECASE)
_NOT_AT_A_TIME = (_OF_SOMETHING_ELSE, _ASKS_WHEN, _STRETCHED)
_CLAUSE = re.compile(
    r"[;:()—]|\s[–-]\s|,\s+(?:and|but)\b|,?\s+\b(?:which|who|whom|whose|that|where|when|while|after|before|because|"
    r"although|though|if|as|whereas)\b",
    re.IGNORECASE,
)
_TOLD_LATER = keys("say tell report publish announce state estimate show record release confirm reveal reach")
_NO_VERB_AFTER = frozenset("a an the his her its their this that these those of".split())


@dataclass(frozen=True, slots=True)
class _Time:
    """A year, or a month with or without its year: the month and the words that name it."""

    month: int | None
    span: Span


def told_of_another_time(question: str, sentence: str) -> Span | None:
    """The words of a sentence that tell when it was, where a question asks for the same at another time; else None.

    The same is a verb in the past that the question has too, in the clause that tells when. Each year in the sentence
    must be another one than those of the question; within a year the same holds for months. What was reported in the
    next year, or month, may be of the one before. A stretch of time ("since 1931", "every year") may hold the time that
    is asked about.
    """
    asked = tuple(_times(question))
    if not asked or not _ASKS.search(question) or any(each.search(question) for each in _NOT_AT_A_TIME):
        return None
    told = tuple(_times(sentence))
    if not told or _STRETCHED.search(sentence):
        return None
    between = _between(question, asked, sentence, told)
    if not between:
        return None
    said = {term.key for term in terms(question) if term.key and not term.capital}
    said -= _TOLD_LATER if min(between) == 1 else set()
    verbs = [place for place, word in _past_verbs(sentence) if word.key in said]
    return next((time.span for time in told if any(_with(sentence, time, verb) for verb in verbs)), None)


def _between(question: str, asked: Sequence[_Time], sentence: str, told: Sequence[_Time]) -> set[int]:
    """By how many years, or else months, a sentence is later than a question; empty where one of them is the same."""
    of_question, of_sentence = _years(question), _years(sentence)
    if of_question and of_sentence and not of_question & of_sentence:
        return {there - here for there in of_sentence for here in of_question}
    if len(of_sentence | of_question) > 1:
        return set()
    months = {time.month for time in asked}
    there = {each.month for each in dates(sentence)} | {time.month for time in told}
    if months & there or None in months | there:
        return set()
    return {(each - month) % 12 for each in there for month in months if each and month}


def _years(text: str) -> set[int]:
    return {int(match["year"]) for match in _ANY_YEAR.finditer(text)}


def _times(text: str) -> Iterator[_Time]:
    for match in _TIME.finditer(text):
        words = match.group().rstrip(".")
        if match.start() and not _ENDS.match(text, match.start() + len(words)):
            continue
        month = MONTHS.get((match["month"] or "").lower().rstrip("."))
        yield _Time(month, Span(match.start(), match.start() + len(words)))


def _past_verbs(sentence: str) -> Iterator[tuple[int, Term]]:
    """The verbs of a sentence that are plainly in the past, and where they begin."""
    before = ""
    for word in terms(sentence):
        low = word.text.lower()
        past = low.endswith("ed") or (bool(word.key) and word.key != stem(low))
        if past and not word.capital and word.key and before not in _NO_VERB_AFTER:
            yield word.start, word
        before = low


def _with(sentence: str, time: _Time, verb: int) -> bool:
    """Whether a time and a verb stand in one clause."""
    first, last = sorted((time.span.start, verb))
    begins = max((clause.end() for clause in _CLAUSE.finditer(sentence, 0, first)), default=0)
    between = sentence[min(time.span.end, verb) : last]
    return not _CLAUSE.search(between) and not _OF_SOMETHING_ELSE.search(sentence, begins, first)
