"""The baselines that need an LLM, on the answer sets; to be run beside a generative answerer, with the same LLM.

    ASSISTANT_LLM_URL=... ASSISTANT_LLM_MODEL=... python -m benchmarks.llm_baselines DATA_FOLDER [--questions 50]

B4 is LlamaIndex's `CitationQueryEngine` as shipped (chunks of 512 tokens as sources) over Chroma, with our embedding
model and the LLM of the settings. Of answerable questions: how often the answer holds a gold answer, and how often one
of the sources that it cites does. Of unanswerable ones: how often it says so instead of answering. PaperQA2 (B5) is not
run from here: it needs an environment of its own.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from assistant.embedding.base import Embedder
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.types import Document
from assistant.wiring import build_llm
from benchmarks.answer_sets import AnswerSet, Question, realtimeqa_all, squad_dev
from benchmarks.encodings import bundled_embedder
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.statistics import estimate
from benchmarks.stock import adapted

_MARKER = re.compile(r"\[(\d+)\]")
_REFUSAL = re.compile(
    r"\b(?:do(?:es)? not|don't|doesn't|did not|cannot|can't|no) "
    r"(?:\w+ ){0,3}(?:contain|provide|mention|say|answer|information|specif|determine|state)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a baseline said, and the texts of the sources whose numbers it cites."""

    text: str
    cited: tuple[str, ...]
    seconds: float

    @property
    def refuses(self) -> bool:
        """Whether it says that the sources do not answer."""
        return bool(_REFUSAL.search(self.text))


class CitationBaseline:
    """B4: `CitationQueryEngine` over an in-memory Chroma."""

    def __init__(self, documents: Sequence[Document], embedder: Embedder, llm: Any) -> None:
        import chromadb
        from llama_index.core import Document as LlamaDocument
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.core.query_engine import CitationQueryEngine
        from llama_index.vector_stores.chroma import ChromaVectorStore

        client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
        collection = client.create_collection(
            f"b4-{uuid4().hex}", metadata={"hnsw:space": "cosine"}, embedding_function=None
        )
        index = VectorStoreIndex.from_documents(
            [LlamaDocument(text=f"{each.source.title}\n\n{each.text}", id_=each.id) for each in documents],
            storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
            embed_model=adapted(embedder),
            transformations=[SentenceSplitter(chunk_size=1024, chunk_overlap=200)],
        )
        self._engine = CitationQueryEngine.from_args(index, llm=llm)

    def ask(self, question: str) -> Reply:
        """The answer to a question with the sources that it cites."""
        start = time.perf_counter()
        response = self._engine.query(question)
        text = str(response)
        sources = [node.node.get_content() for node in response.source_nodes]
        numbers = dict.fromkeys(int(number) for number in _MARKER.findall(text))
        cited = tuple(sources[number - 1] for number in numbers if 0 < number <= len(sources))
        return Reply(text, cited, time.perf_counter() - start)


def measure(data: AnswerSet, embedder: Embedder, llm: Any, *, questions: int) -> dict[str, object]:
    """The figures of B4 on one set, over so many questions of each kind."""
    baseline = CitationBaseline(data.documents, embedder, llm)
    drawn = random.Random(0)
    kinds = {kind: [each for each in data.questions if each.answerable == kind] for kind in (True, False)}
    asked = {kind: drawn.sample(every, min(questions, len(every))) for kind, every in kinds.items()}
    replies = {kind: [(each, baseline.ask(each.text)) for each in every] for kind, every in asked.items()}
    every = [reply for pairs in replies.values() for _, reply in pairs]
    return {
        "set": data.name,
        "answer holds a gold answer": _share([_holds(each, reply.text) for each, reply in replies[True]]),
        "a cited source holds one": _share(
            [any(_holds(each, text) for text in reply.cited) for each, reply in replies[True]]
        ),
        "answerable refused": _share([reply.refuses for _, reply in replies[True]]),
        "unanswerable refused": _share([reply.refuses for _, reply in replies[False]]),
        "unanswerable answered with a citation": _share(
            [bool(reply.cited) and not reply.refuses for _, reply in replies[False]]
        ),
        "median_seconds": sorted(reply.seconds for reply in every)[len(every) // 2] if every else None,
    }


def _holds(question: Question, text: str) -> bool:
    return any(answer.lower() in text.lower() for answer in question.answers)


def _share(flags: Sequence[bool]) -> object:
    return asdict(estimate([float(flag) for flag in flags])) if flags else None


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("llm_baselines", __doc__, data=True)
    parser.add_argument("--questions", type=int, default=50, help="questions of each kind and set, drawn by chance")
    arguments = parser.parse_args()
    settings = Settings.read()
    try:
        llm = build_llm(settings)
    except SettingsError as error:
        print(f"These baselines need an LLM: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    results = []
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there({"squad": squad_dev, "realtimeqa": realtimeqa_all}, arguments.data):
            results.append(measure(data, embedder, llm, questions=arguments.questions))
            print(json.dumps(results[-1], indent=1), flush=True)
    if results:
        given = {"model": settings.llm_model, "questions": arguments.questions}
        write_results(parser, arguments, results, settings=given)


if __name__ == "__main__":
    main()
