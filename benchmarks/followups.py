"""Follow-ups: the last turn alone, glued to the exchange before, condensed by us, and rewritten by people.

    python -m benchmarks.followups DATA_FOLDER [--json FILE] [--cache FOLDER]

Conversations run turn by turn: what `condense` made of a question is the history of the next. On INSCIT each form of
the question is searched over the set's passages (RR@10; people rewrote none of these). On CANARD, CAsT and MTRAG the
stems that a form adds to the question are compared with those that people added, pooled over the turns that have
something before them, and the turns that people left as they are (but for case and punctuation) are counted where
`condense` changed nothing. "first" adds the turns that nothing was said before. The rules were written while looking
at CANARD's training dialogues, CAsT, MTRAG and INSCIT; CANARD's development dialogues were not looked at.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.answering.condensing import condense
from assistant.embedding.base import Embedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.index.store import Store
from assistant.language.words import stems
from assistant.retrieval.base import Retriever
from assistant.retrieval.dense import DenseRetriever
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.lexical import LexicalRetriever
from assistant.types import Answer, Conversation, Turn
from benchmarks import dialogues
from benchmarks.datasets import inscit
from benchmarks.dialogues import Dialogue
from benchmarks.encodings import CachedEmbedder
from benchmarks.retrieval import ExactIndex, fill, scores_of
from benchmarks.statistics import Estimate, estimate, permutation_test

_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Forms:
    """One question in its forms; `first` where nothing was said before."""

    id: str
    first: bool
    last: str
    glued: str
    ours: str
    human: str | None

    @property
    def stands_alone(self) -> bool:
        """Whether a person left it as it is, but for case and punctuation."""
        return self.human is not None and _plain(self.human) == _plain(self.last)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Stems that a form adds against those that people add, pooled over n turns, each with its interval."""

    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class RewriteResult:
    """One set of conversations: the stems added by form, and the shares of turns left alone that should be."""

    name: str
    added: Mapping[str, Overlap]
    untouched: Estimate
    untouched_with_first: Estimate
    p99_ms: float
    median_ms: float


def forms_of(dialogue: Dialogue, times: list[float]) -> list[Forms]:
    """All turns of a dialogue in their forms; the seconds that each `condense` took are added to `times`."""
    conversation = Conversation("benchmark")
    found = []
    before = ""
    for said in dialogue:
        started = time.perf_counter()
        query = condense(said.question, conversation)
        times.append(time.perf_counter() - started)
        glued = f"{before} {said.question}".strip()
        found.append(Forms(said.id, not conversation.turns, said.question, glued, query, said.rewrite))
        answer = Answer(said.question, query, said.answer, "answered" if said.answer else "abstained")
        conversation = conversation.with_turn(Turn(said.question, answer))
        before = f"{said.question} {said.answer}".strip()
    return found


def measure_rewrites(name: str, conversations: Sequence[Dialogue]) -> RewriteResult:
    """The figures of a set with human rewrites."""
    times: list[float] = []
    turns = [turn for dialogue in conversations for turn in forms_of(dialogue, times) if turn.human is not None]
    later = [turn for turn in turns if not turn.first]
    alone = [float(turn.ours == turn.last) for turn in later if turn.stands_alone]
    first = [float(turn.ours == turn.last) for turn in turns if turn.first]
    return RewriteResult(
        name,
        {"glued": overlap([(t.last, t.glued, t.human or "") for t in later]),
         "ours": overlap([(t.last, t.ours, t.human or "") for t in later])},
        estimate(alone),
        estimate(alone + first),
        1000 * float(np.quantile(times, 0.99)),
        1000 * float(np.median(times)),
    )  # fmt: skip


def overlap(rows: Sequence[tuple[str, str, str]]) -> Overlap:
    """Of rows (question, our form, human form): pooled precision, recall and F1, bootstrapped over rows."""
    counts = np.array([_counts(*row) for row in rows], dtype=np.float64)
    generator = np.random.default_rng(0)
    samples = np.array([_scores(counts[generator.integers(0, len(counts), len(counts))]) for _ in range(2000)])
    low, high = np.quantile(samples, 0.025, axis=0), np.quantile(samples, 0.975, axis=0)
    means = _scores(counts)
    return Overlap(*(Estimate(means[i], float(low[i]), float(high[i]), len(rows)) for i in range(3)))


def _counts(question: str, form: str, human: str) -> tuple[int, int, int]:
    """Stems added by both, by the form, by the human."""
    asked = set(stems(question))
    ours, theirs = set(stems(form)) - asked, set(stems(human)) - asked
    return len(ours & theirs), len(ours), len(theirs)


