"""Web pages (.html, .htm): what a reader of the page sees; nothing is executed or fetched."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.encoding import decode
from assistant.corpus.html.dates import Time, page_date
from assistant.corpus.html.parts import BOILERPLATE, NOT_TEXT, is_hidden, leave_out_forms, main_parts, within_hidden
from assistant.corpus.html.styles import hide
from assistant.corpus.html.tables import Cell, add_rows
from assistant.corpus.superscripts import PIECES, raised

MEDIA_TYPE = "text/html"

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body center dd details div dl dt fieldset figcaption figure header hgroup html li "
        "main ol p pre section summary table tbody td tfoot th thead tr ul h1 h2 h3 h4 h5 h6 hr caption",
    )
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_TO_NOTE = re.compile(r"^#")  # a link within the page
_DEEPEST = 200  # browsers stop at 512; each level costs about two frames of Python's stack
_DATES = ("article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created", "pubdate", "publish-date")


def read(path: Path) -> Extract:
    """The main text of a web page with its headings, lists and tables, and the head that its meta tags give."""
    data = path.read_bytes()
    declared = _META_CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    extract = read_markup(decoded.text)
    return Extract(
        text=extract.text,
        media_type=MEDIA_TYPE,
        title=extract.title,
        date=extract.date,
        publisher=extract.publisher,
        author=extract.author,
        headings=extract.headings,
        warnings=(*decoded.warnings, *extract.warnings),
    )


def read_markup(markup: str) -> Extract:
    """The same for markup that is text already (the HTML part of a mail)."""
    soup = _seen(markup)
    body = soup.body or soup
    walk = _Walk(CanonicalText())
    for root in main_parts(body):
        walk.children(root, 0)
    walk.flush()
    built = walk.out.finish()
    first = next((h.span.of(built.text) for h in built.headings if h.level == 1), None)
    named = cleaned(soup.title.get_text()) if soup.title else ""
    return Extract(
        text=built.text,
        media_type=MEDIA_TYPE,
        title=first or _meta(soup, "og:title") or named or None,
        date=page_date([_meta(soup, name) or "" for name in _DATES], body, walk.times, built.text),
        publisher=_meta(soup, "publisher", "article:publisher", "og:site_name", "dc.publisher"),
        author=_meta(soup, "author", "article:author", "dc.creator"),
        headings=built.headings,
        warnings=hidden_warning(walk.hidden),
    )


def add_fragment(out: CanonicalText, markup: str) -> int:
    """Appends the blocks of a piece of markup to `out`; returns how many hidden elements were left out."""
    walk = _Walk(out)
    walk.children(_seen(markup), 0)
    walk.flush()
    return walk.hidden


@lru_cache(maxsize=1024)
def hides(tag: str) -> bool:
    """Whether an opening tag, by what it says itself, hides what stands in its element."""
    if "hidden" not in tag.lower() and "style" not in tag.lower():
        return False
    soup = BeautifulSoup(f"<p>{tag}inside", "lxml")
    hide(soup)
    text = soup.find(string="inside")
    return text is not None and text.parent is not None and within_hidden(text.parent, soup)


def hidden_warning(count: int) -> tuple[str, ...]:
    """What to say about `count` hidden elements: nothing about none."""
    if not count:
        return ()
    return ("1 hidden element was left out",) if count == 1 else (f"{count:,} hidden elements were left out",)


def _seen(markup: str) -> BeautifulSoup:
    soup = BeautifulSoup(markup, "lxml")
    hide(soup)
    leave_out_forms(soup.body or soup)
    return soup


def _meta(soup: BeautifulSoup, *names: str) -> str | None:
    for name in names:
        for attribute in ("name", "property"):
            tag = soup.find("meta", attrs={attribute: re.compile(f"^{re.escape(name)}$", re.IGNORECASE)})
            content = cleaned(str(tag.get("content") or "")) if isinstance(tag, Tag) else ""
            if content and not content.startswith("http"):
                return content
    return None


class _Walk:
    """Goes through the elements once; inline text is gathered until a block begins or ends."""

    def __init__(self, out: CanonicalText) -> None:
        self.out = out
        self.hidden = 0
        self.times: list[Time] = []
        self._line = 0
        self._inline: list[str] = []
        self._timed: list[tuple[int, int, Tag]] = []  # from where to where in `_inline` a <time> stands
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._item = False

    def flush(self) -> None:
        text = "".join(self._inline)
        for start, end, tag in self._timed[:3]:  # a byline has no more, and the rest of a line is joined for each
            before, after = "".join(self._inline[:start]), "".join(self._inline[end:])
            self.times.append(Time(tag, before, after, self._line))
        self._inline.clear()
        self._timed.clear()
        if not cleaned(text):
            return
        self._line += 1
        if self._item and self._lists:
            self._item = False
            number = self._lists[-1]
            self.out.item(text, depth=len(self._lists) - 1, number=number)
            self._lists[-1] = None if number is None else number + 1
        else:
            self.out.paragraph(text)

    def children(self, parent: Tag, depth: int) -> None:
        if depth > _DEEPEST:
            self._deeper(parent)
            return
        for child in parent.children:
            if isinstance(child, Tag):
                self._element(child, depth + 1)
            elif isinstance(child, NavigableString) and not isinstance(child, NOT_TEXT):
                self._inline.append(str(child))

    def _deeper(self, parent: Tag) -> None:
        """Only the text, without blocks; each level of the stack is one of the tree."""
        levels = [iter(list(parent.children))]
        while levels:
            child = next(levels[-1], None)
            if child is None:
                levels.pop()
            elif isinstance(child, Tag):
                self._inline.append(" ")
                if child.name not in BOILERPLATE:
                    self.hidden += is_hidden(child)
                    levels += [] if is_hidden(child) else [iter(list(child.children))]
            elif isinstance(child, NavigableString) and not isinstance(child, NOT_TEXT):
                self._inline.append(str(child))

    def _element(self, tag: Tag, depth: int) -> None:
        name = tag.name.lower()
        if name in BOILERPLATE:
            return
        if is_hidden(tag):
            self.hidden += 1
        elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.flush()
            self.out.heading(int(name[1]), self._text(tag))
        elif name == "br":
            self._line_break()
        elif name == "img":
            self._inline.append(f" {tag.get('alt') or ''} ")
        elif name == "sup":
            _add_raised(self._inline, self._text(tag), tag)
        elif name == "time":
            start = len(self._inline)
            self._inline += [text] if (text := self._text(tag)) else []
            self._timed.append((start, len(self._inline), tag))
        elif name in ("ul", "ol"):
            self._list(tag, depth)
        elif name == "table":
            self._table(tag, depth)
        elif name == "pre":
            self.flush()
            self.out.part()
            for line in self._text(tag).split("\n"):
                self.out.line(line)
        elif name in _BLOCKS:
            self.flush()
            if name == "li":
                self._item = True
            self.children(tag, depth)
            self.flush()
        else:
            self.children(tag, depth)

    def _line_break(self) -> None:
        """Two in a row part paragraphs; one may be a wrap and stays inside its paragraph unless a sentence ended."""
        text = "".join(self._inline).rstrip(" ")
        if text.endswith("\n") or text.rstrip()[-1:] in (".", "!", "?", ":", ";"):
            self.flush()
        else:
            self._inline.append("\n")

    def _list(self, tag: Tag, depth: int) -> None:
        self.flush()
        if not self._lists:
            self.out.part()
        start = str(tag.get("start") or "1")
        self._lists.append((int(start) if start.isdecimal() and len(start) < 9 else 1) if tag.name == "ol" else None)
        self.children(tag, depth)
        self.flush()
        self._lists.pop()
        self._item = False

    def _table(self, tag: Tag, depth: int) -> None:
        self.flush()
        if tag.find("table") or len(tag.find_all("tr", limit=2)) < 2:  # laid out by a table, not a table
            for cell in self._unhidden(_cells_of_layout(tag), tag):
                self.children(cell, depth)
                self.flush()
            return
        self.out.part()
        caption = tag.find("caption")
        if isinstance(caption, Tag) and self._unhidden([caption], tag):
            self.out.paragraph(self._text(caption))
        rows = self._unhidden(tag.find_all("tr"), tag)
        parts = itertools.groupby(rows, key=lambda row: id(row.parent))
        add_rows(self.out, [[self._cells(row) for row in part] for _, part in parts])

    def _cells(self, row: Tag) -> list[Cell]:
        cells = self._unhidden(row.find_all(["td", "th"], recursive=False), row)
        return [Cell.of(cell, self._text(cell)) for cell in cells]

    def _unhidden(self, tags: Sequence[Tag], root: Tag) -> list[Tag]:
        seen = [tag for tag in tags if not within_hidden(tag, root)]
        self.hidden += len(tags) - len(seen)
        return seen

    def _text(self, tag: Tag, depth: int = 0) -> str:
        pieces: list[str] = []
        self._gather(tag, depth, pieces)
        return "".join(pieces)

    def _gather(self, tag: Tag, depth: int, pieces: list[str]) -> None:
        for child in tag.children:
            if isinstance(child, Tag):
                name = child.name.lower()
                if name == "br":
                    pieces.append("\n")
                elif name == "img":
                    pieces.append(f" {child.get('alt') or ''} ")
                elif name not in BOILERPLATE and depth < _DEEPEST:
                    if is_hidden(child):
                        self.hidden += 1
                    elif name == "sup":
                        _add_raised(pieces, self._text(child, depth + 1), child)
                    else:
                        gap = [" "] if name in _BLOCKS else []
                        pieces += gap
                        self._gather(child, depth + 1, pieces)
                        pieces += gap
            elif isinstance(child, NavigableString) and not isinstance(child, NOT_TEXT):
                pieces.append(str(child))


def _add_raised(pieces: list[str], text: str, tag: Tag) -> None:
    if text:
        linked = tag.find("a", href=_TO_NOTE) or tag.find_parent("a", href=_TO_NOTE)
        pieces.append(raised(text, after="".join(pieces[-PIECES:]), linked=bool(linked)))


def _cells_of_layout(table: Tag) -> list[Tag]:
    cells = [cell for cell in table.find_all(["td", "th"]) if cell.find_parent("table") is table]
    return cells or [table]
