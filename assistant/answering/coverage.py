"""How many documents mention what a question is about, and which of them its answer uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.answering.query import Query
from assistant.language.words import content_words, stem
from assistant.types import Answer, Coverage, Filters, Source

_WORDS = 2
"""By so many of its rarest words a question without a name is told; more would be found together by chance only."""

_ASKING = frozenset("much many long far old often ago there let like".split())


class Mentions(Protocol):
    """What an index tells about which documents have a word."""

    def mentioning(self, terms: Sequence[str], filters: Filters = Filters(), /) -> Sequence[Source]:
        """The heads of the documents that have any of the words or phrases and pass the filters."""
        ...


def coverage(query: Query, mentions: Mentions, *, filters: Filters = Filters()) -> Coverage | None:
    """The documents that mention the subject of the question, told by words; None for a question that names nothing.

    The subject is every name that the question gives (countries by any of their names), as far as documents mention
    them together, the rarest first; a name that no document has is the subject by itself. A question without names is
    about its two rarest words. None is used yet; `parted_by` tells which are.
    """
    named = [(subject.name, subject.terms) for subject in query.names]
    asked = named or [(word, (word,)) for word in _rarest(query)]
    found = [
        (name, {source.document_id: source for source in mentions.mentioning(terms, filters)}) for name, terms in asked
    ]
    if not found:
        return None
    rarest, *rest = sorted(found, key=lambda pair: len(pair[1]))
    names, documents = [rarest[0]], rarest[1]
    for name, also in rest:
        both = {key: source for key, source in documents.items() if key in also}
        if both:
            names.append(name)
            documents = both
    subject = " and ".join(name for name, _ in found if name in names)
    return Coverage(subject, (), _newest_first(documents.values()))


def parted_by(coverage: Coverage, answer: Answer) -> Coverage:
    """The same subject and documents, parted by what the answer quotes.

    `used` are the documents of its citations, those that say the same, and those that are set against each other or
    against the question, in this order; `others` are the rest, the newest first and undated ones last.
    """
    quoted = [source for citation in answer.citations for source in (citation.source, *citation.also_in)]
    used = {source.document_id: source for source in (*quoted, *(side.source for side in answer.sides))}
    known = {source.document_id: source for source in (*coverage.used, *coverage.others)}
    others = _newest_first(source for key, source in known.items() if key not in used)
    return replace(coverage, used=tuple(used.values()), others=others)


def _newest_first(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Undated ones last."""
    return tuple(sorted(sources, key=lambda source: source.date or date.min, reverse=True))


def _rarest(query: Query) -> list[str]:
    """The words of the question that fewest passages have, in its order; words of countries count as names."""
    said = [word for word in dict.fromkeys(content_words(query.text)) if word not in _ASKING]
    words = [word for word in said if query.weights.get(stem(word), 0.0) > 0]
    kept = sorted(words, key=lambda word: -query.weights[stem(word)])[:_WORDS]
    return [word for word in words if word in kept]
