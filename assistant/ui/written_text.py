"""The few marks of Markdown that a language model's answer may hold: lists, tables, bold, code. Plain text to blocks.

Made here and not by a Markdown library because the place of every shown character has to be known: citations and
statements are spans of the text with its marks. Links, images and HTML are no marks: they stay the characters they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assistant.types import Span

Style = Literal["plain", "bold", "code"]
Kind = Literal["paragraph", "heading", "bullet", "number", "table", "code"]

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*•]|(?P<number>\d{1,6})[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_FENCE = re.compile(r"[ \t]*```[\w+-]*[ \t]*")
_STYLED = re.compile(r"\*\*(?=\S)(?P<bold>[^*]{1,500}?)(?<=\S)\*\*|`(?P<code>[^`]{1,500})`")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that are shown in one style."""

    span: Span
    style: Style = "plain"


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What is shown as one: its lines, or for a table its cells, row by row, the first row being the head.

    `number` is that of an item of a numbered list, `depth` how far an item is indented, from 0.
    """

    kind: Kind
    rows: tuple[tuple[Line, ...], ...]
    number: int | None = None
    depth: int = 0

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces, in the order of the text."""
        return (piece for row in self.rows for line in row for piece in line)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. A table or code that has not ended yet is read as far as it goes."""
    lines = _lines(text)
    made: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _is(_FENCE, text, line):
            end = next((n for n in range(at + 1, len(lines)) if _is(_FENCE, text, lines[n])), len(lines))
            made.append(Block("code", (tuple((Piece(one, "code"),) if one else () for one in lines[at + 1 : end]),)))
            at = end + 1
        elif _is(_ROW, text, line) and at + 1 < len(lines) and _is(_RULE, text, lines[at + 1]):
            end = next((n for n in range(at + 2, len(lines)) if not _is(_ROW, text, lines[n])), len(lines))
            shown = (line, *lines[at + 2 : end])
            made.append(Block("table", tuple(_cells(text, row) for row in shown if row)))
            at = end
        else:
            made += [_block(text, line)] if line else []
            at += 1
    return tuple(block for block in made if any(block.pieces))


def _lines(text: str) -> list[Span | None]:
    """The lines of a text without what is blank at their ends; None for one that is blank."""
    found: list[Span | None] = []
    position = 0
    for line in text.split("\n"):
        end = position + len(line.rstrip())
        found.append(Span(position, end) if end > position else None)
        position += len(line) + 1
    return found


def _is(pattern: re.Pattern[str], text: str, line: Span | None) -> bool:
    return line is not None and pattern.fullmatch(text, line.start, line.end) is not None


def _block(text: str, line: Span) -> Block:
    if item := _ITEM.match(text, line.start, line.end):
        number = int(item["number"]) if item["number"] else None
        depth = min(len(item["indent"].expandtabs(4)) // 2, _DEEPEST)
        return Block(
            "number" if number is not None else "bullet", ((_styled(text, item.end(), line.end),),), number, depth
        )
    if heading := _HEADING.match(text, line.start, line.end):
        return Block("heading", ((_styled(text, heading.end(), line.end),),))
    start = line.end - len(line.of(text).lstrip())
    return Block("paragraph", ((_styled(text, start, line.end),),))


def _cells(text: str, line: Span) -> tuple[Line, ...]:
    bars = [at for at in range(line.start, line.end) if text[at] == "|"]
    cells: list[Line] = []
    for first, last in pairwise(bars):
        words = text[first + 1 : last]
        start, end = last - len(words.lstrip()), first + 1 + len(words.rstrip())
        cells.append(_styled(text, start, end) if start < end else ())
    return tuple(cells)


def _styled(text: str, start: int, end: int) -> Line:
    """The characters from `start` to `end` without the marks of bold and code."""
    pieces: list[Piece] = []
    position = start
    for found in _STYLED.finditer(text, start, end):
        style: Style = "bold" if found["bold"] else "code"
        if found.start() > position:
            pieces.append(Piece(Span(position, found.start())))
        pieces.append(Piece(Span(*found.span(style)), style))
        position = found.end()
    if position < end:
        pieces.append(Piece(Span(position, end)))
    return tuple(pieces)
