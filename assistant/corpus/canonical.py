"""Builds the canonical text of a document block by block, so that every span is exact by construction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import UnreadableFile
from assistant.types import Heading, Page, Span

MAX_CHARACTERS = 20_000_000

# What a reader cannot see: controls that are not white space, lone surrogates, noncharacters, and Unicode's
# Default_Ignorable_Code_Point (soft hyphen, zero-width and bidirectional marks, fillers, variation selectors, tags).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

# Letters that type sets in one piece. As single characters nobody could search for the words that they stand in.
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)


def cleaned(text: str) -> str:
    """`text` as one line: NFC, nothing invisible, no ligatures, runs of white space one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_LIGATURES)).split())


@dataclass(frozen=True, slots=True)
class Canonical:
    """A finished canonical text with the headings and pages in it."""

    text: str
    headings: tuple[Heading, ...]
    pages: tuple[Page, ...]


class CanonicalText:
    """Appends cleaned blocks; a block that is empty after cleaning is left out.

    Blocks are parted by an empty line, the items of one list, the rows of one table and the lines of one listing by
    a line end. `limit` is the most characters the text may have; beyond it `UnreadableFile` is raised at once.
    """

    def __init__(self, *, limit: int = MAX_CHARACTERS) -> None:
        self._limit = limit
        self._parts: list[str] = []
        self._length = 0
        self._group = ""
        self._headings: list[Heading] = []
        self._last_heading = ""
        self._pages: list[Page] = []
        self._page: tuple[int, str] | None = None
        self._page_span: Span | None = None

    @property
    def last_heading(self) -> str:
        """The text of the heading that was added last, or nothing."""
        return self._last_heading

    def heading(self, level: int, text: str) -> None:
        """A heading; levels below 1 and above 9 are taken as 1 and 9."""
        said = cleaned(text)
        span = self._append(said, group="")
        if span:
            self._headings.append(Heading(min(max(level, 1), 9), span))
            self._last_heading = said

    def paragraph(self, text: str) -> None:
        """A paragraph, as one line."""
        self._append(cleaned(text), group="")

    def item(self, text: str, *, depth: int = 0, number: int | None = None) -> None:
        """An item of a list, nested by `depth`; with `number` it is that of an ordered list."""
        line = cleaned(text)
        if line:
            self._append("  " * max(depth, 0) + ("- " if number is None else f"{number}. ") + line, group="list")

    def row(self, cells: Sequence[str], header: Sequence[str] | None = None) -> None:
        """A row of a table, each cell after its header, so that the row can be understood alone."""
        names = [cleaned(name) for name in header or ()]
        pieces = []
        for column, cell in enumerate(cells):
            value = cleaned(cell)
            name = names[column] if column < len(names) else ""
            if value:
                pieces.append(f"{name.removesuffix(':')}: {value}" if name and name != value else value)
        self._append(" | ".join(pieces), group="table")

    def line(self, text: str) -> None:
        """A line of a listing (code, verse, an address)."""
        self._append(cleaned(text), group="listing")

    def part(self) -> None:
        """Parts the list, table or listing at hand from one that follows at once."""
        self._group = ""

    def go_on(self, text: str) -> None:
        """Appends to the last block, which a page that has just begun goes on with; blanks before `text` stay."""
        said = cleaned(text)
        if not said or not self._parts:
            return
        joint = self._parts[-1][-1:] + said[:1]
        blank = " " if text[:1].isspace() or not unicodedata.is_normalized("NFC", joint) else ""
        span = Span(self._length + len(blank), self._length + len(blank) + len(said))
        self._check(span)
        self._parts[-1] += blank + said
        self._grow(span)

    def shorten(self, by: int) -> None:
        """Takes characters from the end of the last block, such as the hyphen of a word that goes on."""
        if by <= 0 or not self._parts or by >= len(self._parts[-1]):
            return
        self._parts[-1] = self._parts[-1][:-by]
        self._length -= by
        if self._page_span:
            self._page_span = Span(self._page_span.start, self._length)

    def page(self, index: int, label: str) -> None:
        """Begins a page: its physical index from 1 and its printed label."""
        self._end_page()
        self._page = (index, cleaned(label) or str(index))

    def finish(self) -> Canonical:
        """The text that was built, with its headings and pages."""
        self._end_page()
        self._page = None
        return Canonical("".join(self._parts), tuple(self._headings), tuple(self._pages))

    def _append(self, block: str, *, group: str) -> Span | None:
        if not block:
            return None
        if self._parts:
            separator = "\n" if group and group == self._group else "\n\n"
            self._parts.append(separator)
            self._length += len(separator)
        span = Span(self._length, self._length + len(block))
        self._check(span)
        self._parts.append(block)
        self._grow(span)
        self._group = group
        return span

    def _grow(self, span: Span) -> None:
        """Notes that the text, and the page at hand, now reach to the end of what was appended."""
        self._length = span.end
        if self._page:
            self._page_span = Span(self._page_span.start if self._page_span else span.start, span.end)

    def _check(self, span: Span) -> None:
        if span.end > self._limit:
            raise UnreadableFile(
                f"it has more than {self._limit:,} characters of text, the most that is read from one file; "
                "split it into smaller files"
            )

    def _end_page(self) -> None:
        if self._page and self._page_span:
            index, label = self._page
            self._pages.append(Page(index, label, self._page_span))
        self._page_span = None
