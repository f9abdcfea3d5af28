"""What the passages of an answer show, rank by rank: the relevance list under every ranking metric.

The unit of relevance is the evidence entry of a golden case, not the passage: which passages an index holds changes
with the chunker, and a metric that counted them could not compare two chunkers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from assistant.evaluation.metrics.base import Kind, Observation
from assistant.evaluation.metrics.case_metric import CaseMetric, Measured, has_evidence
from assistant.types import Answer

Level = Literal["passage", "document"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The evidence entries that each rank shows, best rank first, of `entries` in all.

    At passage level a passage shows an entry when its chunk overlaps one of the entry's spans. At document level the
    ranks are the documents in the order of their best passage, and a document shows an entry that stands in it. The
    other documents of a folded near-duplicate (`Passage.also_in`) do not count: the reader is not shown their words.

    `unfound` is the number of entries that no rank shows; those that stand at the very same places count once.
    """

    shown: tuple[frozenset[int], ...]
    entries: int
    unfound: int

    @property
    def gains(self) -> tuple[int, ...]:
        """1 for each rank that shows an entry which no higher rank shows, 0 for the others.

        So an entry counts once, at the first rank that shows it; a second passage with the same fact gains nothing,
        and a passage with two new entries gains 1.
        """
        before = accumulate(self.shown, frozenset.union, initial=frozenset[int]())
        return tuple(int(bool(now - seen)) for now, seen in zip(self.shown, before, strict=False))


def ranking_of(observation: Observation, answer: Answer, level: Level) -> Ranking:
    """The ranking of an answer's passages (or their documents) against the relevant spans of its case."""
    passages = sorted(answer.passages, key=lambda passage: passage.rank)
    entries = len(observation.case.relevant)
    if level == "document":
        documents = dict.fromkeys(passage.chunk.document_id for passage in passages)
        shown = tuple(
            frozenset(each.evidence for each in observation.relevant if each.document_id == document)
            for document in documents
        )
    else:
        shown = tuple(
            frozenset(
                each.evidence
                for each in observation.relevant
                if each.document_id == passage.chunk.document_id and each.span.overlaps(passage.chunk.span)
            )
            for passage in passages
        )
    unfound = set(range(entries)).difference(*shown)
    return Ranking(shown, entries, len({_places(observation, entry, level) for entry in unfound}))


def _places(observation: Observation, entry: int, level: Level) -> object:
    """Where an entry stands; an entry that was not found in any document is a place of its own."""
    mine = [each for each in observation.relevant if each.evidence == entry]
    return frozenset((each.document_id, None if level == "document" else each.span) for each in mine) or entry


def missed(observation: Observation, found: frozenset[int]) -> str:
    """The entries that are not among `found`, by the first words of their first quote."""
    quotes = [entry.quotes[0].text for number, entry in enumerate(observation.case.relevant) if number not in found]
    return "; ".join(repr(quote if len(quote) <= 60 else f"{quote[:59]}…") for quote in quotes)


def ranking_metric(
    name: str, definition: str, level: Level, value: Callable[[Ranking], float], *, kind: Kind = "score"
) -> CaseMetric:
    """A metric of an answer's ranking; document level is marked in its name and its definition."""

    def measure(observation: Observation, answer: Answer) -> Measured:
        return Measured(value(ranking_of(observation, answer, level)))

    if level == "document":
        name = f"doc {name}"
        definition = f"{definition} Over documents, in the order of their best passage."
    return CaseMetric(name, definition, has_evidence, measure, kind)
