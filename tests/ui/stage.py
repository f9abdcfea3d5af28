"""A real library, index and page with an answerer whose rule fits on a screen, so that the tests need no model."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from assistant.answering.base import Answerer
from assistant.answering.extractive import ABSTENTION
from assistant.answering.followups.condensing import condense
from assistant.chat import Assistant
from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.index.briefing_index import BriefingIndex
from assistant.index.library import Library
from assistant.reading.base import Verifier
from assistant.types import (
    Answer,
    AnswerEvent,
    Chunk,
    Citation,
    Conversation,
    DateRange,
    Document,
    Done,
    Filters,
    Found,
    Passage,
    Said,
    Searching,
    Span,
)
from assistant.ui.saving import Saving
from assistant.ui.server import bind, build_app, close_gradio

COMMON = frozenset(
    "the a an of to in and did do does is was were what who why how when which for on it that slowly".split()
)


class FirstSentences:
    """Answers with the first sentences that hold every telling word of the query; else abstains.

    It waits `pause` seconds before each sentence, twelve times that where the question says "slowly"; with a `pen`
    for that, so that a test can look at each step.
    """

    def __init__(self, library: Library, *, pause: float = 0.0, pen: threading.Semaphore | None = None) -> None:
        self._library = library
        self._pause = pause
        self._pen = pen

    def stream(
        self,
        question: str,
        query: str,
        *,
        filters: Filters = Filters(),
        time: DateRange | None = None,
        conversation: Conversation | None = None,
    ) -> Iterator[AnswerEvent]:
        yield Searching(query, time)
        documents = [
            self._library.document(entry.document_id)
            for entry in self._library.entries()
            if entry.status == "indexed" and entry.document_id
        ]
        allowed = [document for document in documents if filters.allows(document.source)]
        passages = tuple(passage_of(document, rank) for rank, document in enumerate(allowed[:6], start=1))
        yield Found(passages)
        words = [word for word in re.findall(r"\w+", query.casefold()) if word not in COMMON]
        places = [(document, span) for document in allowed for span in sentences_with(document.text, words)][:4]
        text, citations = "", []
        for marker, (document, span) in enumerate(places, start=1):
            start = len(text) + bool(text)
            text = f"{text}\n{span.of(document.text)}" if text else span.of(document.text)
            citations.append(citation_of(document, span, marker, Span(start, len(text))))
            self._wait(12.0 if "slowly" in question else 1.0)
            yield Said(text, tuple(citations))
        answered = bool(places) and bool(words)
        yield Done(
            Answer(
                question=question,
                query=query,
                text=text if answered else ABSTENTION,
                outcome="answered" if answered else "abstained",
                citations=tuple(citations),
                passages=passages,
                filters=filters,
                time=time,
                missing=() if answered else (query,),
            )
        )

    def _wait(self, times: float) -> None:
        if self._pen is not None:
            self._pen.acquire(timeout=30)
        elif self._pause:
            time.sleep(self._pause * times)


def sentences_with(text: str, words: Sequence[str]) -> list[Span]:
    """The sentences of a text that hold every word."""
    found = (match.span() for match in re.finditer(r"(?:[^.\n]|\.(?!\s|$))+\.?", text))
    spans = [Span(end - len(text[start:end].lstrip()), end) for start, end in found if text[start:end].strip()]
    return [span for span in spans if words and all(word in span.of(text).casefold() for word in words)]


def citation_of(document: Document, span: Span, marker: int, answer_span: Span) -> Citation:
    return Citation(
        marker=marker,
        answer_span=answer_span,
        source=document.source,
        chunk_id=f"{document.id}-0",
        span=span,
        quote=span.of(document.text),
    )


def passage_of(document: Document, rank: int) -> Passage:
    span = Span(0, min(len(document.text), 400))
    chunk = Chunk(f"{document.id}-0", document.id, 0, span, span.of(document.text), (span,))
    return Passage(chunk, document.source, rank, 1.0 / rank, "stage")


def stage(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    pause: float = 0.0,
    start: bool = True,
    answerer: Callable[[Library], Answerer] | None = None,
    condenser: Callable[[str, Conversation], str] = condense,
) -> Assistant:
    """An assistant over these files in a new folder; with `start`, ready to answer. `answerer` replaces our own.

    Its index searches exactly: no answerer here asks for near passages, and Chroma would start a process for each test.
    """
    corpus = folder / "corpus"
    for name, content in files.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    corpus.mkdir(parents=True, exist_ok=True)
    embedder = HashingEmbedder()
    chunker = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
    index = BriefingIndex(folder / "index", embedder=embedder, chunker=chunker, command="test", vectors=None)
    library = Library(index, corpus)
    answers = answerer(library) if answerer else FirstSentences(library, pause=pause)
    assistant = Assistant(library, answers, prepare=lambda: None, condenser=condenser)
    if start:
        for _ in assistant.bring_up_to_date():
            pass
    return assistant


@contextmanager
def served(
    assistant: Assistant,
    *,
    saving: Saving | None = None,
    verifier: Verifier | None = None,
    auth: Sequence[tuple[str, str]] | None = None,
    key: str | None = None,
) -> Iterator[str]:
    """The page over an assistant, at the address that is given, until the block ends."""
    folder = close_gradio()
    listening: socket.socket = bind("127.0.0.1", 0)
    port = listening.getsockname()[1]
    config = uvicorn.Config(
        build_app(assistant, saving=saving, verifier=verifier, auth=auth, key=key),
        log_level="warning",
        lifespan="on",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()
        shutil.rmtree(folder, ignore_errors=True)
