"""Answers in the words of the briefings: the best evidence sentences, verbatim, each with its citation."""

from __future__ import annotations

import math
import time as clock
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answering.asked.rows_asked import whole_table
from assistant.answering.base import SecondReader
from assistant.answering.calibration import Calibration
from assistant.answering.citations import Cited, cite, said_once, side_of
from assistant.answering.coverage import Mentions, coverage, parted_by
from assistant.answering.differing.disagreement import disagreements
from assistant.answering.editions import newest_edition_first, of_newest_editions
from assistant.answering.facets import Facet, facets_of
from assistant.answering.judging import LIKELIER_THAN_NOT, FacetJudge, Judged
from assistant.answering.lists import whole_list
from assistant.answering.orders import without_orders
from assistant.answering.overviews.overview import PASSAGES, overview
from assistant.answering.overviews.storyline import POOL
from assistant.answering.overviews.timelines import asks_timeline, timeline
from assistant.answering.overviews.topics import newest_first
from assistant.answering.query import Query, WordStatistics
from assistant.answering.respelling import respelt
from assistant.answering.scoring import ChunksOf
from assistant.answering.selection import reasons, select
from assistant.answering.subjects import unknown
from assistant.answering.successors import successor_first
from assistant.embedding.base import Embedder
from assistant.importing import importing
from assistant.language.askable import check
from assistant.reading.base import Reader
from assistant.reading.remembering import ReadOnce
from assistant.retrieval.base import Retriever
from assistant.retrieval.other_names import Definitions
from assistant.retrieval.reranked import DEPTH, reranked
from assistant.retrieval.temporal import TemporalRetriever
from assistant.types import (
    Answer,
    AnswerEvent,
    Conversation,
    DateRange,
    Done,
    Filters,
    Found,
    Passage,
    Said,
    Searching,
    Side,
)

ABSTENTION = "The briefings don't say."
UNCLEAR = "The briefings don't clearly say."
"""The same where they are likelier than not to say it somewhere."""
_MORE_REASONS = 1.4  # how much weaker than usual a second reason may be


