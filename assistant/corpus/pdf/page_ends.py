"""Whether the text with which a PDF page ends goes on on the next one, and what stands between the two.

Pieces joined that do not belong together say what nobody wrote, which is worse than a sentence that is cut: so each of
these rules has to hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.corpus.pdf.lines import Line, is_item
from assistant.language.written_dates import MONTH

NOTE = 0.92
"""Of the type size of running text, or less, have the notes at the foot of a page."""

_MARKED = re.compile(rf"\W*(?:\d{{1,3}}(?!\d|\s*{MONTH})|[*†‡§])[.)]?\s*\S", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:(?:fig(?:ure|\.)?|table|chart|graph|diagram|map|box|exhibit|plate|photo|image)\s*"
    r"(?:[A-Z]?\d{1,3}(?:[.-]\d{1,3})*|[IVX]{1,5})\s*[.:|–—]|(?:sources?|notes?|photo|image|credits?)\s*:)(?:\s|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\]|\d{1,2}(?:\.\d{1,2})+\.?(?=\s+[A-Z]))\s")
_LABELLED = re.compile(r"[A-Z][^.,;:]{0,30}:(?:\s|$)")  # "DATE: 12 May", as in the head of a memo
_WORD = re.compile(r"\s*[\"“‘'(\[]?\w")  # what is said begins so, and not a listing
_LEADS_ON = re.compile(  # what no heading, signature or entry of a list ends with
    r"(?:[,\-\u00ad]|\b(?:an?|the|of|in|on|at|to|by|for|from|with|into|upon|under|between|against|about|and|or|nor|but|as|than|that|"
    r"which|who|whose|its|their|his|her|is|are|was|were|be|been|has|had|have|will|would|could|should|may|might|must))$"
)
_CLOSING = " \"”’')]"
_PARTING = "-/._=?&#%"  # behind these, programs part a web address
_FULL = 0.98  # of the width reaches, or more, a line with the word that no longer fits in it
_ABOUT_FULL = 0.85
_EVEN = 6  # lines of as many lengths, or more, do not end alike by chance
_LINES = 6  # times the height of a line, at most, is free below text that runs over: the rest of the page is full


def in_address(text: str, piece: str) -> bool:
    """Whether a line ends within a web address that goes on in the next one."""
    last, first = text.rpartition(" ")[2], piece.partition(" ")[0]
    return "://" in last and last[-1:] not in ".,;" and bool(re.search(r"[-/._=]", first)) and "://" not in first


def is_caption(line: Line) -> bool:
    """Whether a line is the first of a caption, or of what is said of where a figure or a table comes from."""
    return bool(_CAPTION.match(line.text.strip()))


def notes_apart(lines: Sequence[Line], body: float) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of a page, and the notes at its foot: what it ends with in smaller type, if that begins with a mark."""
    start = len(lines)
    while start and lines[start - 1].size <= NOTE * body and not lines[start - 1].table:
        start -= 1
    if not 0 < start < len(lines) or not _MARKED.match(lines[start].text):
        return lines, ()
    return lines[:start], lines[start:]


def foot_of(pages: Sequence[Sequence[Line]]) -> float:
    """How low the pages of a document usually end: the height of their lowest line, as one in four has it."""
    lowest = sorted(min(line.y for line in lines) for lines in pages if lines)
    return lowest[(len(lowest) - 1) // 4] if lowest else 0.0


def even_ends(lines: Iterable[Line]) -> frozenset[int]:
    """Where lines of many lengths end alike, as those do that are made equally long: the right ends of columns."""
    lengths: dict[int, set[int]] = {}
    for line in lines:
        lengths.setdefault(round(line.end), set()).add(len(line.text))
    return frozenset(end for end, found in lengths.items() if len(found) >= _EVEN)


def is_finished(lines: Sequence[Line], ends: str = ".!?") -> bool:
    """Whether lines end as a sentence does."""
    return lines[-1].text.rstrip(_CLOSING)[-1:] in ends


def is_full(lines: Sequence[Line]) -> bool:
    """Whether the last of several lines reaches as far as those above it."""
    return len(lines) > 1 and lines[-1].end >= _ABOUT_FULL * max(line.end for line in lines)


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The lines of the unfinished text with which a page ends, and what tells whether it may go on.

    `right` is how far to the right lines in their type reach on the page, `even` where lines end that are made equally
    long, `free` how far above the usual foot of a page it ends.
    """

    lines: Sequence[Line]
    right: float
    even: frozenset[int]
    free: float

    def goes_on(self, lines: Sequence[Line], body: float, *, followed: bool) -> bool:
        """Whether these lines, with which the next page begins, are of the same paragraph or item.

        `body` is the type size of running text; `followed` says that more stands below them on their page.
        """
        last, first = self.lines[-1], lines[0]
        if last.size != first.size or last.text.rstrip()[-1:] in ":;" or self.free > _LINES * 1.2 * body:
            return False
        if is_item(first) or _NUMBERED.match(first.text) or is_caption(first) or is_caption(self.lines[0]):
            return False
        if "://" in last.text.rpartition(" ")[2]:
            return last.text.rstrip()[-1:] in _PARTING and in_address(last.text, first.text)
        if not self._is_wrapped() or (len(self._column()) < 2 and _LABELLED.match(last.text)):
            return False
        if first.text.lstrip()[:1].islower():
            return self._fills(last, first, _ABOUT_FULL)
        if not _WORD.match(first.text) or _LABELLED.match(first.text):
            return False
        if last.size <= NOTE * body:  # entries of a list of sources
            return False
        leads_on = bool(_LEADS_ON.search(last.text.rstrip()))
        if not leads_on and (len(self._column()) < 2 or is_item(self.lines[0])):  # a signature, a heading in plain type
            return False
        return self._fills(last, first, _FULL) and (not followed or is_finished(lines, ".!?:;"))

    def _column(self) -> Sequence[Line]:
        """Its lines in the last column that it stands in."""
        start = len(self.lines) - 1
        while start and self.lines[start - 1].y > self.lines[start].y:
            start -= 1
        return self.lines[start:]

    def _fills(self, line: Line, following: Line, share: float) -> bool:
        """Whether a line was full: the word after it would not have fitted in."""
        left = min(each.x for each in self._column())
        word = len(following.text.split()[0]) + 1
        end = line.end + word * (following.end - following.x) / len(following.text)
        if line.text.rstrip()[-1:] in "-\u00ad" or round(line.end) in self.even:
            return True
        return end - left >= share * (self.right - left)

    def _is_wrapped(self) -> bool:
        """Whether its lines end where they are full, as those of verse and of addresses do not."""
        return all(
            is_finished([line]) or self._fills(line, following, _ABOUT_FULL)
            for line, following in pairwise(self._column())
        )
