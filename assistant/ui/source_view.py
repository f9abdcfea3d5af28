"""A document -> readable HTML around one place in it, with the cited words marked. Pure; escaped here.

The text content of the HTML is the canonical text, character for character: nothing is added to it and nothing left
out (bullets, page breaks and labels are drawn by the style sheet). So the words in the marks are exactly the quote.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal

from assistant.types import Document, Page, Span
from assistant.ui.wording import page_of

WHOLE = 60_000
AROUND = 12_000
MORE = 30_000

_ITEM = re.compile(r"(?P<indent>(?:  )*)(?:(?P<bullet>- )|\d{1,9}\. )")
_NAME = re.compile(r"[^:|]{1,60}: ")
_CELL_END = " | "

Kind = Literal["heading", "item", "row", "line"]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text with the line ends behind it, what it is, and the pages that begin with it or within it."""

    span: Span
    content_end: int
    kind: Kind
    level: int = 0
    page: Page | None = None
    within: tuple[Page, ...] = ()
    alone: bool = False


def window(text: str, place: Span | None) -> Span | None:
    """The characters to show first: a document that is not huge whole, else what lies around `place`.

    None for an empty text.
    """
    if not text:
        return None
    if len(text) <= WHOLE:
        return Span(0, len(text))
    middle = place or Span(0, 1)
    return Span(_line_start(text, middle.start - AROUND), _line_end(text, middle.end + AROUND))


def before(text: str, position: int) -> Span | None:
    """The part that ends at `position`."""
    if not 0 < position <= len(text):
        return None
    return Span(_line_start(text, position - MORE), position)


def after(text: str, position: int) -> Span | None:
    """The part that begins at `position`."""
    if not 0 <= position < len(text):
        return None
    return Span(position, _line_end(text, position + MORE))


def _line_start(text: str, position: int) -> int:
    """The start of the line at `position`, or `position` itself where the line is very long."""
    if position <= 0:
        return 0
    found = text.rfind("\n", max(position - 2_000, 0), position)
    return found + 1 if found >= 0 else position


def _line_end(text: str, position: int) -> int:
    """The end of the line at `position`, with the line ends behind it; `position` where the line is very long."""
    if position >= len(text):
        return len(text)
    found = text.find("\n", max(position - 1, 0), position + 2_000)
    if found < 0:
        return position
    while found < len(text) and text[found] == "\n":
        found += 1
    return found


def heading_path(document: Document, position: int) -> tuple[str, ...]:
    """The headings above a position, outermost first."""
    path: list[tuple[int, str]] = []
    for heading in document.headings:
        if heading.span.start > position:
            break
        while path and path[-1][0] >= heading.level:
            path.pop()
        path.append((heading.level, heading.span.of(document.text)))
    return tuple(text for _, text in path)


def page_at(document: Document, position: int) -> Page | None:
    """The page on which a position lies."""
    place = bisect_right(document.pages, position, key=lambda page: page.span.start) - 1
    if place < 0 or position >= document.pages[place].span.end:
        return None
    return document.pages[place]


def body(document: Document, part: Span, mark: Span | None = None) -> str:
    """The blocks of one part of a document, the characters of `mark` in `<mark>` elements."""
    pieces: list[str] = []
    for kind, lines in groupby(_lines(document, part), key=lambda line: (line.kind, line.alone and line.kind)):
        blocks = "".join(_block(document.text, line, mark) for line in lines)
        if kind[0] == "item":
            pieces.append(f'<div role="list" class="list">{blocks}</div>')
        elif kind[0] == "row":
            pieces.append(f'<div class="rows">{blocks}</div>')
        else:
            pieces.append(blocks)
    return "".join(pieces)


def _lines(document: Document, part: Span) -> Iterator[_Line]:
    text = document.text
    headings = {heading.span.start: heading.level for heading in document.headings}
    pages = {page.span.start: page for page in document.pages}
    starts = [page.span.start for page in document.pages]
    position = part.start
    while position < part.end:
        line_end = text.find("\n", position, part.end)
        content_end = part.end if line_end < 0 else line_end
        end = content_end
        while end < part.end and text[end] == "\n":
            end += 1
        content = text[position:content_end]
        kind: Kind = "line"
        level = 0
        if position in headings:
            kind, level = "heading", headings[position]
        elif item := _ITEM.match(content):
            kind, level = "item", len(item["indent"]) // 2
        elif _CELL_END in content:
            kind = "row"
        alone = kind == "line" and end - content_end > 1
        within = document.pages[bisect_right(starts, position) : bisect_left(starts, content_end)]
        yield _Line(Span(position, end), content_end, kind, level, pages.get(position), within, alone)
        position = end


