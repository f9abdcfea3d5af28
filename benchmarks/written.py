"""Answers written by an LLM: ours beside LlamaIndex's CitationQueryEngine with the same model, question by question.

    ASSISTANT_LLM_URL=... ASSISTANT_LLM_MODEL=... python -m benchmarks.written DATA_FOLDER [--questions 60]

Asked are the test split of the golden set and seeded samples of RealTimeQA and SQuAD 2.0, as many questions of each
kind. B4 is `CitationQueryEngine` as shipped over Chroma with our embedding model. Replies of the model are kept
(`--replies FILE`), so that a run can be stopped and gone on with, and so that the same drafts can be checked anew.

Figures: how often an answerable and an unanswerable question is refused; how often the words that are cited hold a gold
answer, and for RealTimeQA and SQuAD the text does; of ours also how many drafted sentences are shown, how often the
quotes stand in, and what is withheld and why. PaperQA2 (B5) is not run from here: it needs an environment of its own.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.written.generative import REPLY_TOKENS, GenerativeAnswerer
from assistant.answering.written.pointing import PointingLLM
from assistant.answering.written.verification import SentenceVerifier
from assistant.embedding.base import Embedder
from assistant.errors import SettingsError
from assistant.evaluation.golden_file import load_golden
from assistant.llms import Sampling
from assistant.reading.base import Reader, Verifier
from assistant.settings import Settings
from assistant.types import Document, Done
from assistant.wiring import Models, build_evaluated, build_llm, build_models, build_retriever, build_verifier
from benchmarks.answer_sets import AnswerSet, Question, realtimeqa_all, squad_dev
from benchmarks.encodings import bundled_embedder
from benchmarks.gold_answers import gives_one
from benchmarks.remembered_llm import RememberedLLM
from benchmarks.runs import runner, sets_there, write_results
from benchmarks.set_index import SetIndex
from benchmarks.statistics import estimate
from benchmarks.stock import adapted

_GOLDEN = Path(__file__).parent.parent / "tests" / "golden" / "test"
_MARKER = re.compile(r"\[(\d+)\]")
_REFUSAL = re.compile(
    r"\b(?:do(?:es)? not|don't|doesn't|did not|cannot|can't|no) "
    r"(?:\w+ ){0,3}(?:contain|provide|mention|say|answer|information|specif|determine|state)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system said, the texts that it cites, and what became of the sentences that were drafted.

    `seconds` are those of the model and of the system together. `statuses` count drafted sentences by verdict or class
    of failure, and `fell_back` tells that the quotes stood in for a draft; both are of our answers only.
    """

    text: str
    cited: tuple[str, ...]
    seconds: float
    refuses: bool
    statuses: Mapping[str, int] = field(default_factory=dict)
    fell_back: bool = False


class System(Protocol):
    """What answers a question."""

    def ask(self, question: str) -> Reply:
        """Its reply."""
        ...


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
        self._llm = llm
        self._engine = CitationQueryEngine.from_args(index, llm=llm)

    def ask(self, question: str) -> Reply:
        """The answer to a question with the sources that it cites."""
        start = time.perf_counter()
        response = self._engine.query(question)
        text = str(response)
        sources = [node.node.get_content() for node in response.source_nodes]
        numbers = dict.fromkeys(int(number) for number in _MARKER.findall(text))
        cited = tuple(sources[number - 1] for number in numbers if 0 < number <= len(sources))
        return Reply(text, cited, time.perf_counter() - start, refuses(text))


class Ours:
    """The generative answerer over a store of the set's documents."""

    def __init__(
        self, index: SetIndex, embedder: Embedder, llm: Any, *, reader: Reader | None, verifier: Verifier
    ) -> None:
        retriever = build_retriever(index, embedder)
        pointing = PointingLLM(lambda: llm, name="the LLM")
        quotes = ExtractiveAnswerer(retriever, embedder, index, reader=reader, second_reader=pointing)
        checker = SentenceVerifier(verifier, reader=reader)
        self.answerer = GenerativeAnswerer(quotes, lambda: llm, checker, count_tokens=embedder.count_tokens)

    def ask(self, question: str) -> Reply:
        """The answer, with the quotes behind its citations."""
        start = time.perf_counter()
        *_, last = self.answerer.stream(question, question)
        assert isinstance(last, Done)
        answer = last.answer
        statuses = Counter(each.verdict.failure or each.verdict.status for each in answer.statements)
        fell_back = answer.outcome == "answered" and answer.writer is None
        cited = tuple(citation.quote for citation in answer.citations)
        seconds = time.perf_counter() - start
        return Reply(answer.text, cited, seconds, answer.outcome == "abstained", dict(statuses), fell_back)


def refuses(text: str) -> bool:
    """Whether a text says that the sources do not answer."""
    return bool(_REFUSAL.search(text))


