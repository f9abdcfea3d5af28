"""Retrieval on public development sets: stock LlamaIndex, words, vectors, rank fusion and ours, in one run.

    python -m benchmarks.retrieval DATA_FOLDER [--sets squad inscit] [--at-most 600] [--cache FOLDER] [--json FILE]

Needs `pip install llama-index-vector-stores-chroma` for stock LlamaIndex.

Every retriever is asked for 50 passages; the first ten distinct documents of them count. RR@10 is the reciprocal rank
of the first relevant document, R@k the share of the relevant ones among the first k, Success@k whether any is there,
and AnsIn@5 whether an answer stands, letter for letter but for case, in the first five passages.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from assistant.embedding.base import Embedder
from assistant.reading.base import Reader
from assistant.reading.cross_encoder import CrossEncoder
from assistant.retrieval.base import Retriever
from assistant.retrieval.dense import DenseRetriever
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.lexical import LexicalRetriever
from assistant.retrieval.reranked import RerankedRetriever
from benchmarks.datasets import LOADERS, Query, RetrievalSet
from benchmarks.encodings import bundled_embedder
from benchmarks.gold_answers import gives_one
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex
from benchmarks.statistics import Estimate, difference, estimate, permutation_test
from benchmarks.stock import StockRetriever

_DEPTH = 50
_RRF = 60  # Cormack, Clarke and Buettcher 2009
NAMES = {
    "B0": "stock LlamaIndex",
    "B1": "words",
    "B2": "vectors",
    "B3": "rank fusion",
    "fused": "without reading",
    "ours": "read",
}

Run = Sequence[tuple[str, str]]
"""Document id and text of each passage, best first."""


@dataclass(frozen=True, slots=True)
class SetResult:
    """The figures of one set: retriever -> metric -> estimate, and ours minus each baseline with its p-value.

    `seconds_per_query` is ours, with the encoding of the query taken from a file.
    """

    name: str
    documents: int
    chunks: int
    queries: int
    measure: str
    metrics: Mapping[str, Mapping[str, Estimate]]
    differences: Mapping[str, Estimate]
    p_values: Mapping[str, float]
    seconds_per_query: float


def measure(data: RetrievalSet, embedder: Embedder, reader: Reader) -> SetResult:
    """All retrievers over one set."""
    with SetIndex(data.documents, embedder) as index:
        return _measured(data, index, embedder, reader)


def _measured(data: RetrievalSet, index: SetIndex, embedder: Embedder, reader: Reader) -> SetResult:
    embedder.encode([query.text for query in data.queries])  # in one go, so that the cache answers below
    dense, lexical = DenseRetriever(index, embedder), LexicalRetriever(index)
    fused = FusedRetriever(index, embedder)
    read = RerankedRetriever(fused, reader)

    def passages(retriever: Retriever, query: str) -> Run:
        return [(p.source.document_id, p.chunk.text) for p in retriever.retrieve(query, k=_DEPTH)]

    def rank_fusion(query: str) -> Run:
        runs = [retriever.retrieve(query, k=100) for retriever in (lexical, dense)]
        found = {p.chunk.id: (p.source.document_id, p.chunk.text) for run in runs for p in run}
        scores = {i: sum(1 / (_RRF + p.rank) for run in runs for p in run if p.chunk.id == i) for i in found}
        return [found[i] for i in sorted(found, key=lambda i: -scores[i])[:_DEPTH]]

    systems: dict[str, Callable[[str], Run]] = {
        **_stock(data, embedder),
        "B1": lambda query: passages(lexical, query),
        "B2": lambda query: passages(dense, query),
        "B3": rank_fusion,
        "fused": lambda query: passages(fused, query),
        "ours": lambda query: passages(read, query),
    }
    values: dict[str, dict[str, list[float]]] = {}
    seconds = 0.0
    for name, system in systems.items():
        started = time.perf_counter()
        rows = [scores_of(query, system(query.text)) for query in data.queries]
        seconds = (time.perf_counter() - started) / len(rows)
        keys = dict.fromkeys(key for row in rows for key in row)
        values[name] = {key: [row[key] for row in rows if key in row] for key in keys}
    ours = values["ours"][data.measure]
    others = {name: table[data.measure] for name, table in values.items() if name != "ours"}
    return SetResult(
        name=data.name,
        documents=len(data.documents),
        chunks=index.chunk_count,
        queries=len(data.queries),
        measure=data.measure,
        metrics={name: {key: estimate(column) for key, column in table.items()} for name, table in values.items()},
        differences={name: difference(ours, theirs) for name, theirs in others.items()},
        p_values={name: permutation_test(ours, theirs) for name, theirs in others.items()},
        seconds_per_query=seconds,
    )


def _stock(data: RetrievalSet, embedder: Embedder) -> dict[str, Callable[[str], Run]]:
    """Stock LlamaIndex over the set, if its adapter for Chroma is installed."""
    try:
        stock = StockRetriever(data.documents, embedder, name=data.name)
    except ImportError as error:
        print(f"stock LlamaIndex is left out ({error}): pip install llama-index-vector-stores-chroma.", flush=True)
        return {}
    return {"B0": lambda query: stock.retrieve(query, k=_DEPTH)}


def scores_of(query: Query, run: Run) -> dict[str, float]:
    """The metrics of one query; AnsIn@5 only where the query has answers."""
    documents = list(dict.fromkeys(document for document, _ in run))[:10]
    first = next((rank for rank, document in enumerate(documents, start=1) if document in query.relevant), None)
    scores = {"RR@10": 0.0 if first is None else 1 / first}
    for k in (1, 5, 10):
        scores[f"Success@{k}"] = float(first is not None and first <= k)
    for k in (5, 10):
        scores[f"R@{k}"] = len(query.relevant.intersection(documents[:k])) / len(query.relevant)
    if query.answers:
        scores["AnsIn@5"] = float(any(gives_one(text, query.answers) for _, text in run[:5]))
    return scores


def table(results: Sequence[SetResult]) -> str:
    """The comparison as text: one line a set and retriever."""
    lines = [f"{'set':<12}{'retriever':<24}{'measure':<8}{'mean [95 %]':<24}{'p of ours':<11}others"]
    for result in results:
        for name, metrics in result.metrics.items():
            others = "  ".join(f"{key} {value.value:.3f}" for key, value in metrics.items() if key != result.measure)
            p = "" if name == "ours" else f"{result.p_values[name]:.4f}"
            label = f"{name} {NAMES[name]}"
            lines.append(
                f"{result.name:<12}{label:<24}{result.measure:<8}{metrics[result.measure]!s:<24}{p:<11}{others}"
            )
        lines.append(
            f"{'':<12}{result.documents} documents, {result.chunks} chunks, {result.queries} queries, "
            f"{1000 * result.seconds_per_query:.1f} ms a query (encoding cached)"
        )
    return "\n".join(lines)


def _drawn(data: RetrievalSet, at_most: int | None) -> RetrievalSet:
    if at_most is None or len(data.queries) <= at_most:
        return data
    return replace(data, queries=tuple(random.Random(0).sample(data.queries, at_most)))


def main() -> None:
    """The command line."""
    parser = runner("retrieval", __doc__, data=True)
    parser.add_argument("--sets", nargs="+", choices=list(LOADERS), default=list(LOADERS))
    parser.add_argument("--at-most", type=int, help="questions of a set, drawn by chance (default: all)")
    arguments = parser.parse_args()
    results = []
    reader = CrossEncoder()
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there({name: LOADERS[name] for name in arguments.sets}, arguments.data):
            results.append(measure(_drawn(data, arguments.at_most), embedder, reader))
            print(table(results[-1:]), flush=True)
    if results:
        settings = {
            "embedder": embedder.fingerprint,
            "reader": reader.name,
            "passages": _DEPTH,
            "rank fusion k": _RRF,
            "questions of a set": arguments.at_most or "all",
        }
        write_results(parser, arguments, [asdict(result) for result in results], settings=settings)


if __name__ == "__main__":
    main()
