"""Asked as of a day, does an answer come from the news of that time? RealTimeQA, each question on its own date.

    python -m benchmarks.as_of DATA_FOLDER [--cache FOLDER] [--json FILE]

The share of questions whose first citation, and whose first passage, is dated between 45 days before the question and
7 days after it, asked with `as_of` and without; and how often the first three sentences hold a gold answer either way.
Abstention is switched off, as a question that is refused has no citation.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from assistant.answering.calibration import shipped
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.embedding.base import Embedder
from assistant.language.dates import time_of_question
from assistant.reading.base import Reader
from assistant.reading.cross_encoder import CrossEncoder
from assistant.retrieval.fused import FusedRetriever
from assistant.types import Answer, DateRange, Done, Filters, Source
from benchmarks.datasets import Query, RetrievalSet, realtimeqa
from benchmarks.encodings import bundled_embedder
from benchmarks.gold_answers import gives_one
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex
from benchmarks.statistics import difference, estimate, permutation_test

BEFORE, AFTER = timedelta(days=45), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Dated:
    """What one answer shows: 1 where the first passage and the first citation are of the time, and hold an answer."""

    passage: float
    citation: float
    answered: float


def measure(data: RetrievalSet, embedder: Embedder, reader: Reader | None) -> dict[str, object]:
    """All figures, with `as_of` beside without."""
    queries = [query for query in data.queries if query.day is not None]
    with SetIndex(data.documents, embedder) as index:
        always = replace(shipped(reading=reader is not None), threshold=0.0)
        retriever = FusedRetriever(index, embedder)
        answerer = ExtractiveAnswerer(
            retriever, embedder, index, reader=reader, calibration=always, chunks_of=index.chunks_of
        )
        as_of = [dated(query, _asked(answerer, query, as_of=True)) for query in queries]
        plain = [dated(query, _asked(answerer, query, as_of=False)) for query in queries]
    return {
        "set": data.name,
        "documents": len(data.documents),
        "questions": len(queries),
        "days_before": BEFORE.days,
        "days_after": AFTER.days,
        "first passage of the time": _beside([each.passage for each in as_of], [each.passage for each in plain]),
        "first citation of the time": _beside([each.citation for each in as_of], [each.citation for each in plain]),
        "an answer in three sentences": _beside([each.answered for each in as_of], [each.answered for each in plain]),
    }


def dated(query: Query, answer: Answer) -> Dated:
    """Whether first passage and citation are of the time of the query, and the first three sentences hold it."""
    assert query.day is not None
    shown = [citation.quote for citation in answer.citations[:3]]
    return Dated(
        passage=float(bool(answer.passages) and _of_the_time(answer.passages[0].source, query.day)),
        citation=float(bool(answer.citations) and _of_the_time(answer.citations[0].source, query.day)),
        answered=float(any(gives_one(sentence, query.answers) for sentence in shown)),
    )


def _of_the_time(source: Source, day: date) -> bool:
    return source.date is not None and source.date in DateRange(day - BEFORE, day + AFTER)


def _asked(answerer: ExtractiveAnswerer, query: Query, *, as_of: bool) -> Answer:
    """The answer as `Assistant.ask` gives it: with `as_of` nothing dated later is searched."""
    found = time_of_question(query.text, today=query.day or date.today())
    filters = Filters(dates=DateRange(None, query.day)) if as_of else Filters()
    *_, last = answerer.stream(query.text, query.text, filters=filters, time=found[0] if found else None)
    assert isinstance(last, Done)
    return last.answer


def _beside(as_of: Sequence[float], plain: Sequence[float]) -> dict[str, object]:
    return {
        "as_of": asdict(estimate(as_of)),
        "without": asdict(estimate(plain)),
        "difference": asdict(difference(as_of, plain)),
        "p": permutation_test(as_of, plain),
    }


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("as_of", __doc__, data=True)
    arguments = parser.parse_args()
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there({"realtimeqa": realtimeqa}, arguments.data):
            results = measure(data, embedder, CrossEncoder())
            print(json.dumps(results, indent=1), flush=True)
            write_results(parser, arguments, results, settings={"embedder": embedder.fingerprint})


if __name__ == "__main__":
    main()
