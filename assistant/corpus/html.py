"""Web pages (.html, .htm): what a reader of the page sees; nothing is executed or fetched."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import CData, Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.encoding import decode
from assistant.corpus.styles import hide
from assistant.language.written_dates import parse_date

MEDIA_TYPE = "text/html"

_BOILERPLATE = frozenset(
    re.findall(
        r"\w+",
        "nav footer aside script style template form noscript iframe object embed svg canvas head button select input "
        "textarea dialog math audio video map",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body center dd details div dl dt fieldset figcaption figure header hgroup html li "
        "main ol p pre section summary table tbody td tfoot th thead tr ul h1 h2 h3 h4 h5 h6 hr caption",
    )
)
_NOT_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction, CData)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DEEPEST = 200  # browsers stop at 512; each level costs about two frames of Python's stack


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
    walk = _Walk(CanonicalText())
    for root in _main_parts(soup):
        walk.children(root, 0)
    walk.flush()
    built = walk.out.finish()
    first = next((h.span.of(built.text) for h in built.headings if h.level == 1), None)
    named = cleaned(soup.title.get_text()) if soup.title else ""
    return Extract(
        text=built.text,
        media_type=MEDIA_TYPE,
        title=first or _meta(soup, "og:title") or named or None,
        date=_date(soup),
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


def hidden_warning(count: int) -> tuple[str, ...]:
    """What to say about `count` hidden elements: nothing about none."""
    if not count:
        return ()
    return ("1 hidden element was left out",) if count == 1 else (f"{count:,} hidden elements were left out",)


def _seen(markup: str) -> BeautifulSoup:
    soup = BeautifulSoup(markup, "lxml")
    hide(soup)
    return soup


def _main_parts(soup: BeautifulSoup) -> list[Tag]:
    """`<main>` or the outermost `<article>`s if they hold most of what there is to read, else the body."""
    body = soup.body or soup
    for name in ("main", "article"):
        parts = [part for part in body.find_all(name) if not part.find_parent(name) and not _within_hidden(part, body)]
        if sum(len(part.get_text()) for part in parts) > 200:
            return parts
    return [body]


def _meta(soup: BeautifulSoup, *names: str) -> str | None:
    for name in names:
        for attribute in ("name", "property"):
            tag = soup.find("meta", attrs={attribute: re.compile(f"^{re.escape(name)}$", re.IGNORECASE)})
            content = cleaned(str(tag.get("content") or "")) if isinstance(tag, Tag) else ""
            if content and not content.startswith("http"):
                return content
    return None


def _date(soup: BeautifulSoup) -> dt.date | None:
    names = ("article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created", "pubdate", "publish-date")
    said = [_meta(soup, name) for name in names]
    said += [str(tag.get("datetime")) for tag in soup.find_all("time", attrs={"datetime": True}, limit=1)]
    return next((day for day in (parse_date(text) for text in said if text) if day), None)


class _Walk:
    """Goes through the elements once; inline text is gathered until a block begins or ends."""

    def __init__(self, out: CanonicalText) -> None:
        self.out = out
        self.hidden = 0
        self._inline: list[str] = []
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._item = False

    def flush(self) -> None:
        text = "".join(self._inline)
        self._inline.clear()
        if not cleaned(text):
            return
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
            elif isinstance(child, NavigableString) and not isinstance(child, _NOT_TEXT):
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
                if child.name not in _BOILERPLATE:
                    self.hidden += _is_hidden(child)
                    levels += [] if _is_hidden(child) else [iter(list(child.children))]
            elif isinstance(child, NavigableString) and not isinstance(child, _NOT_TEXT):
                self._inline.append(str(child))

    def _element(self, tag: Tag, depth: int) -> None:
        name = tag.name.lower()
        if name in _BOILERPLATE:
            return
        if _is_hidden(tag):
            self.hidden += 1
        elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.flush()
            self.out.heading(int(name[1]), self._text(tag))
        elif name == "br":
            self._line_break()
        elif name == "img":
            self._inline.append(f" {tag.get('alt') or ''} ")
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
        self._lists.append((int(start) if start.isdigit() and len(start) < 9 else 1) if tag.name == "ol" else None)
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
        header: list[str] = []
        for row in self._unhidden(tag.find_all("tr"), tag):
            cells = self._unhidden(row.find_all(["td", "th"], recursive=False), row)
            texts = [text for cell in cells for text in [self._text(cell), *[""] * (_span(cell) - 1)]]
            if not header and cells and all(cell.name == "th" for cell in cells):
                header = texts
            else:
                self.out.row(texts, header)

    def _unhidden(self, tags: Sequence[Tag], root: Tag) -> list[Tag]:
        seen = [tag for tag in tags if not _within_hidden(tag, root)]
        self.hidden += len(tags) - len(seen)
        return seen

    def _text(self, tag: Tag) -> str:
        return "".join(self._visible(tag, 0))

    def _visible(self, tag: Tag, depth: int) -> Iterator[str]:
        for child in tag.children:
            if isinstance(child, Tag):
                name = child.name.lower()
                if name == "br":
                    yield "\n"
                elif name == "img":
                    yield f" {child.get('alt') or ''} "
                elif name not in _BOILERPLATE and depth < _DEEPEST:
                    if _is_hidden(child):
                        self.hidden += 1
                    else:
                        gap = " " if name in _BLOCKS else ""
                        yield gap
                        yield from self._visible(child, depth + 1)
                        yield gap
            elif isinstance(child, NavigableString) and not isinstance(child, _NOT_TEXT):
                yield str(child)


def _is_hidden(tag: Tag) -> bool:
    """Also by `aria-hidden`: what a page keeps from those who hear it is decoration, or text that it says elsewhere."""
    return tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).lower() == "true"


def _within_hidden(tag: Tag, root: Tag) -> bool:
    """Whether it, or an element around it below `root`, is hidden."""
    if _is_hidden(tag):
        return True
    around = itertools.takewhile(lambda parent: parent is not root, tag.parents)
    return any(_is_hidden(parent) for parent in around)


def _span(cell: Tag) -> int:
    text = str(cell.get("colspan") or "1")
    return min(int(text), 100) if text.isdigit() and len(text) < 5 and int(text) else 1


def _cells_of_layout(table: Tag) -> list[Tag]:
    cells = [cell for cell in table.find_all(["td", "th"]) if cell.find_parent("table") is table]
    return cells or [table]