def _scores(counts: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> tuple[float, float, float]:
    both, ours, theirs = (float(value) for value in counts.sum(axis=0))
    return both / max(ours, 1.0), both / max(theirs, 1.0), 2 * both / max(ours + theirs, 1.0)


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """RR@10 on INSCIT: retriever -> form -> estimate, and p of ours against the last turn alone."""

    queries: int
    changed: int
    metrics: Mapping[str, Mapping[str, Estimate]]
    p_values: Mapping[str, float]
    changed_only: Mapping[str, Mapping[str, Estimate]]


def measure_retrieval(folder: Path, embedder: Embedder) -> RetrievalResult:
    """Every judged turn of INSCIT dev, searched in each form with each retriever."""
    data = inscit(folder)
    turns = {turn.id: turn for dialogue in dialogues.inscit(folder) for turn in forms_of(dialogue, [])}
    forms = {
        "last": [turns[query.id].last for query in data.queries],
        "glued": [turns[query.id].glued for query in data.queries],
        "ours": [turns[query.id].ours for query in data.queries],
    }
    different = [last != ours for last, ours in zip(forms["last"], forms["ours"], strict=True)]
    embedder.encode([text for texts in forms.values() for text in texts])  # in one go, so that the cache answers below
    metrics: dict[str, dict[str, Estimate]] = {}
    only: dict[str, dict[str, Estimate]] = {}
    p_values: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        store = Store(Path(scratch) / "index.sqlite", dimensions=embedder.dimensions)
        try:
            fill(store, data, embedder)
            index = ExactIndex(store)
            retrievers: Mapping[str, Retriever] = {
                "dense": DenseRetriever(index, embedder),
                "words": LexicalRetriever(index),
                "fused": FusedRetriever(index, embedder),
            }
            for name, retriever in retrievers.items():
                values = {}
                for form, texts in forms.items():
                    runs = [retriever.retrieve(text, k=_DEPTH) for text in texts]
                    values[form] = [
                        scores_of(query, [(p.source.document_id, p.chunk.text) for p in run])["RR@10"]
                        for query, run in zip(data.queries, runs, strict=True)
                    ]
                metrics[name] = {form: estimate(column) for form, column in values.items()}
                p_values[name] = permutation_test(values["ours"], values["last"])
                only[name] = {
                    form: estimate([value for value, new in zip(column, different, strict=True) if new])
                    for form, column in values.items()
                }
        finally:
            store.close()
    return RetrievalResult(len(data.queries), sum(different), metrics, p_values, only)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with the public data sets")
    parser.add_argument("--cache", type=Path, help="folder in which encodings are kept between runs")
    parser.add_argument("--json", type=Path, help="file to write the results to")
    arguments = parser.parse_args()
    try:
        sets = {
            "CANARD train": dialogues.canard(arguments.data, part="train"),
            "CANARD dev": dialogues.canard(arguments.data, part="dev"),
            "CANARD dev, no title": dialogues.canard(arguments.data, part="dev", title=False),
            "CAsT": dialogues.cast(arguments.data),
            "MTRAG": dialogues.mtrag(arguments.data),
        }
    except FileNotFoundError as error:
        print(f"the data are not there ({error.filename}): nothing was measured")
        return
    rewrites = [measure_rewrites(name, conversations) for name, conversations in sets.items()]
    for result in rewrites:
        for form, found in result.added.items():
            print(f"{result.name:<22}{form:<7}P {found.precision}  R {found.recall}  F1 {found.f1}  n {found.f1.n}")
        alone, first = result.untouched, result.untouched_with_first
        print(f"{'':<22}untouched {alone} n {alone.n}; with first {first} n {first.n}; ", end="")
        print(f"median {result.median_ms:.2f} ms, 99 of 100 under {result.p99_ms:.2f} ms")
    with tempfile.TemporaryDirectory() as scratch:
        embedder = CachedEmbedder(TransformerEmbedder(), arguments.cache or Path(scratch))
        retrieval = measure_retrieval(arguments.data, embedder)
    for name, forms in retrieval.metrics.items():
        figures = "  ".join(f"{form} {value}" for form, value in forms.items())
        changed = "  ".join(f"{form} {value.mean:.3f}" for form, value in retrieval.changed_only[name].items())
        print(f"INSCIT RR@10 {name:<7}{figures}  p(ours, last) {retrieval.p_values[name]:.4f}")
        print(f"{'':<20}of {retrieval.changed} changed of {retrieval.queries}: {changed}")
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        report = {
            "embedder": embedder.fingerprint,
            "inscit": asdict(retrieval),
            "rewrites": list(map(asdict, rewrites)),
        }
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
