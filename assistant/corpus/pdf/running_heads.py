"""Running heads, footers and page numbers of a PDF: lines that its pages share and that are not its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from assistant.corpus.canonical import cleaned
from assistant.corpus.pdf.lines import LARGER, Line, body_size

_MARGIN = 0.12  # of the height, at the top and at the bottom, where running heads stand
_ENOUGH = 0.6  # of the pages
_NUMBER = re.compile(r"\d{1,6}|\b[ivxlc]+\b")
_MOST_NUMBERS = 3  # in a line; each doubles the ways in which it can be alike
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*(?:\d{1,6}|[ivxlc]+)(?:\s*(?:of|/)\s*\d{1,6})?\W*", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def without_running_heads(
    pages: list[list[Line]], heights: Sequence[tuple[float, float]]
) -> tuple[int, list[list[Line]]]:
    """How many lines were left out, and the pages without them: what most have in their margins at the same place.

    A number that grows with the pages counts as alike, so that "Page 3 of 9" is found; "In 2022 the quota was 350" is
    not like "In 2021 the quota was 400". Lines larger than the text must be the same letter by letter, unless they are
    nothing but a page number: "Annex 2" in large type is a heading. Years are none: "Budget of 2023" may follow "Budget
    of 2022". A cell of a line is judged by itself, because a footer may hold a name on the left and a changing label on
    the right.
    """
    if len(pages) < 2:
        return 0, pages
    largest = LARGER * body_size(pages)
    ways = [
        [
            frozenset((way, round(line.y)) for way in _ways(line, number, largest))
            if _in_margin(line, height)
            else frozenset()
            for line in lines
        ]
        for number, (lines, height) in enumerate(zip(pages, heights, strict=True), start=1)
    ]
    seen = Counter(way for page in ways for way in frozenset().union(*page))
    common = {way for way, count in seen.items() if count >= max(2, _ENOUGH * len(pages))}
    kept = [
        [line for line, found in zip(lines, page, strict=True) if not found & common]
        for lines, page in zip(pages, ways, strict=True)
    ]
    return sum(map(len, pages)) - sum(map(len, kept)), kept


def _ways(line: Line, page: int, largest: float) -> Iterator[str]:
    """The ways to read a line: as it stands, and with numbers as their distance from the number of the page."""
    text = cleaned(line.cells[0].text if len(line.cells) > 1 else line.text).lower()
    counted = line.size < largest or _PAGE_NUMBER.fullmatch(text)
    pieces = _NUMBER.split(text)
    numbers = _NUMBER.findall(text)
    if not counted or len(numbers) > _MOST_NUMBERS:
        yield text
        return
    read = [(number, *([] if _is_year(number) else [f"#{_value(number) - page:+d}"])) for number in numbers]
    for chosen in product(*read):
        yield "".join(piece + number for piece, number in zip(pieces, [*chosen, ""], strict=True))


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [_ROMAN[letter] for letter in number]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _in_margin(line: Line, height: tuple[float, float]) -> bool:
    place = (line.y - height[0]) / height[1]
    return place < _MARGIN or place > 1 - _MARGIN
