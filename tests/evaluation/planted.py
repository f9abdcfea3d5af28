"""Five ways to make the assistant worse on purpose, to see whether an evaluation notices.

Each is one part of the wiring exchanged for a worse one, as a bad change would do it.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from assistant.answering import extractive
from assistant.answering.calibration import shipped
from assistant.answering.citations import Cited, cite
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.chunking.sentences import SentenceChunker
from assistant.corpus.sandbox import ParserProcess
from assistant.embedding.base import Embedder
from assistant.index.briefing_index import BriefingIndex
from assistant.retrieval.base import Retriever
from assistant.retrieval.fused import FusedRetriever
from assistant.types import Chunk, Citation, Document, Filters, Passage, Span

_WORDS = 12


class WordsChunker(SentenceChunker):
    """Twelve words a chunk, wherever sentences end."""

    @property
    def fingerprint(self) -> str:
        return f"{_WORDS} words"

    def chunk(self, document: Document) -> list[Chunk]:
        starts = _word_starts(document.text)[::_WORDS]
        chunks = []
        for ordinal, (start, end) in enumerate(pairwise([*starts, len(document.text)])):
            span = Span(start, start + len(document.text[start:end].rstrip()))
            key = f"{document.id} {ordinal} {span.of(document.text)}"
            chunks.append(
                Chunk(
                    id=hashlib.sha256(key.encode()).hexdigest()[:16],
                    document_id=document.id,
                    ordinal=ordinal,
                    span=span,
                    text=span.of(document.text),
                    sentences=(span,),
                )
            )
        return chunks

    def embedded_text(self, document: Document, chunk: Chunk) -> str:
        return chunk.text


class ShuffledRetriever:
    """The passages that a good retriever finds, in an order drawn by chance."""

    def __init__(self, index: BriefingIndex, embedder: Embedder) -> None:
        self._found_by: Retriever = FusedRetriever(index, embedder)
        self._chance = random.Random(7)

    def retrieve(self, query: str, *, k: int, filters: Filters = Filters()) -> list[Passage]:
        found = list(self._found_by.retrieve(query, k=k, filters=filters))
        scores = [passage.score for passage in found]
        passages = self._chance.sample(found, len(found))
        return [
            replace(passage, rank=rank, score=score)
            for rank, (passage, score) in enumerate(zip(passages, scores, strict=True), start=1)
        ]


class LosingParser(ParserProcess):
    """Reads every file and loses the last page of one PDF."""

    lost = "us-china-defence/2024-06-06-austin-dong-singapore-and-the-road-there.pdf"

    def parse(self, path: Path, relative: str) -> tuple[Document, ...]:
        documents = super().parse(path, relative)
        return tuple(_without_last_page(each) if each.source.path == self.lost else each for each in documents)


def off_by_one(sentences: Sequence[Cited]) -> tuple[str, tuple[Citation, ...]]:
    """Citations whose offsets are one character too far."""
    text, citations = cite(sentences)
    return text, tuple(replace(each, span=each.span.shifted(1)) for each in citations)


def off_by_one_in_step(sentences: Sequence[Cited]) -> tuple[str, tuple[Citation, ...]]:
    """The same, with a quote that was cut at the wrong offsets, so that both agree."""
    text, citations = cite(sentences)
    chunks = {evidence.passage.chunk.id: evidence.passage.chunk for evidence, _ in sentences}
    shifted = []
    for each in citations:
        chunk = chunks[each.chunk_id]
        span = Span(each.span.start + 1, min(each.span.end + 1, chunk.span.end))
        shifted.append(replace(each, span=span, quote=span.shifted(-chunk.span.start).of(chunk.text)))
    return text, tuple(shifted)


def never_abstaining(*arguments: object, **named: object) -> ExtractiveAnswerer:
    """An answerer whose abstention threshold was dropped."""
    return ExtractiveAnswerer(*arguments, calibration=replace(shipped(), threshold=0.0), **named)  # type: ignore[arg-type]


PLANTED: dict[str, Callable[[], object]] = {
    "worse chunking": lambda: patch("assistant.wiring.SentenceChunker", WordsChunker),
    "shuffled ranking": lambda: patch("assistant.wiring.FusedRetriever", ShuffledRetriever),
    "citations off by one": lambda: patch.object(extractive, "cite", off_by_one),
    "citations off by one in step": lambda: patch.object(extractive, "cite", off_by_one_in_step),
    "dropped abstention threshold": lambda: patch("assistant.wiring.ExtractiveAnswerer", never_abstaining),
    "lost page": lambda: patch("assistant.index.library.ParserProcess", LosingParser),
}
"""Name -> a context manager under which the assistant is worse."""


@contextmanager
def planted(name: str) -> Iterator[None]:
    """Makes the assistant worse in the named way for as long as the context lasts."""
    with PLANTED[name]():  # type: ignore[attr-defined]
        yield


def _word_starts(text: str) -> list[int]:
    return [at for at, c in enumerate(text) if not c.isspace() and (at == 0 or text[at - 1].isspace())]


def _without_last_page(document: Document) -> Document:
    end = document.pages[-1].span.start
    text = document.text[:end].rstrip()
    source = replace(document.source, content_hash=hashlib.sha256(text.encode()).hexdigest())
    return replace(
        document,
        source=source,
        text=text,
        pages=tuple(
            replace(page, span=Span(page.span.start, min(page.span.end, len(text)))) for page in document.pages[:-1]
        ),
        headings=tuple(heading for heading in document.headings if heading.span.end <= len(text)),
    )
