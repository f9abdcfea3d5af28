"""How long an answer takes over 100,000 passages, and how soon the first passages are there.

    python -m benchmarks.large DATA_FOLDER [--passages 100000] [--questions 100] [--index FOLDER] [--json FILE]

The corpus is made of SQuAD's training half: its sentences, shuffled into passages of about 150 words, so that words are
as frequent as in real texts; each sentence stands in several passages. It is indexed as a user's folder is, except that
the vector of a passage is the mean of those of its sentences, each of which is encoded once: to encode the passages
would take most of an hour. With `--index` the folder is kept, and a run that was stopped goes on.

Asked are seeded questions of SQuAD, each once. Told are the median and the 95th percentile of the seconds until the
first passages (`Found`, which the page shows at once) and until the whole answer.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from assistant.chat import Assistant
from assistant.embedding.base import Embedder, Vectors
from assistant.embedding.transformer import TransformerEmbedder
from assistant.index.report import FileDone
from assistant.language.sentences import sentence_spans
from assistant.settings import Settings
from assistant.types import Done, Found
from assistant.wiring import Models, build_assistant, build_models
from benchmarks.answer_sets import AnswerSet, squad_train
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, write_results
from benchmarks.statistics import estimate, quantile

_WORDS = 150  # of a passage: one chunk
_A_FILE = 50  # passages
_ARTICLES = 442  # all
_AT_ONCE = 4096  # sentences
_WARM = 5  # questions that are asked before the clock runs
_PATIENCE = 3600.0  # seconds that Chroma may take to be proved


def write_shuffled(folder: Path, sentences: Sequence[str], *, passages: int, seed: int = 0) -> None:
    """Writes files of `_A_FILE` passages each, of sentences drawn without order; each is drawn before one comes twice.

    The same arguments write the same files, so that an index of them stays up to date.
    """
    chance = random.Random(seed)
    left: list[str] = []
    for number in range(0, passages, _A_FILE):
        written = []
        for _ in range(min(_A_FILE, passages - number)):
            passage: list[str] = []
            while sum(len(sentence.split()) for sentence in passage) < _WORDS:
                if not left:
                    left = list(sentences)
                    chance.shuffle(left)
                passage.append(left.pop())
            written.append(" ".join(passage))
        path = folder / f"{number // _A_FILE % 100:02}" / f"{number // _A_FILE:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(written) + "\n", encoding="utf-8")


def sentences_of(data: AnswerSet) -> list[str]:
    """The sentences of a set's documents, each once, without line breaks."""
    found = {
        " ".join(span.of(document.text).split()): None
        for document in data.documents
        for span in sentence_spans(document.text)
    }
    return [sentence for sentence in found if len(sentence.split()) >= 4]


class MeanOfSentences(TransformerEmbedder):
    """The bundled model, but that a text of several known sentences has the mean of their vectors."""

    fingerprint = "mean of sentences"

    def __init__(self, sentences: Sequence[str], vectors: Vectors) -> None:
        super().__init__()
        self._known = dict(zip(sentences, vectors, strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        found = [self._mean(text) for text in texts]
        others = iter(super().encode([text for text, vector in zip(texts, found, strict=True) if vector is None]))
        return np.array([next(others) if vector is None else vector for vector in found])

    def _mean(self, text: str) -> Vectors | None:
        parts = [self._known.get(span.of(text)) for span in sentence_spans(text)]
        known = [vector for vector in parts if vector is not None]
        if len(known) < 2:
            return None
        mean: Vectors = np.mean(known, axis=0, dtype=np.float32)
        return mean / np.linalg.norm(mean)


def sentence_vectors(sentences: Sequence[str], embedder: Embedder) -> Vectors:
    """The vectors of the sentences, with progress; those of one length together."""
    order = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
    vectors = np.zeros((len(sentences), embedder.dimensions), dtype=np.float32)
    for start in range(0, len(order), _AT_ONCE):
        numbers = order[start : start + _AT_ONCE]
        vectors[numbers] = embedder.encode([sentences[number] for number in numbers])
        print(f"{start + len(numbers):,} of {len(order):,} sentences", flush=True)
    return vectors


def timed(assistant: Assistant, questions: Sequence[str]) -> dict[str, object]:
    """Seconds until the first passages and until the answer, over the questions."""
    first, whole, answered = [], [], 0
    for question in questions:
        began, seen = time.perf_counter(), None
        for event in assistant.stream(question):
            if isinstance(event, Found) and seen is None:
                seen = time.perf_counter() - began
            elif isinstance(event, Done):
                answered += event.answer.outcome == "answered"
        whole.append(time.perf_counter() - began)
        first.append(seen if seen is not None else whole[-1])
    return {
        "first passages": {"median": _at(0.5, first), "p95": _at(0.95, first)},
        "answer": {"median": _at(0.5, whole), "p95": _at(0.95, whole)},
        "answered": answered,
    }


def _at(share: float, seconds: Sequence[float]) -> object:
    return asdict(estimate(seconds, statistic=quantile(share)))


def main() -> None:
    """Writes the corpus, indexes it, asks, and writes the results."""
    parser = runner("large", __doc__, data=True)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--index", type=Path, help="folder in which the corpus and its index are kept for the next run")
    arguments = parser.parse_args()
    data = squad_train(arguments.data, articles=_ARTICLES)
    sentences = sentences_of(data)
    questions = [each.text for each in random.Random(0).sample(data.questions, arguments.questions + _WARM)]
    with tempfile.TemporaryDirectory() as gone:
        place = arguments.index or Path(gone)
        write_shuffled(place / "corpus", sentences, passages=arguments.passages)
        settings = Settings(corpus=place / "corpus", index=place / "index")
        with bundled_embedder(arguments.cache or arguments.index) as embedder:
            vectors = sentence_vectors(sentences, embedder)
        models = Models(MeanOfSentences(sentences, vectors), build_models(settings).reader)
        assistant = build_assistant(settings, command="benchmark", models=models)
        try:
            for event in assistant.bring_up_to_date():
                if isinstance(event, FileDone) and event.done % 100 == 0:
                    print(f"{event.done} of {event.to_read} files", flush=True)
            if not assistant.library.index.wait_until_proved(_PATIENCE):
                raise SystemExit(f"the vector index was not proved: {assistant.vector_problem()}")
            for question in questions[:_WARM]:
                assistant.ask(question)
            size = {"passages": assistant.library.index.chunk_count, "distinct sentences": len(sentences)}
            results = {**size, **timed(assistant, questions[_WARM:])}
        finally:
            assistant.close()
    print(json.dumps(results, indent=1))
    write_results(parser, arguments, results, settings={"reading_tokens": settings.reading_tokens})


if __name__ == "__main__":
    main()
