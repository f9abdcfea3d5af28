"""Ranking metrics against ir_measures (trec_eval's own code underneath) on random runs."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from assistant.evaluation.cases import RelevantSpan
from assistant.evaluation.metrics.base import Observation
from assistant.evaluation.metrics.case_metric import CaseMetric
from assistant.evaluation.metrics.ndcg import ndcg_at
from assistant.evaluation.metrics.recall import recall_at
from assistant.evaluation.metrics.reciprocal_rank import reciprocal_rank_at
from assistant.evaluation.metrics.success import success_at
from assistant.types import Chunk, Passage, Span
from tests.evaluation.metrics.made import answered, case, source_of

RUNS = 1000
LENGTH = 100  # characters of a passage; passage n of a document covers n * LENGTH to (n + 1) * LENGTH
Home = tuple[str, int]
"""A document and the number of a passage in it."""
Runs = dict[str, tuple[list[Home], list[list[Home]]]]
"""For each query the passages as ranked, and for each evidence entry the passages that its quotes lie in."""
PAIRS = {
    "R@5": (recall_at, 5, R @ 5),
    "R@10": (recall_at, 10, R @ 10),
    "Success@1": (success_at, 1, Success @ 1),
    "Success@5": (success_at, 5, Success @ 5),
    "RR@10": (reciprocal_rank_at, 10, RR @ 10),
    "nDCG@10": (ndcg_at, 10, nDCG @ 10),
}


def _passages(ranked: Sequence[Home]) -> tuple[Passage, ...]:
    found = []
    for rank, (document, number) in enumerate(ranked, start=1):
        span = Span(number * LENGTH, (number + 1) * LENGTH)
        chunk = Chunk(f"{document}-{number}", document, number, span, "x" * LENGTH, (span,))
        found.append(Passage(chunk, source_of(document, ""), rank, 1 / rank, "made"))
    return tuple(found)


def _observed(ranked: Sequence[Home], entries: Sequence[Sequence[Home]]) -> Observation:
    """`entries`: for each evidence entry the (document, passage number) pairs that its quotes lie in."""
    golden = case(*([(document, "q") for document, _ in places] for places in entries))
    spans = tuple(
        RelevantSpan(number, document, document, Span(at * LENGTH + 10, at * LENGTH + 40), "q")
        for number, places in enumerate(entries)
        for document, at in places
    )
    return Observation(golden, spans, answered(passages=_passages(ranked)), {})


def _oracle(
    measure: ir_measures.Measure, qrels: Mapping[str, set[str]], run: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """The oracle's value of each query; it leaves out queries without a run, which have 0."""
    judged = [ir_measures.Qrel(query, item, 1) for query, items in qrels.items() for item in items]
    scored = [
        ir_measures.ScoredDoc(query, item, float(len(items) - position))
        for query, items in run.items()
        for position, item in enumerate(items)
    ]
    values = dict.fromkeys(qrels, 0.0)
    if scored:
        values |= {each.query_id: each.value for each in ir_measures.iter_calc([measure], judged, scored)}
    return values


def _compare(metric: CaseMetric, observations: Mapping[str, Observation], expected: Mapping[str, float]) -> None:
    ours: dict[str, float] = {}
    for query, observation in observations.items():
        value = metric.score(observation).value
        assert value is not None
        ours[query] = value
    assert ours.keys() == expected.keys()
    wrong = {query: (ours[query], expected[query]) for query in ours if abs(ours[query] - expected[query]) > 1e-9}
    assert not wrong
    assert len(set(ours.values())) > 1, "runs that all score the same show nothing"


@pytest.fixture(scope="module")
def single_runs() -> Runs:
    """Every entry stands in one passage and no two in the same: the field's own setting."""
    draw = random.Random(1)
    runs: Runs = {}
    for number in range(RUNS):
        pool = [(f"d{document}", at) for document in range(6) for at in range(5)]
        relevant = draw.sample(pool, draw.randint(1, 12))
        ranked = draw.sample(pool, draw.choice([0, 1, 3, 10, 25]))
        runs[f"q{number}"] = (ranked, [[home] for home in relevant])
    return runs


