"""Follow-ups: the last turn alone, glued to the exchange before, condensed by us, and rewritten by people.

    python -m benchmarks.followups DATA_FOLDER [--cache FOLDER] [--json FILE]

Conversations run turn by turn: what `condense` made of a question is the history of the next. On INSCIT each form of
the question is searched over the set's passages (RR@10; people rewrote none of these). On CANARD, CAsT and MTRAG the
stems that a form adds to the question are compared with those that people added, pooled over the turns that have
something before them, and the turns that people left as they are (but for case and punctuation) are counted where
`condense` changed nothing. "first" adds the turns that nothing was said before. The rules were written while looking
at CANARD's training dialogues, CAsT, MTRAG and INSCIT; CANARD's development dialogues were not looked at.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import compress
from pathlib import Path

import numpy as np

from assistant.answering.followups.condensing import condense
from assistant.embedding.base import Embedder
from assistant.language.words import stems
from assistant.retrieval.base import Retriever
from assistant.retrieval.dense import DenseRetriever
from assistant.retrieval.fused import FusedRetriever
from assistant.retrieval.lexical import LexicalRetriever
from assistant.types import Answer, Conversation, Turn
from benchmarks import dialogues
from benchmarks.datasets import RetrievalSet, inscit
from benchmarks.dialogues import Dialogue
from benchmarks.encodings import bundled_embedder
from benchmarks.retrieval import scores_of
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex
from benchmarks.statistics import Estimate, difference, estimate, permutation_test

_DEPTH = 50
_WITH_REWRITES: Mapping[str, Callable[[Path], list[Dialogue]]] = {
    "CANARD train": lambda folder: dialogues.canard(folder, part="train"),
    "CANARD dev": lambda folder: dialogues.canard(folder, part="dev"),
    "CANARD dev, no title": lambda folder: dialogues.canard(folder, part="dev", title=False),
    "CAsT": dialogues.cast,
    "MTRAG": dialogues.mtrag,
}


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
    """RR@10 on INSCIT: retriever -> form -> estimate; ours minus the last turn alone, with its p-value."""

    queries: int
    changed: int
    metrics: Mapping[str, Mapping[str, Estimate]]
    differences: Mapping[str, Estimate]
    p_values: Mapping[str, float]
    changed_only: Mapping[str, Mapping[str, Estimate]]


def measure_retrieval(data: RetrievalSet, conversations: Sequence[Dialogue], embedder: Embedder) -> RetrievalResult:
    """Every judged turn of INSCIT dev, searched in each form with each retriever."""
    turns = {turn.id: turn for dialogue in conversations for turn in forms_of(dialogue, [])}
    asked = [turns[query.id] for query in data.queries]
    forms = {
        "last": [turn.last for turn in asked],
        "glued": [turn.glued for turn in asked],
        "ours": [turn.ours for turn in asked],
    }
    different = [turn.last != turn.ours for turn in asked]
    embedder.encode([text for texts in forms.values() for text in texts])  # in one go, so that the cache answers below
    values: dict[str, dict[str, list[float]]] = {}
    with SetIndex(data.documents, embedder) as index:
        retrievers: Mapping[str, Retriever] = {
            "vectors": DenseRetriever(index, embedder),
            "words": LexicalRetriever(index),
            "fused": FusedRetriever(index, embedder),
        }
        for name, retriever in retrievers.items():
            values[name] = {form: _reciprocal_ranks(data, retriever, texts) for form, texts in forms.items()}
    return RetrievalResult(
        queries=len(data.queries),
        changed=sum(different),
        metrics={name: {form: estimate(column) for form, column in of.items()} for name, of in values.items()},
        differences={name: difference(of["ours"], of["last"]) for name, of in values.items()},
        p_values={name: permutation_test(of["ours"], of["last"]) for name, of in values.items()},
        changed_only={
            name: {form: estimate(list(compress(column, different))) for form, column in of.items()}
            for name, of in values.items()
        },
    )


def _reciprocal_ranks(data: RetrievalSet, retriever: Retriever, texts: Sequence[str]) -> list[float]:
    """RR@10 of each question of the set, searched as the text in its place."""
    found = []
    for query, text in zip(data.queries, texts, strict=True):
        run = [(p.source.document_id, p.chunk.text) for p in retriever.retrieve(text, k=_DEPTH)]
        found.append(scores_of(query, run)["RR@10"])
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def main() -> None:
    """The command line."""
    parser = runner("followups", __doc__, data=True)
    arguments = parser.parse_args()
    rewrites = []
    for name, conversations in sets_there(_WITH_REWRITES, arguments.data):
        rewrites.append(measure_rewrites(name, conversations))
        print(_rewrites_text(rewrites[-1]), flush=True)
    retrieval = None
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there({"INSCIT": inscit}, arguments.data):
            retrieval = measure_retrieval(data, dialogues.inscit(arguments.data), embedder)
            print(_retrieval_text(retrieval))
    if rewrites or retrieval:
        results = {
            "inscit": asdict(retrieval) if retrieval else None,
            "rewrites": [asdict(result) for result in rewrites],
        }
        write_results(parser, arguments, results, settings={"embedder": embedder.fingerprint, "passages": _DEPTH})


def _rewrites_text(result: RewriteResult) -> str:
    lines = [
        f"{result.name:<22}{form:<7}P {found.precision}  R {found.recall}  F1 {found.f1}  n {found.f1.n}"
        for form, found in result.added.items()
    ]
    alone, first = result.untouched, result.untouched_with_first
    lines.append(
        f"{'':<22}untouched {alone} n {alone.n}; with first {first} n {first.n}; "
        f"median {result.median_ms:.2f} ms, 99 of 100 under {result.p99_ms:.2f} ms"
    )
    return "\n".join(lines)


def _retrieval_text(result: RetrievalResult) -> str:
    lines = []
    for name, forms in result.metrics.items():
        figures = "  ".join(f"{form} {value}" for form, value in forms.items())
        changed = "  ".join(f"{form} {value.value:.3f}" for form, value in result.changed_only[name].items())
        lines.append(f"INSCIT RR@10 {name:<8}{figures}  p(ours, last) {result.p_values[name]:.4f}")
        lines.append(f"{'':<21}of {result.changed} changed of {result.queries}: {changed}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
