"""The systems whose written answers are compared: ours, and LlamaIndex's CitationQueryEngine with the same model."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import uuid4

from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.written.generative import GenerativeAnswerer
from assistant.answering.written.pointing import PointingLLM
from assistant.answering.written.verification import SentenceVerifier
from assistant.embedding.base import Embedder
from assistant.language.dates import time_of_question
from assistant.language.sentences import sentence_spans
from assistant.reading.base import Reader, Verifier
from assistant.types import DateRange, Document, Done
from assistant.wiring import build_retriever
from benchmarks.set_index import SetIndex
from benchmarks.stock import adapted

_MARKER = re.compile(r"\[(\d+)\]")
_REFUSAL = re.compile(
    r"\b(?:do(?:es)? not|don't|doesn't|did not|cannot|can't|no) "
    r"(?:\w+ ){0,3}(?:contain|provide|mention|say|answer|information|specif|determine|state)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system said, the texts that it cites, and what became of the sentences that were drafted.

    `seconds` are those of the model and of the system together. `cited_share` is the share of the text's sentences that
    carry a citation. `statuses` count drafted sentences by verdict or class of failure, and `fell_back` tells that the
    quotes stood in for a draft; both are of our answers only.
    """

    text: str
    cited: tuple[str, ...]
    seconds: float
    refuses: bool
    cited_share: float = 0.0
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
        return Reply(text, cited, time.perf_counter() - start, refuses(text), marked_share(text))


class Ours:
    """The generative answerer over a store of the set's documents."""

    def __init__(
        self, index: SetIndex, embedder: Embedder, llm: Any, *, reader: Reader | None, verifier: Verifier
    ) -> None:
        retriever = build_retriever(index, embedder)
        pointing = PointingLLM(lambda: llm, name="the LLM")
        quotes = ExtractiveAnswerer(
            retriever, embedder, index, reader=reader, second_reader=pointing, chunks_of=index.chunks_of
        )
        checker = SentenceVerifier(verifier, reader=reader)
        self.answerer = GenerativeAnswerer(quotes, lambda: llm, checker, count_tokens=embedder.count_tokens)

    def ask(self, question: str) -> Reply:
        """The answer, with the quotes behind its citations."""
        start = time.perf_counter()
        *_, last = self.answerer.stream(question, question, time=time_named(question))
        assert isinstance(last, Done)
        answer = last.answer
        statuses: Counter[str] = Counter(each.verdict.failure or each.verdict.status for each in answer.statements)
        fell_back = answer.outcome == "answered" and answer.writer is None
        cited = tuple(citation.quote for citation in answer.citations)
        seconds = time.perf_counter() - start
        spans = [span for span in sentence_spans(answer.text) if any(map(str.isalnum, span.of(answer.text)))]
        with_one = [span for span in spans if any(span.overlaps(each.answer_span) for each in answer.citations)]
        share = len(with_one) / len(spans) if spans else 0.0
        return Reply(answer.text, cited, seconds, answer.outcome == "abstained", share, dict(statuses), fell_back)


def time_named(question: str) -> DateRange | None:
    """The time that a question names, as the assistant reads it; None where it depends on the day it was asked on."""
    found = [time_of_question(question, today=day) for day in (date(2020, 1, 1), date(2021, 7, 15))]
    return found[0][0] if found[0] is not None and found[0] == found[1] else None


def refuses(text: str) -> bool:
    """Whether a text says that the sources do not answer."""
    return bool(_REFUSAL.search(text))


def marked_share(text: str) -> float:
    """The share of a text's sentences that hold a marker such as [1], be it behind their full stop."""
    spans = sentence_spans(text)
    said = [span for span in spans if any(map(str.isalpha, span.of(text)))]
    ends = [*(span.start for span in said[1:]), len(text)][: len(said)]
    marked = [bool(_MARKER.search(text[span.start : end])) for span, end in zip(said, ends, strict=True)]
    return sum(marked) / len(marked) if marked else 0.0
