"""A question as its evidence is looked for: its words with their weights in the corpus, its kind, its subjects."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answering.questions import Kind, kind_of
from assistant.answering.subjects import Subject, groups_in
from assistant.language.abbreviations import OtherName, beside
from assistant.language.asking import asking_part
from assistant.language.words import content_words, stem

_PSEUDO_CHUNKS = 200  # keeps word weights of a corpus of three chunks like those of one of three thousand


class WordStatistics(Protocol):
    """How often words occur in the corpus: what an index tells about its words."""

    @property
    def chunk_count(self) -> int:
        """How many chunks there are."""
        ...

    def document_frequency(self, stems: Sequence[str], /) -> Mapping[str, int]:
        """In how many chunks each word occurs in any form, title and headings included; 0 for unknown ones."""
        ...


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the scorer sees it: its words with their weights, what it asks for and what it is about.

    `weights` maps stems of content words to their inverse document frequency. `other_names` are what documents call
    otherwise than the question does.
    """

    text: str
    kind: Kind
    weights: Mapping[str, float]
    subjects: tuple[Subject, ...] = ()
    other_names: tuple[OtherName, ...] = ()

    def comparable(self, text: str, document_id: str) -> str:
        """A text of a document as it is compared with the question: with its names beside their other ones."""
        return beside(self.other_names, text, document_id)

    @property
    def names(self) -> tuple[Subject, ...]:
        """Those of its subjects that are names."""
        return tuple(subject for subject in self.subjects if subject.proper)


def read_query(
    question: str,
    statistics: WordStatistics,
    subjects: Sequence[Subject] = (),
    other_names: Sequence[OtherName] = (),
) -> Query:
    """The question with the weights of its words in this corpus."""
    groups = groups_in(question)
    named = {word for group in groups for word in content_words(group.name)}
    forms: dict[str, tuple[str, ...]] = {stem(word): (word,) for word in content_words(question) if word not in named}
    forms |= {group.key: group.terms for group in groups}
    counts = statistics.document_frequency(sorted({term for terms in forms.values() for term in terms}))
    total = statistics.chunk_count + _PSEUDO_CHUNKS
    weights = {
        key: max(0.0, math.log(total / (max(counts.get(term, 0) for term in terms) + 1)))
        for key, terms in forms.items()
    }
    return Query(question, kind_of(asking_part(question)), weights, tuple(subjects), tuple(other_names))


def coverage(query: Query, stems: frozenset[str]) -> float:
    """The share of the question's words that are among the stems, weighted by their rarity; 0 without words."""
    total = sum(query.weights.values())
    return sum(weight for key, weight in query.weights.items() if key in stems) / total if total else 0.0