@pytest.fixture(scope="module")
def tangled_runs() -> Runs:
    """Entries with several homes, passages with several entries, the same fact found again and again."""
    draw = random.Random(2)
    runs: Runs = {}
    for number in range(RUNS):
        pool = [(f"d{document}", at) for document in range(4) for at in range(4)]
        entries = [draw.sample(pool, draw.randint(1, 4)) for _ in range(draw.randint(1, 6))]
        runs[f"q{number}"] = (draw.sample(pool, draw.choice([0, 2, 8, 16])), entries)
    return runs


@pytest.mark.parametrize("name", PAIRS)
def test_passages_score_as_the_oracle_does(name: str, single_runs: Runs) -> None:
    build, k, measure = PAIRS[name]
    observations = {query: _observed(*run) for query, run in single_runs.items()}
    qrels = {query: {str(home) for (home,) in entries} for query, (_, entries) in single_runs.items()}
    run = {query: [str(home) for home in ranked] for query, (ranked, _) in single_runs.items()}
    _compare(build(k), observations, _oracle(measure, qrels, run))


@pytest.mark.parametrize("name", PAIRS)
def test_documents_score_as_the_oracle_does_where_each_entry_has_a_document_of_its_own(name: str) -> None:
    build, k, measure = PAIRS[name]
    draw = random.Random(3)
    observations, qrels, run = {}, {}, {}
    for number in range(RUNS):
        documents = [f"d{document}" for document in range(14)]
        relevant = draw.sample(documents, draw.randint(1, 11))
        ranked = [(draw.choice(documents), at) for at in range(draw.choice([0, 2, 10, 30]))]
        query = f"q{number}"
        observations[query] = _observed(ranked, [[(document, 40)] for document in relevant])
        qrels[query] = set(relevant)
        run[query] = list(dict.fromkeys(document for document, _ in ranked))
    _compare(build(k, "document"), observations, _oracle(measure, qrels, run))


def test_recall_is_the_mean_success_of_the_entries_however_they_are_tangled(tangled_runs: Runs) -> None:
    observations = {query: _observed(*run) for query, run in tangled_runs.items()}
    qrels, run = {}, {}
    for query, (ranked, entries) in tangled_runs.items():
        for number, places in enumerate(entries):
            qrels[f"{query} {number}"] = {str(home) for home in places}
            run[f"{query} {number}"] = [str(home) for home in ranked]
    by_entry = defaultdict(list)
    for name, value in _oracle(Success @ 5, qrels, run).items():
        by_entry[name.split()[0]].append(value)
    _compare(recall_at(5), observations, {query: sum(each) / len(each) for query, each in by_entry.items()})


@pytest.mark.parametrize("name", ["Success@1", "Success@5", "RR@10"])
def test_the_first_relevant_passage_counts_the_same_however_entries_are_tangled(name: str, tangled_runs: Runs) -> None:
    build, k, measure = PAIRS[name]
    observations = {query: _observed(*run) for query, run in tangled_runs.items()}
    qrels = {
        query: {str(home) for places in entries for home in places} for query, (_, entries) in tangled_runs.items()
    }
    run = {query: [str(home) for home in ranked] for query, (ranked, _) in tangled_runs.items()}
    _compare(build(k), observations, _oracle(measure, qrels, run))


def test_ndcg_is_the_oracles_over_first_showings_and_what_was_not_found(tangled_runs: Runs) -> None:
    observations = {query: _observed(*run) for query, run in tangled_runs.items()}
    qrels: dict[str, set[str]] = {}
    for query, (ranked, entries) in tangled_runs.items():
        left = {number: frozenset(places) for number, places in enumerate(entries)}
        qrels[query] = set()
        for home in ranked:  # by the rule in words: relevant is who shows an entry that none before has shown
            shown = [number for number, places in left.items() if home in places]
            if shown:
                qrels[query].add(str(home))
            for number in shown:
                del left[number]
        qrels[query] |= {f"not found: {sorted(places)}" for places in left.values()}
    run = {query: [str(home) for home in ranked] for query, (ranked, _) in tangled_runs.items()}
    _compare(ndcg_at(10), observations, _oracle(nDCG @ 10, qrels, run))
