"""Judges what was found for each part of a question: its evidence, and how probable it is that it is answered."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.asked.asked_for import AskedFor, asked_for
from assistant.answering.asked.happenings import odds_left
from assistant.answering.asked.presupposition import not_contrary, odds_lowered, parted
from assistant.answering.asked.rows_asked import of_rows_asked_about
from assistant.answering.asked.succession import told_first
from assistant.answering.base import SecondReader
from assistant.answering.calibration import Calibration, shipped, shipped_scale
from assistant.answering.evidence import Evidence
from assistant.answering.facets import Facet
from assistant.answering.lists import of_lists_asked_about
from assistant.answering.marking import marked
from assistant.answering.overviews.overview import PASSAGES as OVERVIEW_PASSAGES
from assistant.answering.overviews.overview import TITLED, as_decided, is_title, naming, told_by, worth_telling
from assistant.answering.overviews.storyline import joined
from assistant.answering.overviews.topics import topic_of
from assistant.answering.query import Query, WordStatistics
from assistant.answering.questions import Kind
from assistant.answering.remembering import RememberedVectors
from assistant.answering.restating import giving_reasons, nearest, without_restatements
from assistant.answering.running_totals import latest_first
from assistant.answering.scoring import ChunksOf, EvidenceScorer
from assistant.answering.second_look import PASSAGES_LOOKED_AT, odds_raised, pointed_at
from assistant.answering.subjects import Subject, subjects_of, unknown
from assistant.answering.tables.settling import LESS_LIKELY, SURE, settled
from assistant.embedding.base import Embedder
from assistant.errors import AssistantError
from assistant.language.abbreviations import OtherName
from assistant.language.words import content_words
from assistant.reading.base import Reader
from assistant.retrieval.other_names import Definitions, named_otherwise
from assistant.types import DateRange, Passage, Side

_log = logging.getLogger(__name__)

PASSAGES = 6
PASSAGES_READ = 8
"""In how many passages evidence is looked for, without a reader and with one, which has read them anyway."""

LESS_LIKELY_OF_OTHERS = 10.0
"""How many times less likely the others answer where the best sentence says of somebody else what is asked, as odds.

