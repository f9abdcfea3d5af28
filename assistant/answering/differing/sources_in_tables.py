"""Tables that set sources side by side: a column or a row for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from assistant.answering.differing.stated import Stated
from assistant.answering.differing.statements import DISPUTED, REPORTS, Cell, Contrast, Told, differing

_SOURCE = re.compile(
    rf"{REPORTS}|(?:given|counted|reported|said|named|quoted) (?:by|in)|according to|publisher|outlet", re.IGNORECASE
)
_SPEAKER = re.compile(
    rf"\b(?:{REPORTS}|spokes(?:man|woman|person)|ministry|forces|army|navy|command|officials?|agency|authority)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?:as of|date|day|period|month|year|fieldwork|no)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:one|another|other|first|second) ", re.IGNORECASE)


def contrast_of_columns(row: Told) -> Contrast | None:
    """Two cells of a row, each under the name of those who say it; the first cell names the thing."""
    told = [
        cell
        for cell in row.cells
        if (_SPEAKER.search(cell.label) and not _SOURCE.fullmatch(cell.label)) or _ANOTHER.match(cell.label)
    ]
    for one, two in combinations(told, 2):
        found = differing(row, one.stated, row, two.stated)
        if found:
            first = row.cells[0]
            return replace(found, about=first.value if first not in (one, two) else row.text.partition(" | ")[0])
    return None


def contrasts_of_rows(sentences: Sequence[Told]) -> Iterator[Contrast]:
    """Rows of one table with different sources and a different figure under one label, for the same thing.

    Where the source comes first the caption names the thing; elsewhere the other cells do, and must be equal. Without a
    source the heading must say that figures differ, and the first cell names the thing.
    """
    for one, two in combinations([sentence for sentence in sentences if sentence.cells], 2):
        if one.labels != two.labels:
            continue
        source = next((number for number, label in enumerate(one.labels) if _SOURCE.fullmatch(label)), None)
        if source is None:
            found = _below_a_heading(one, two)
        elif one.cells[source].value != two.cells[source].value:
            found = _by_source(one, two, sentences, source_first=source == 0)
        else:
            found = None
        if found:
            yield found


def _by_source(one: Told, two: Told, sentences: Sequence[Told], *, source_first: bool) -> Contrast | None:
    pairs = [(a, b) for a, b in zip(one.cells, two.cells, strict=True) if not _SOURCE.fullmatch(a.label)]
    compared = {
        a.label: found
        for a, b in pairs
        if not _TIME.match(a.label) and (found := _of_cells(one, a, two, b)) is not None
    }
    same = all(a.value == b.value for a, b in pairs if a.label not in compared)
    if not compared or not (source_first or same):
        return None
    label, found = next(iter(compared.items()))
    return replace(found, about=label, named_by=_caption(one, sentences))


def _below_a_heading(one: Told, two: Told) -> Contrast | None:
    headings = one.candidate.passage.chunk.headings
    if one.cells[0].value != two.cells[0].value or not headings or not DISPUTED.search(headings[-1]):
        return None
    pairs = zip(one.cells[1:], two.cells[1:], strict=True)
    found = next((found for a, b in pairs if (found := _of_cells(one, a, two, b)) is not None), None)
    return replace(found, about=one.cells[0].value) if found else None


def _of_cells(one: Told, first: Cell, two: Told, second: Cell) -> Contrast | None:
    return differing(one, _figures(first), two, _figures(second))


def _figures(cell: Cell) -> list[Stated]:
    return [stated for stated in cell.stated if stated.kind == "number"]


def _caption(row: Told, sentences: Sequence[Told]) -> tuple[Told, ...]:
    """The two sentences before the table of a row."""
    before = [sentence for sentence in sentences if sentence.place < row.place]
    while before and before[-1].labels == row.labels:
        before.pop()
    return tuple(before[-2:])