class ExtractiveAnswerer:
    """Answers in quotes: evidence sentences chosen across passages, or an abstention.

    Each facet of a question is searched and judged for itself; those that the briefings do not answer are named in
    `Answer.missing`. The same calibrated probability decides every time. A `reader` reads the passages found, ranks
    them anew and judges their sentences; without it words and vectors do. A `second_reader` is asked where that is
    not sure enough and its word would turn the scale. `mentions` tells which documents mention the subject, and which
    names are spelt alike; without it `Answer.coverage` and `Answer.did_you_mean` are None. `chunks_of` gives all chunks
    of a document, so that "the most" of a table is read from all of its rows; `definitions` what abbreviations stand
    for in the documents. Retrieval and synthesis run
    as a LlamaIndex query engine (`chain.py`). Safe to use from several threads.
    """

    def __init__(
        self,
        retriever: Retriever,
        embedder: Embedder,
        statistics: WordStatistics,
        *,
        reader: Reader | None = None,
        second_reader: SecondReader | None = None,
        calibration: Calibration | None = None,
        mentions: Mentions | None = None,
        chunks_of: ChunksOf | None = None,
        definitions: Definitions | None = None,
        k: int = 10,
        evidence_passages: int | None = None,
        max_sentences: int = 4,
        weaker_by: float = 3.0,
    ) -> None:
        self._retriever = retriever
        self._reader = reader
        self._judge = FacetJudge(
            embedder,
            statistics,
            reader=reader,
            second_reader=second_reader,
            calibration=calibration,
            passages=evidence_passages,
            chunks_of=chunks_of,
            definitions=definitions,
        )
        self._statistics = statistics
        self._mentions = mentions
        self._k = k
        self._max_sentences = max_sentences
        self._weaker_by = weaker_by

    def warm_up(self) -> None:
        """Imports LlamaIndex now (about 3 s) instead of at the first question."""
        with importing("llama_index.core"):
            import assistant.answering.chain  # noqa: F401

    def stream(
        self,
        question: str,
        query: str,
        *,
        filters: Filters = Filters(),
        time: DateRange | None = None,
        conversation: Conversation | None = None,  # noqa: ARG002 - the query stands alone already
    ) -> Iterator[AnswerEvent]:
        """The events of one answer: what is searched, what was found, a `Said` for each sentence, `Done`.

        Raises InputError at once where there is nothing to search for.
        """
        check(question)
        return self._events(question, " ".join(query.split()) or question, filters, time)

    def _events(self, question: str, query: str, filters: Filters, time: DateRange | None) -> Iterator[AnswerEvent]:
        start = clock.perf_counter()
        yield Searching(query, time)
        asked, orders = without_orders(query)
        facets = facets_of(asked)
        left_out = tuple(
            f"not searched for, as it asks nothing of the briefings: “{order.rstrip('.! ')}”" for order in orders
        )
        blank = Answer(
            question=question, query=query, text="", outcome="abstained", filters=filters, time=time, notes=left_out
        )
        for event in self._chained(facets, blank, filters, time):
            if isinstance(event, Done):
                yield Done(replace(event.answer, seconds=clock.perf_counter() - start))
            else:
                yield event

    def _chained(
        self, facets: Sequence[Facet], blank: Answer, filters: Filters, time: DateRange | None
    ) -> Iterator[AnswerEvent]:
        """Retrieval and synthesis through LlamaIndex."""
        from assistant.answering.chain import answer_events

        retriever = self._retriever if time is None else TemporalRetriever(self._retriever, time)
        reader = None if self._reader is None else ReadOnce(self._reader)

        def synthesis(found: Mapping[str, Sequence[Passage]]) -> Iterator[AnswerEvent]:
            if reader is not None:  # reading takes longer than searching: what was found is told first
                yield Found(_merged([passages[: self._k] for passages in found.values()]))
                if not facets[0].overview:
                    found = {
                        query: reranked(query, each, reader, other_names=self._judge.other_names(query))[: self._k]
                        for query, each in found.items()
                    }
            yield from self._synthesised(facets, found, blank, reader)

        queries = list(dict.fromkeys(facet.query for facet in facets))
        k = self._k if self._reader is None else max(self._k, DEPTH)
        k = max(k, POOL) if facets[0].overview else k
        return answer_events(queries, retriever, synthesis, question=blank.query, k=k, filters=filters)

    def _synthesised(
        self, facets: Sequence[Facet], found: Mapping[str, Sequence[Passage]], blank: Answer, reader: Reader | None
    ) -> Iterator[AnswerEvent]:
        """From the passages of each facet to the answer."""
        passages = _merged([found[facet.query] for facet in facets])
        if not facets[0].overview:
            yield Found(passages)
        judged = [self._judge.judged(facet, found[facet.query], blank.time, reader) for facet in facets]
        if facets[0].overview:  # most of what was searched for briefings that go on with the story is of other things
            passages = _told_from(passages, judged[0])
            yield Found(passages)
        missing = tuple(item.facet.text for item in judged if item.probability < self._judge.threshold)
        query = self._judge.query(facets[0].query if facets[0].overview else blank.query)
        known = replace(
            blank,
            passages=passages,
            missing=missing,
            disagreements=disagreements(
                query, passages, [one for item in judged for one in (*item.evidence, *item.introductions)]
            ),
            contrary=tuple(dict.fromkeys(item.contrary for item in judged if item.contrary)),
            answerability=self._judge.told(max(item.probability for item in judged)),
            notes=tuple(dict.fromkeys((*blank.notes, *(item.note for item in judged if item.note)))),
        )
        sentences = said_once(self._chosen(judged, blank.time))
        if not sentences:
            near = self._likeliest(judged)
            yield Done(self._covered(query, replace(known, text=UNCLEAR if near else ABSTENTION, likeliest=near)))
            return
        for count in range(1, len(sentences) + 1):
            text, citations = cite(sentences[:count])
            yield Said(text, citations)
        yield Done(self._covered(query, replace(known, text=text, citations=citations, outcome="answered")))

    def _likeliest(self, judged: Sequence[Judged]) -> tuple[Side, ...]:
        """The best sentence of the facet that is likeliest to be answered, where that is likelier than not.

        Not one around which none of the facet's names stands, however like the question it is.
        """
        best = max(judged, key=lambda item: item.probability)
        if best.nearest is not None and not best.contrary:
            return (side_of(best.nearest, best.nearest.span),)
        unlikely = self._judge.told(best.probability) < LIKELIER_THAN_NOT
        if unlikely or best.facet.overview or best.contrary:
            return ()
        nearest = (side_of(one, one.answer or one.span) for one in best.evidence if one.names > 0)
        return tuple(islice(nearest, 1))

    def _covered(self, query: Query, answer: Answer) -> Answer:
        """The answer with the documents that mention its subject, and with the names that may have been meant."""
        if self._mentions is None:
            return answer
        found = coverage(query, self._mentions, filters=answer.filters)
        strangers = unknown(query.subjects, self._statistics.document_frequency) if answer.missing else ()
        meant = respelt((answer.question, answer.query), strangers, self._mentions)
        return replace(answer, coverage=found and parted_by(found, answer), did_you_mean=meant)

    def _chosen(self, judged: Sequence[Judged], time: DateRange | None) -> list[Cited]:
        """The sentences of all facets that are answered, facet by facet, none twice."""
        answered = [item for item in judged if item.probability >= self._judge.threshold]
        at_most = self._max_sentences if len(answered) < 2 else max(2, self._max_sentences // len(answered) + 1)
        chosen: list[Cited] = []
        if answered and answered[0].facet.overview:  # then it is the only one
            item = answered[0]
            if asks_timeline(item.facet.text):
                names = self._judge.query(item.facet.query).names
                return timeline(item.evidence, names=names, joined=item.joined)
            latest = newest_first(item.facet.text)
            told_of = of_newest_editions(item.evidence) if latest else item.evidence
            return overview(told_of, latest=latest, joined=item.joined)
        for item in answered:
            wanted, weaker_by = item.evidence, self._weaker_by
            if item.kind == "reason":
                weaker_by *= _MORE_REASONS
                wanted = reasons(wanted, weaker_by=weaker_by)
            if item.rows:  # all rows were read for these: nothing beside them answers
                told = select(item.rows, at_most=len(item.rows), weaker_by=math.inf, shown=chosen)
                chosen += told if time is not None else newest_edition_first(told, item.facet.query)
                continue
            listed = whole_list((*item.evidence, *item.introductions), wanted, weaker_by=weaker_by)
            listed = listed or whole_table(item.facet.query, wanted)
            chosen += select(listed, at_most=len(listed), weaker_by=math.inf, shown=chosen)
            told = select(wanted, at_most=at_most - len(listed), weaker_by=weaker_by, shown=chosen)
            if not listed and time is None:
                told = successor_first(newest_edition_first(told, item.facet.query), item.facet.query)
            chosen += told
        return chosen


def _told_from(passages: Sequence[Passage], judged: Judged) -> tuple[Passage, ...]:
    """Of the passages found for an overview the best ones, and those that its other evidence stands in."""
    chunks = {one.passage.chunk.id for one in judged.evidence}
    told = [passage for passage in passages if passage.rank <= PASSAGES or passage.chunk.id in chunks]
    return tuple(replace(passage, rank=rank) for rank, passage in enumerate(told, start=1))


def _merged(lists: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    """The passages of several searches in turns, each chunk once, ranked anew."""
    merged: dict[str, Passage] = {}
    for place in range(max((len(passages) for passages in lists), default=0)):
        for passages in lists:
            if place < len(passages):
                merged.setdefault(passages[place].chunk.id, passages[place])
    return tuple(replace(passage, rank=rank) for rank, passage in enumerate(merged.values(), start=1))