Such sentences stand 18 times as often beside the unanswerable questions of SQuAD 2.0 as beside answerable ones
(`benchmarks/ruled_out.py`), written to be so hard that fewer will do.
"""

LIKELIER_THAN_NOT = 0.5
"""From this probability on, as it is told, what comes nearest to an answer is shown though it is not sure enough."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A facet with the evidence found for it and the probability that it is answered.

    `contrary` is the nearest sentence, where that says the opposite of what is supposed; it is not among the evidence.
    `joined` are the documents that go on with the story of an overview's topic under other names, by their ids.
    Nor are the `introductions`, which only tell what the lines after them are about. `nearest` is what is told of that
    of which a reason is asked, where such sentences would answer if any gave one. `rows` are those of a table that are
    asked for, where they are the best evidence.
    """

    facet: Facet
    kind: Kind
    evidence: tuple[Evidence, ...]
    probability: float
    note: str | None = None
    contrary: Side | None = None
    joined: tuple[str, ...] = ()
    introductions: tuple[Evidence, ...] = ()
    nearest: Evidence | None = None
    rows: tuple[Evidence, ...] = ()


class FacetJudge:
    """Judges facets by the sentences of the passages found for them.

    A `reader` judges the sentences; without it words and vectors do. A `second_reader` is asked where that is not sure
    enough and its word would turn the scale. `chunks_of` gives all rows of a table where the most or the least is asked
    for, `definitions` the abbreviations that documents define. Safe to use from several threads.
    """

    def __init__(
        self,
        embedder: Embedder,
        statistics: WordStatistics,
        *,
        reader: Reader | None = None,
        second_reader: SecondReader | None = None,
        calibration: Calibration | None = None,
        passages: int | None = None,
        chunks_of: ChunksOf | None = None,
        definitions: Definitions | None = None,
    ) -> None:
        self._definitions = definitions
        self._statistics = statistics
        self._chunks_of = chunks_of
        self._second_reader = second_reader
        self._vectors = vectors = RememberedVectors(embedder)
        self._scorer = EvidenceScorer(embedder, statistics, reader=reader, vectors=vectors, chunks_of=chunks_of)
        self._calibration = calibration or shipped(reading=reader is not None)
        self._scale = shipped_scale()
        unread = EvidenceScorer(embedder, statistics, vectors=vectors, chunks_of=chunks_of)
        self._unread = (unread, shipped()) if reader is not None else (self._scorer, self._calibration)
        self._reads = reader is not None
        self._passages = passages or (PASSAGES_READ if reader is not None else PASSAGES)

    @property
    def threshold(self) -> float:
        """The probability from which on a facet is answered."""
        return self._calibration.threshold

    def told(self, probability: float) -> float:
        """The probability as it is told to people."""
        return self._scale.told(probability)

    def query(self, text: str) -> Query:
        """A query as sentences are scored for it."""
        subjects = subjects_of(text, self._statistics.document_frequency)
        return self._scorer.read(text, subjects, self.other_names(text))

    def other_names(self, text: str) -> tuple[OtherName, ...]:
        """What documents call otherwise than a query does."""
        return () if self._definitions is None else named_otherwise(text, self._definitions)

    def judged(
        self, facet: Facet, passages: Sequence[Passage], time: DateRange | None, reader: Reader | None = None
    ) -> Judged:
        """What the passages found for a facet are worth; `time` is the stretch of time that the question names.

        A `reader` that knows what was read for this answer already may take the place of the judge's own.
        """
        if facet.overview:
            return self._overview(facet, passages, time)
        return self._looked_again(self._judge(facet, passages, time, reader), passages, time)

    def _judge(
        self, facet: Facet, passages: Sequence[Passage], time: DateRange | None, reader: Reader | None
    ) -> Judged:
        """Scores the sentences of the best passages and judges whether they answer the facet."""
        if not content_words(facet.query):
            return Judged(facet, "other", (), 0.0, "the question names nothing to search for")
        if topic_of(facet.text) == "":
            return Judged(facet, "other", (), 0.0, "an overview needs a subject, as in “summarise the grain deal”")
        query = self.query(facet.query)
        asked = asked_for(query, time, self._chunks_of)
        scored = self._scorer.score(query, passages[: self._passages], reader)
        evidence = of_what_is_asked(query, asked, scored)
        strangers = self._strangers(asked.names)
        if strangers:
            return Judged(facet, query.kind, tuple(evidence), 0.0, strangers)
        evidence, against = parted(query, evidence)
        read = {one.place: one.read for one in scored} if self._reads else {}
        told_of: Evidence | None = None
        if query.kind == "reason":
            evidence = without_restatements(query.text, evidence, read)
            before = self._calibration.probability(evidence)
            evidence = giving_reasons(evidence, read)
        probability = self._calibration.probability(evidence)
        if self._reads and query.kind == "reason":
            # The reader has learnt from few reasons: words and vectors choose the sentences and count as much.
            scorer, calibration = self._unread
            unread = of_what_is_asked(query, asked, scorer.score(query, passages[:PASSAGES]))
            evidence, against = (not_contrary(query, unread), against) if against else parted(query, unread)
            evidence = without_restatements(query.text, evidence, read)
            before = (before + calibration.probability(evidence)) / 2
            told_of = nearest(evidence) if self.told(before) >= LIKELIER_THAN_NOT else None
            evidence = giving_reasons(evidence, read)
            probability = (probability + calibration.probability(evidence)) / 2
        if query.kind == "person":
            evidence, named = told_first(query.text, evidence)
            probability = odds_raised(probability, math.exp(SURE)) if named else probability
        evidence = marked(query, evidence)
        rows: tuple[Evidence, ...] = ()
        if self._chunks_of is not None:
            table = settled(facet.query, evidence, self._chunks_of, asked.among)
            evidence, rows = table.evidence, table.rows
            probability = odds_raised(probability, math.exp(SURE)) if table.sure else probability
            if table.best_left_out:
                probability = odds_lowered(min(probability, self._calibration.probability(evidence)), LESS_LIKELY)
        evidence = latest_first(query, evidence, asked.time)
        if evidence:
            probability = odds_left(probability, facet.query, evidence[0])
        if against is not None:
            probability = odds_lowered(probability)
        if scored and asked.is_told_of_others(scored[0]):
            probability = odds_lowered(probability, LESS_LIKELY_OF_OTHERS)
        return Judged(
            facet,
            query.kind,
            tuple(evidence),
            probability,
            contrary=against,
            introductions=_introductions(scored),
            nearest=told_of,
            rows=rows if rows and evidence[0].place == rows[0].place else (),
        )

    def _overview(self, facet: Facet, passages: Sequence[Passage], time: DateRange | None) -> Judged:
        """Whether the passages are about a topic, which the reader has not learnt to tell: words and vectors do."""
        query = self.query(facet.query)
        scorer, calibration = self._unread
        found = scorer.score(query, passages[:OVERVIEW_PASSAGES])
        scored = telling(found)
        evidence = worth_telling(scored, time)
        strangers = self._strangers(query.names)
        if strangers:
            return Judged(facet, query.kind, tuple(evidence), 0.0, strangers)
        named = naming(query, evidence)
        evidence = named or evidence
        titled = bool(named) or is_title(query, evidence)
        probability = max(calibration.probability(scored), TITLED if titled else 0.0)
        probability = as_decided(probability, self.threshold)
        if probability < self.threshold:
            return Judged(facet, query.kind, tuple(evidence), probability, introductions=_introductions(found))
        also = joined(query, told_by(evidence), passages, self._statistics, self._vectors)
        theirs = [one for their in also.values() for one in telling(scorer.score(query, their))]
        others = [one for one in scored if one.passage.source.document_id not in also]
        evidence = worth_telling([*others, *theirs], time)
        evidence = naming(query, evidence) or evidence
        introductions = _introductions(found)
        return Judged(facet, query.kind, tuple(evidence), probability, joined=tuple(also), introductions=introductions)

    def _strangers(self, names: Sequence[Subject]) -> str | None:
        """A sentence about the names that no briefing has; None where there are none."""
        strangers = unknown(names, self._statistics.document_frequency)
        return f"no briefing names {', '.join(subject.name for subject in strangers)}" if strangers else None

    def _looked_again(self, judged: Judged, passages: Sequence[Passage], time: DateRange | None) -> Judged:
        """What a second reader makes of a facet that lacks little: the sentences that it points at, if any."""
        if self._second_reader is None or judged.probability >= self.threshold:
            return judged
        raised = self._scale.decided(odds_raised(self._scale.told(judged.probability), self._second_reader.likelier))
        if raised < self.threshold:
            return judged
        shown = passages[:PASSAGES_LOOKED_AT]
        among = {passage.chunk.id for passage in shown}
        try:
            copied = self._second_reader.copied(judged.facet.query, shown)
        except AssistantError as error:
            _log.warning("nobody looked again: %s", error)
            return replace(judged, note=f"the language model could not be asked whether a sentence answers: {error}")
        pointed = pointed_at(copied, [one for one in judged.evidence if one.passage.chunk.id in among], time)
        if not pointed:
            return judged
        note = f"the reading model was not sure: {self._second_reader.name} pointed at what is quoted"
        return replace(judged, evidence=tuple(pointed), probability=raised, note=note)


def of_what_is_asked(query: Query, asked: AskedFor, scored: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that can answer: of the lists and the rows that are asked about, and with what is asked for."""
    return of_rows_asked_about(query.text, asked.among(telling(of_lists_asked_about(query, scored))))


def telling(scored: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that say something themselves."""
    return [one for one in scored if not one.introduces]


def _introductions(scored: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences that only tell what the lines after them are about."""
    return tuple(one for one in scored if one.introduces)
