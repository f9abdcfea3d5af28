"""Sentence boundaries with exact offsets (sentencex, the segmenter of the Wikimedia Foundation)."""

from __future__ import annotations

import re

import sentencex

from assistant.language.rows import ROW
from assistant.types import Span

_ROW = re.compile(rf"{ROW}.{{0,600}}")  # longer ones are read in parts
_CLOCK = re.compile(r"\b[ap]\.m\.$")


def sentence_spans(text: str, *, language: str = "en") -> tuple[Span, ...]:
    """The sentences of `text` as spans without surrounding white space, in order.

    Every line is a boundary: in canonical text a line is one paragraph, heading, list item or table row. A row is one
    sentence, whatever full stops its cells have: who gives a figure often stands in the last one. The spans cover every
    character that is not white space.
    """
    spans: list[Span] = []
    offset = 0
    for line in text.split("\n"):
        spans.extend(span.shifted(offset) for span in _in_line(line, language))
        offset += len(line) + 1
    return tuple(spans)


def _in_line(line: str, language: str) -> list[Span]:
    if not line.strip():
        return []
    pieces = [line] if _ROW.fullmatch(line) else sentencex.segment(language, line)
    if "".join(pieces) != line:  # the segmenter promises this; without it offsets would be guesses
        pieces = [line]
    spans: list[Span] = []
    position = 0
    for piece in pieces:
        stripped = piece.strip()
        if stripped:
            start = position + piece.index(stripped)
            span = Span(start, start + len(stripped))
            if spans and _belongs_to(spans[-1].of(line)):
                span = Span(spans.pop().start, span.end)
            spans.append(span)
        position += len(piece)
    return spans


def _belongs_to(before: str) -> bool:
    """Whether a sentence that seems to end here goes on: "5 p.m. Tuesday", or nothing but a list number."""
    return bool(_CLOCK.search(before)) or (len(before) <= 4 and not any(c.isalpha() for c in before))