def figures(data: AnswerSet, system: System, llm: Any, *, questions: int) -> dict[str, object]:
    """The figures of a system on one set, over so many questions of each kind; one line for each question."""
    replies: dict[bool, list[tuple[Question, Reply]]] = {True: [], False: []}
    for kind in replies:
        for question in drawn(data, kind=kind)[:questions]:
            llm.seconds = 0.0
            reply = system.ask(question.text)
            replies[kind].append((question, reply))
            told = {"question": question.text, "answerable": kind, **asdict(reply), "llm_seconds": llm.seconds}
            print(json.dumps(told, ensure_ascii=False), flush=True)
    answerable, unanswerable = replies[True], replies[False]
    found: dict[str, object] = {
        "questions": {"answerable": len(answerable), "unanswerable": len(unanswerable)},
        "answerable refused": _share([reply.refuses for _, reply in answerable]),
        "unanswerable refused": _share([reply.refuses for _, reply in unanswerable]),
        "the text holds a gold answer": _share([gives_one(reply.text, each.answers) for each, reply in answerable]),
        "cited words hold one": _share(
            [any(gives_one(text, each.answers) for text in reply.cited) for each, reply in answerable]
        ),
        "unanswerable answered with a citation": _share(
            [bool(reply.cited) and not reply.refuses for _, reply in unanswerable]
        ),
    }
    drafted = Counter[str]()
    for _, reply in (*answerable, *unanswerable):
        drafted.update(reply.statuses)
    if drafted:
        found["answerable answered by quotes"] = _share([reply.fell_back for _, reply in answerable])
        found["drafted sentences"] = dict(sorted(drafted.items()))
    return found


def drawn(data: AnswerSet, *, kind: bool) -> list[Question]:
    """The answerable or the unanswerable questions in an order by chance: fewer of them are the first of more."""
    found = [each for each in data.questions if each.answerable == kind]
    random.Random(0).shuffle(found)
    return found


def golden_test(models: Models) -> AnswerSet:
    """The test split of the golden set without follow-ups; the gold answers are the quotes."""
    cases = [case for case in load_golden(sorted(_GOLDEN.glob("*.yaml"))) if not case.history and case.as_of is None]
    [corpus] = {case.corpus for case in cases}
    with tempfile.TemporaryDirectory() as folder:
        assistant = build_evaluated(
            Settings.read(writing=False), corpus, models, cache=Path(folder), command="benchmark"
        )
        try:
            for _ in assistant.bring_up_to_date():
                pass
            documents = tuple(assistant.library.index.documents())
        finally:
            assistant.close()
    questions = tuple(
        Question(
            case.question,
            tuple(quote.text for evidence in case.relevant for quote in evidence.quotes),
            answerable=case.answerable,
        )
        for case in cases
    )
    return AnswerSet("golden:test", documents, questions)


def _share(flags: Sequence[bool]) -> object:
    return asdict(estimate([float(flag) for flag in flags])) if flags else None


def main() -> None:
    """Prints the figures and writes them as JSON."""
    parser = runner("written", __doc__, data=True)
    parser.add_argument("--questions", type=int, default=60, help="questions of each kind and set, drawn by chance")
    parser.add_argument("--of-peer", type=int, help="fewer for CitationQueryEngine, the first of the same ones")
    parser.add_argument("--replies", type=Path, default=Path("replies.jsonl"), help="file that keeps the replies")
    parser.add_argument("--only", choices=("ours", "b4"), help="one system alone; no file is written")
    arguments = parser.parse_args()
    settings = Settings.read()
    try:
        llm = RememberedLLM(build_llm(settings, sampling=Sampling(max_tokens=REPLY_TOKENS)), arguments.replies)
    except SettingsError as error:
        print(f"This needs an LLM: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    models = build_models(settings)
    verifier = build_verifier(models)
    results = []
    loaders = {"golden": lambda _: golden_test(models), "realtimeqa": realtimeqa_all, "squad": squad_dev}
    with bundled_embedder(arguments.cache) as embedder:
        for _, data in sets_there(loaders, arguments.data):
            with SetIndex(data.documents, embedder) as index:
                systems: dict[str, System] = {}
                if arguments.only != "b4":
                    systems["ours"] = Ours(index, embedder, llm, reader=models.reader, verifier=verifier)
                if arguments.only != "ours":
                    systems["CitationQueryEngine"] = CitationBaseline(data.documents, embedder, llm)
                asked = {"CitationQueryEngine": arguments.of_peer or arguments.questions}
                for name, system in systems.items():
                    found = figures(data, system, llm, questions=asked.get(name, arguments.questions))
                    results.append({"set": data.name, "system": name, **found})
                    print(json.dumps(results[-1], indent=1), flush=True)
    if results and not arguments.only:
        given = {"model": settings.llm_model, "questions": arguments.questions}
        write_results(parser, arguments, results, settings=given)


if __name__ == "__main__":
    main()
