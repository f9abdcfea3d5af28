"""Retrieval on public development sets: stock LlamaIndex, words, vectors, rank fusion and ours, in one run.

    python -m benchmarks.retrieval DATA_FOLDER [--sets squad inscit] [--cache FOLDER] [--json FILE]

Every retriever is asked for 50 passages; the first ten distinct documents of them count. RR@10 is the reciprocal rank
of the first relevant document, R@k the share of the relevant ones among the first k, Success@k whether any is there,
and AnsIn@5 whether an answer stands, letter for letter but for case, in the first five passages.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.base import Embedder, Vectors
from assistant.embedding.transformer import TransformerEmbedder
from assistant.index.rows import FileRow, vector_key
from assistant.index.store import Store
from assistant.retrieval.dense import DenseRetriever
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.lexical import LexicalRetriever
from assistant.types import Chunk, Filters, Source
from benchmarks.datasets import LOADERS, Query, RetrievalSet, load
from benchmarks.encodings import CachedEmbedder
from benchmarks.statistics import Estimate, estimate, permutation_test
from benchmarks.stock import StockRetriever

_DEPTH = 50
_RRF = 60  # Cormack, Clarke and Buettcher 2009
NAMES = {"B0": "stock LlamaIndex", "B1": "words", "B2": "vectors", "B3": "rank fusion", "ours": "fused"}

Run = Sequence[tuple[str, str]]
"""Document id and text of each passage, best first."""


class ExactIndex:
    """The product's store with its exact vector search (what answers whenever Chroma is not proved)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.search_words = store.search_words
        self.document_frequency = store.document_frequency
        self.chunk_vectors = store.chunk_vectors

    @property
    def chunk_count(self) -> int:
        """How many chunks there are."""
        return self._store.chunk_count

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[str, float]]:
        """The k nearest chunks with their cosines."""
        return self._store.exact_nearest(vector, k, filters)

    def chunks(self, ids: Sequence[str]) -> list[tuple[Chunk, Source]]:
        """The chunks in the order of the ids."""
        return self._store.chunks(ids)


@dataclass(frozen=True, slots=True)
class SetResult:
    """The figures of one set: retriever -> metric -> estimate, and p-values of ours against each baseline."""

    name: str
    documents: int
    chunks: int
    queries: int
    measure: str
    metrics: Mapping[str, Mapping[str, Estimate]]
    p_values: Mapping[str, float]
    seconds_per_query: float


def measure(data: RetrievalSet, embedder: Embedder) -> SetResult:
    """All retrievers over one set."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "index.sqlite", dimensions=embedder.dimensions)
        try:
            fill(store, data, embedder)
            return _measured(data, ExactIndex(store), embedder)
        finally:
            store.close()


def fill(store: Store, data: RetrievalSet, embedder: Embedder) -> None:
    """Chunks, embeds and stores the documents of a set, as a sync of files would."""
    chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
    chunks = {document.id: chunker.chunk(document) for document in data.documents}
    texts = {chunk.id: chunker.embedded_text(d, chunk) for d in data.documents for chunk in chunks[d.id]}
    vectors = dict(zip(texts, embedder.encode(list(texts.values())), strict=True))
    for document in data.documents:
        keys = {chunk.id: vector_key(embedder.fingerprint, texts[chunk.id]) for chunk in chunks[document.id]}
        store.replace_file(
            FileRow(document.file, len(document.text), 0, document.source.content_hash, "indexed"),
            [(document, [(chunk, keys[chunk.id]) for chunk in chunks[document.id]])],
            {keys[chunk.id]: vectors[chunk.id] for chunk in chunks[document.id]},
        )


def _measured(data: RetrievalSet, index: ExactIndex, embedder: Embedder) -> SetResult:
    embedder.encode([query.text for query in data.queries])  # in one go, so that the cache answers below
    stock = StockRetriever(data.documents, embedder, name=data.name)
    dense, lexical = DenseRetriever(index, embedder), LexicalRetriever(index)
    fused = FusedRetriever(index, embedder)

    def passages(retriever: DenseRetriever | LexicalRetriever | FusedRetriever, query: str) -> Run:
        return [(p.source.document_id, p.chunk.text) for p in retriever.retrieve(query, k=_DEPTH)]

    def rank_fusion(query: str) -> Run:
        runs = [retriever.retrieve(query, k=100) for retriever in (lexical, dense)]
        found = {p.chunk.id: (p.source.document_id, p.chunk.text) for run in runs for p in run}
        scores = {i: sum(1 / (_RRF + p.rank) for run in runs for p in run if p.chunk.id == i) for i in found}
        return [found[i] for i in sorted(found, key=lambda i: -scores[i])[:_DEPTH]]

    systems: Mapping[str, Callable[[str], Run]] = {
        "B0": lambda query: stock.retrieve(query, k=_DEPTH),
        "B1": lambda query: passages(lexical, query),
        "B2": lambda query: passages(dense, query),
        "B3": rank_fusion,
        "ours": lambda query: passages(fused, query),
    }
    values: dict[str, dict[str, list[float]]] = {}
    seconds = 0.0
    for name, system in systems.items():
        started = time.perf_counter()
        rows = [scores_of(query, system(query.text)) for query in data.queries]
        seconds = (time.perf_counter() - started) / len(rows)
        keys = dict.fromkeys(key for row in rows for key in row)
        values[name] = {key: [row[key] for row in rows if key in row] for key in keys}
    return SetResult(
        name=data.name,
        documents=len(data.documents),
        chunks=index.chunk_count,
        queries=len(data.queries),
        measure=data.measure,
        metrics={name: {key: estimate(column) for key, column in table.items()} for name, table in values.items()},
        p_values={
            name: permutation_test(values["ours"][data.measure], values[name][data.measure])
            for name in systems
            if name != "ours"
        },
        seconds_per_query=seconds,
    )


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
        texts = [text.casefold() for _, text in run[:5]]
        scores["AnsIn@5"] = float(any(answer.casefold() in text for answer in query.answers for text in texts))
    return scores


def table(results: Sequence[SetResult]) -> str:
    """The comparison as text: one line a set and retriever."""
    lines = [f"{'set':<12}{'retriever':<24}{'measure':<8}{'mean [95 %]':<24}{'p of ours':<11}others"]
    for result in results:
        for name, metrics in result.metrics.items():
            others = "  ".join(f"{key} {value.mean:.3f}" for key, value in metrics.items() if key != result.measure)
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


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with the public data sets")
    parser.add_argument("--sets", nargs="+", choices=list(LOADERS), default=list(LOADERS))
    parser.add_argument("--cache", type=Path, help="folder in which encodings are kept between runs")
    parser.add_argument("--json", type=Path, help="file to write the results to")
    arguments = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        embedder = CachedEmbedder(TransformerEmbedder(), arguments.cache or Path(scratch))
        for name in arguments.sets:
            try:
                data = load(name, arguments.data)
            except FileNotFoundError as error:
                print(f"{name}: the data are not there ({error.filename}); skipped")
                continue
            results.append(measure(data, embedder))
            print(table(results[-1:]), flush=True)
            if arguments.json:
                arguments.json.parent.mkdir(parents=True, exist_ok=True)
                report = {"embedder": embedder.fingerprint, "sets": [asdict(result) for result in results]}
                arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
