"""How many documents mention what a question is about, and which of them its answer uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.answering.phrases import phrases
from assistant.answering.query import Query
from assistant.answering.questions import holds
from assistant.answering.respelling import Names
from assistant.answering.subjects import CALENDAR, Subject
from assistant.language.words import content_words, stem
from assistant.types import Answer, Coverage, Filters, Source

_WORDS = 2
"""By so many of its rarest words a question without a name is told; more would be found together by chance only."""

_NO_SUBJECT = CALENDAR | frozenset(
    """much many long far old often ago yet there let like back due last left first next best worst way wrong going
    happening brought compare""".split()
)
"""Words that may be taken for nouns or names and that nothing is about."""

_PARTICIPLE = re.compile(r"\w{3,}(?<!e)ed")

_KIND_ASKED = re.compile(r"\b(?:which|what)\s+(?P<kind>[a-z]+)\b", re.IGNORECASE)


class Mentions(Names, Protocol):
    """What an index tells about the words and names of its documents."""

    def mentioning(
        self, terms: Sequence[str], filters: Filters = Filters(), /, *, names: Sequence[str] = ()
    ) -> Sequence[Source]:
        """The heads of the documents that have any of the words or phrases and pass the filters.

        With `names` only where one of them stands as a name, with its capitals.
        """
        ...


def coverage(query: Query, mentions: Mentions, *, filters: Filters = Filters()) -> Coverage | None:
    """The documents that mention the subject of the question, told by words; None for a question that names nothing.

    The subject is every name that the question gives (countries by any of their names), as far as documents mention
    them together, the rarest first; a name that no document has is the subject by itself. A question without names is
    about the two rarest words of its noun phrases; one without these, too ("What happened?"), has no subject. None is
    used yet; `parted_by` tells which are.
    """
    named = [(one.name, one.terms, _as_written(one)) for one in query.names if _is_told(one.name.lower())]
    asked = named or [(word, (word,), ()) for word in _rarest(query)]
    found = [
        (name, {source.document_id: source for source in mentions.mentioning(terms, filters, names=written)})
        for name, terms, written in asked
    ]
    for name, documents in found:
        documents |= _under_other_names(name, query, mentions, filters)
    if not found:
        return None
    rarest, *rest = sorted(found, key=lambda pair: len(pair[1]))
    names, documents = [rarest[0]], rarest[1]
    for name, also in rest:
        both = {key: source for key, source in documents.items() if key in also}
        if both:
            names.append(name)
            documents = both
    subject = listed([name for name, _ in found if name in names])
    return Coverage(subject, (), _newest_first(documents.values()))


def _under_other_names(name: str, query: Query, mentions: Mentions, filters: Filters) -> dict[str, Source]:
    """The documents that mention what a name stands for by another name, by their ids."""
    told = [other for other in query.other_names if other.asked == name]
    return {
        source.document_id: source
        for other in told
        for source in mentions.mentioning((other.told,), filters, names=(other.told,))
        if other.counts_in(source.document_id)
    }


def _as_written(subject: Subject) -> tuple[str, ...]:
    """The name and its parts that are looked up, as the question writes them; none for a country, which has others.

    "Links" is then no link. A question without capitals tells no names from words.
    """
    words = subject.name.split()
    if subject.is_group or not subject.name[:1].isupper():
        return ()
    return tuple(" ".join(words[-len(term.split()) :]) for term in subject.terms)


def listed(names: Sequence[str]) -> str:
    """The names as they are told: "A", "A and B", "A, B and C"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def parted_by(coverage: Coverage, answer: Answer) -> Coverage:
    """The same subject and documents, parted by what the answer quotes.

    `used` are, of the documents that mention it, those of its citations, those that say the same, and those that are
    set against each other or against the question, in this order; `others` are the rest, the newest first and undated
    ones last.
    """
    quoted = [source for citation in answer.citations for source in (citation.source, *citation.also_in)]
    known = {source.document_id: source for source in (*coverage.used, *coverage.others)}
    sides = (side.source for side in answer.sides)
    used = {source.document_id: source for source in (*quoted, *sides) if source.document_id in known}
    others = _newest_first(source for key, source in known.items() if key not in used)
    return replace(coverage, used=tuple(used.values()), others=others)


def _newest_first(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Undated ones last."""
    return tuple(sorted(sources, key=lambda source: source.date or date.min, reverse=True))


def _rarest(query: Query) -> list[str]:
    """The words of the noun phrases that fewest passages have, in the order of the question.

    Numbers, participles and phrases that only point to something ("the end", "the number of") are passed over, and so
    is what kind of thing is asked for ("which country"), if there is anything else.
    """
    found = [word for phrase in phrases(query.text) if not phrase.light for word in content_words(phrase.text)]
    said = [word for word in dict.fromkeys(found) if _is_told(word) and not holds("number", word, "")]
    words = [word for word in said if query.weights.get(stem(word), 0.0) > 0 and not _PARTICIPLE.fullmatch(word)]
    kinds = {match["kind"].lower() for match in _KIND_ASKED.finditer(query.text)}
    words = [word for word in words if word not in kinds] or words
    kept = sorted(words, key=lambda word: -query.weights[stem(word)])[:_WORDS]
    return [word for word in words if word in kept]


def _is_told(word: str) -> bool:
    """Whether a name or word, in lower case, is more than a letter and something can be about it."""
    return len(word) > 1 and word not in _NO_SUBJECT
