"""Packs whole sentences into chunks that the embedding model reads to the end."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.chunking.base import TokenCounter
from assistant.errors import SettingsError
from assistant.language.sentences import sentence_spans
from assistant.types import Chunk, Document, Heading, Locator, Span

_VERSION = 1
_HEAD_SHARE = 4  # title and headings take at most a quarter of what the model reads
_MIN_TOKENS = 16


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    tokens: int
    starts_section: bool


class SentenceChunker:
    """Whole sentences, up to `max_tokens` tokens a chunk together with the title and headings put before it.

    A chunk does not run over a heading (unless what came before is shorter than an eighth of the limit) and never
    over the limit; a single sentence that is longer is cut at a word, or anywhere where there are no words. Offsets
    are carried along while cutting, so `document.text[span]` is the chunk's text by construction.
    """

    def __init__(self, count_tokens: TokenCounter, *, max_tokens: int) -> None:
        if max_tokens < _MIN_TOKENS:
            raise SettingsError(
                f"an embedding model must read at least {_MIN_TOKENS} tokens, this one reads {max_tokens}"
            )
        self._count = count_tokens
        self._max_tokens = max_tokens

    @property
    def fingerprint(self) -> str:
        """Everything that can change where chunks begin and end."""
        return f"sentences-{_VERSION}/{self._max_tokens}"

    def chunk(self, document: Document) -> list[Chunk]:
        """The chunks of `document` in order; every character that is not white space lies in exactly one."""
        headings = _HeadingPaths(document)
        locators = _Locators(document, headings)
        seen: Counter[str] = Counter()
        chunks: list[Chunk] = []
        for sentences in self._packed(document, headings):
            span = Span(sentences[0].span.start, sentences[-1].span.end)
            text = span.of(document.text)
            seen[text] += 1
            first = locators.at(span.start)
            chunks.append(
                Chunk(
                    id=_chunk_id(document.id, text, seen[text]),
                    document_id=document.id,
                    ordinal=len(chunks),
                    span=span,
                    text=text,
                    sentences=tuple(sentence.span for sentence in sentences),
                    headings=first.headings,
                    page_index=first.page_index,
                    page_label=first.page_label,
                    locators=tuple(locators.inside(span)),
                )
            )
        return chunks

    def embedded_text(self, document: Document, chunk: Chunk) -> str:
        """Title, date and headings, a line break, then the chunk's text; within the limit."""
        head = self._head(document, chunk.headings)
        return f"{head}\n{chunk.text}" if head else chunk.text

    def _head(self, document: Document, headings: Sequence[str]) -> str:
        """What is put before a chunk, cut at a word so that it takes at most its share of the limit."""
        parts = [document.source.title, *(heading for heading in headings if heading != document.source.title)]
        if document.source.date is not None:
            parts.insert(1, f"{document.source.date:%d %B %Y}".lstrip("0"))
        head = " | ".join(part for part in parts if part)
        words = head.split()
        while words and self._count([" ".join(words)])[0] > self._max_tokens // _HEAD_SHARE:
            words = words[: len(words) * 3 // 4]
        return " ".join(words)

    def _packed(self, document: Document, headings: _HeadingPaths) -> Iterator[list[_Sentence]]:
        """Runs of sentences, each one chunk."""
        pack: list[_Sentence] = []
        size = limit = 0
        for sentence in self._sentences(document):
            short = size < self._max_tokens // 8
            if pack and (size + sentence.tokens > limit or (sentence.starts_section and not short)):
                yield pack
                pack, size = [], 0
            if not pack:
                head = self._head(document, headings.above(sentence.span.start))
                limit = self._max_tokens - self._count([head])[0]
            pack.append(sentence)
            size += sentence.tokens
        if pack:
            yield pack

    def _sentences(self, document: Document) -> Iterator[_Sentence]:
        text = document.text
        spans = sentence_spans(text)
        limit = self._max_tokens - self._max_tokens // _HEAD_SHARE
        starts = {heading.span.start for heading in document.headings}
        for span, tokens in zip(spans, self._count([span.of(text) for span in spans]), strict=True):
            heading = span.start in starts
            if tokens <= limit:
                yield _Sentence(span, tokens, heading)
                continue
            for piece in self._pieces(text, span, limit):
                yield _Sentence(piece, self._count([piece.of(text)])[0], heading and piece.start == span.start)

    def _pieces(self, text: str, span: Span, limit: int) -> Iterator[Span]:
        """Cuts one over-long sentence into spans of at most `limit` tokens, after a space where there is one."""
        start = span.start
        while start < span.end:
            fits, end = 1, span.end - start
            if self._count([text[start : span.end]])[0] <= limit:
                fits = end
            else:
                while fits < end:  # the longest stretch whose tokens fit, by halving
                    middle = (fits + end + 1) // 2
                    if self._count([text[start : start + middle]])[0] <= limit:
                        fits = middle
                    else:
                        end = middle - 1
                space = text.rfind(" ", start + 1, start + fits)
                if space > start + fits // 2:
                    fits = space - start
            piece = text[start : start + fits]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                yield Span(start + lead, start + lead + len(piece.strip()))
            start += fits


class _Locators:
    """Finds the page and the headings of an offset, and where others begin."""

    def __init__(self, document: Document, headings: _HeadingPaths) -> None:
        self._headings = headings
        self._pages = document.pages
        self._page_starts = [page.span.start for page in document.pages]
        self._starts = sorted({*self._page_starts, *headings.starts})

    def at(self, offset: int) -> Locator:
        index = bisect_right(self._page_starts, offset) - 1
        page = self._pages[index] if index >= 0 else None
        return Locator(offset, self._headings.above(offset), page.index if page else None, page.label if page else None)

    def inside(self, span: Span) -> Iterator[Locator]:
        first, last = bisect_right(self._starts, span.start), bisect_left(self._starts, span.end)
        return map(self.at, self._starts[first:last])


class _HeadingPaths:
    """Finds the headings above an offset, outermost first; a heading lies under itself."""

    def __init__(self, document: Document) -> None:
        self.starts: list[int] = []
        self._paths: list[tuple[str, ...]] = []
        path: list[tuple[Heading, str]] = []
        for heading in document.headings:
            path = [(above, text) for above, text in path if above.level < heading.level]
            path.append((heading, heading.span.of(document.text)))
            self.starts.append(heading.span.start)
            self._paths.append(tuple(text for _, text in path))

    def above(self, offset: int) -> tuple[str, ...]:
        index = bisect_right(self.starts, offset) - 1
        return self._paths[index] if index >= 0 else ()


def _chunk_id(document_id: str, text: str, occurrence: int) -> str:
    """A hash of document, text and occurrence: syncing again changes nothing, an edit only what it touched."""
    key = f"{document_id}\0{occurrence}\0{text}".encode()
    return hashlib.sha256(key).hexdigest()[:24]