def _block(text: str, line: _Line, mark: Span | None) -> str:
    page = _page(line.page, "div", "page") if line.page else ""
    start, end = line.span.start, line.span.end
    if line.kind == "heading":
        level = min(line.level + 2, 6)
        return f"{page}<h{level}>{_marked(text, start, end, mark)}</h{level}>"
    if line.kind == "item":
        return _item(text, line, mark, page)
    if line.kind == "row":
        return f"{page}{_row(text, line, mark)}"
    tight = "" if line.alone else ' class="tight"'
    return f"{page}<p{tight}>{_running(text, start, line, mark)}</p>"


def _page(page: Page, element: Literal["div", "span"], name: str) -> str:
    label = escape(page_of(page))
    return f'<{element} class="{name}" role="separator" data-label="{label}" aria-label="{label}"></{element}>'


def _item(text: str, line: _Line, mark: Span | None, page: str) -> str:
    start = line.span.start
    found = _ITEM.match(text, start, line.content_end)
    body_start = found.end() if found else start
    sign = "bullet" if found and found["bullet"] else "number"
    return (
        f'<div role="listitem" class="item depth{min(line.level, 5)} {sign}">{page}'
        f'<span class="sign">{_marked(text, start, body_start, mark)}</span>'
        f"<span>{_running(text, body_start, line, mark)}</span></div>"
    )


def _running(text: str, start: int, line: _Line, mark: Span | None) -> str:
    """Text that may run over the end of a page: the pages that begin within it are told where they do."""
    pieces: list[str] = []
    for page in line.within:
        begins = max(start, page.span.start)
        pieces += (_marked(text, start, begins, mark), _page(page, "span", "page within"))
        start = begins
    return "".join([*pieces, _marked(text, start, line.span.end, mark)])


def _row(text: str, line: _Line, mark: Span | None) -> str:
    pieces: list[str] = []
    position = line.span.start
    while position < line.content_end:
        cut = text.find(_CELL_END, position, line.content_end)
        cell_end = line.content_end if cut < 0 else cut
        name = _NAME.match(text, position, cell_end)
        value = name.end() if name else position
        label = f'<span class="name">{_marked(text, position, value, mark)}</span>' if name else ""
        pieces.append(f'<span class="cell">{label}{_marked(text, value, cell_end, mark)}</span>')
        position = cell_end
        if cut >= 0:
            pieces.append(f'<span class="bar">{_marked(text, position, position + len(_CELL_END), mark)}</span>')
            position += len(_CELL_END)
    return f'<div class="row">{"".join(pieces)}{_marked(text, line.content_end, line.span.end, mark)}</div>'


def _marked(text: str, start: int, end: int, mark: Span | None) -> str:
    """The characters from `start` to `end`, those that `mark` covers in a `<mark>`."""
    if mark is None or start >= end or mark.end <= start or mark.start >= end:
        return escape(text[start:end])
    inside = Span(max(start, mark.start), min(end, mark.end))
    return f"{escape(text[start : inside.start])}<mark>{escape(inside.of(text))}</mark>{escape(text[inside.end : end])}"


def also_in(titles: Sequence[tuple[str, str]], quote: str | None) -> str:
    """Buttons for the other documents that say the same; `titles` are pairs of document id and title."""
    if not titles:
        return ""
    count = "1 other briefing" if len(titles) == 1 else f"{len(titles)} other briefings"
    items = "".join(
        f'<li><button type="button" class="link" data-do="open" data-document="{escape(key)}" '
        f'data-quote="{escape(quote or "")}">{escape(title)}</button></li>'
        for key, title in titles
    )
    return f'<details class="also"><summary>Also in {count}</summary><ul>{items}</ul></details>'
