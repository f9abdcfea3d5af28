"""The blocks of a PDF: paragraphs, lists, headings and tables, put together from lines, over the ends of pages too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.pdf.lines import LARGER, Line, body_size, is_item, without_bullet
from assistant.corpus.pdf.page_ends import (
    PageEnd,
    even_ends,
    foot_of,
    in_address,
    is_caption,
    is_finished,
    is_full,
    notes_apart,
)
from assistant.corpus.pdf.tables import Head, Table, add_ruled, table_at

_NUMBERED = re.compile(r"^\(?\d{1,3}[.)]\s")
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_PARTED_NUMBERS = re.compile(r"\w[-–]$")  # "2022-" before "2023", "mid-" before "1990s"
_SOFT_HYPHEN = re.compile(r"\s*\u00ad$")  # what some programs print where they part a word


def _gaps(pages: Sequence[Sequence[Line]]) -> dict[float, int]:
    """The distance between the lines of a paragraph for each type size that has lines enough to tell."""
    seen: dict[float, Counter[int]] = {}
    for lines in pages:
        for before, line in pairwise(lines):
            gap = round(before.y - line.y)
            if before.size == line.size and 0 < gap < 3 * line.size:
                seen.setdefault(line.size, Counter())[gap] += 1
    return {size: gaps.most_common(1)[0][0] for size, gaps in seen.items() if gaps.total() >= 5}


@dataclass(frozen=True, slots=True)
class _Part:
    """A block of text, a table in columns, or a ruled table, with its lines."""

    lines: Sequence[Line]
    table: Table | None = None

    @property
    def is_ruled(self) -> bool:
        return bool(self.lines[0].table)


class Layout:
    """Puts lines together to blocks, by their gaps, sizes and ends."""

    def __init__(self, out: CanonicalText, pages: Sequence[Sequence[Line]]) -> None:
        self._out = out
        self._body = body_size(pages)
        larger = {line.size for lines in pages for line in lines if self._is_large(line)}
        self._levels = {size: min(level, 6) for level, size in enumerate(sorted(larger, reverse=True), start=1)}
        self._words = {
            word.lower()
            for lines in pages
            for line in lines
            for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text)
        }
        self._times = Counter(line.text for lines in pages for line in lines)
        self._gaps = _gaps(pages)
        self._spacing = self._gaps.get(self._body, 1.2 * self._body) / self._body
        self._foot = foot_of(pages)
        self._open: PageEnd | None = None
        self._head: Head | None = None

    def add(self, index: int, label: str, lines: Sequence[Line]) -> None:
        """Appends the blocks of one page: its index from 1, the label printed on it, and its lines.

        A sentence that runs over from the page before stays whole, and a table goes on under its head. The notes at the
        foot of the page then stand ahead of what runs over, so that they do not come between.
        """
        text, notes = notes_apart(lines, self._body)
        parts, beside = list(self._parts(text)), list(self._parts(notes))
        before, self._open = self._open, None
        place = self._place_of_rest(before, parts) if before else None
        first: _Part | None = parts.pop(place) if place is not None else None
        if before and first:
            self._go_on(before, first, index, label)
        else:
            self._out.page(index, label)
        head = self._head if first is None else None
        self._head = None
        captions = self._captions_below(parts)
        parts, beside = parts[: len(parts) - len(captions)], [*captions, *beside]
        runs_over = bool(parts) and self._is_unfinished(parts[-1])
        ordered = [*parts[:-1], *beside, parts[-1]] if runs_over else [*parts, *beside]
        for place, part in enumerate(ordered):
            found = self._append(part, head if place == 0 else None)
            self._head = found if place == len(ordered) - 1 else None
        last = parts[-1] if runs_over else first if first and not ordered and self._is_unfinished(first) else None
        if last:
            free = min(line.y for line in lines) - self._foot
            right = max(line.end for line in text if line.size == last.lines[-1].size)
            self._open = PageEnd(last.lines, right, even_ends(text), free)

    def _place_of_rest(self, before: PageEnd, parts: Sequence[_Part]) -> int | None:
        """Which part of this page goes on with the text that the page before ends with, if one does.

        That is the first, or the first below captions; those may have a line of their own that is in lower case, such
        as "in millions", but no sentence. A line that stands elsewhere, too, is the head of a page or of a table.
        """
        for place, part in enumerate(parts):
            if not self._is_running(part) or self._times[part.lines[0].text] > 1:
                return None
            if before.goes_on(part.lines, self._body, followed=place + 1 < len(parts)):
                is_sentence = part.lines[0].text.lstrip()[:1].islower() and is_finished(part.lines)
                return place if place == 0 or is_sentence else None
            if not is_caption(part.lines[0]):
                return None
        return None

    def _parts(self, lines: Sequence[Line]) -> Iterator[_Part]:
        """The blocks and tables of a page, in order."""
        right = max((line.end for line in lines), default=0.0)
        index = 0
        while index < len(lines):
            if lines[index].table:
                ruled = next(list(rows) for _, rows in groupby(lines[index:], key=lambda line: line.table))
                yield _Part(ruled)
                index += len(ruled)
                continue
            table = table_at(lines, index, self._joined)
            if table:
                yield _Part(lines[index : table.end], table)
                index = table.end
                continue
            end = index + 1
            while end < len(lines) and self._belongs(lines, index, end, right):
                end += 1
            yield _Part(lines[index:end])
            index = end

    def _append(self, part: _Part, head: Head | None) -> Head | None:
        """Appends a part; gives the head of a table, which may go on under `head`."""
        if part.is_ruled:
            return add_ruled(self._out, part.lines, self._joined, head)
        if part.table:
            return part.table.add(self._out, self._joined, head)
        self._block(part.lines)
        return None

    def _is_running(self, part: _Part) -> bool:
        """Whether a part is a paragraph or an item of a list."""
        return not part.is_ruled and not part.table and self._is_heading(part.lines) is None

    def _is_unfinished(self, part: _Part) -> bool:
        """Whether a part is running text that ends within a sentence."""
        return self._is_running(part) and not is_finished(part.lines)

    def _captions_below(self, parts: Sequence[_Part]) -> Sequence[_Part]:
        """The captions with which a page ends below lines of text that are full and end within a sentence."""
        start = len(parts)
        while start and self._is_running(parts[start - 1]) and is_caption(parts[start - 1].lines[0]):
            start -= 1
        above = parts[start - 1] if start else None
        if above is None or not self._is_unfinished(above) or not is_full(above.lines):
            return ()
        return parts[start:]

    def _go_on(self, before: PageEnd, part: _Part, index: int, label: str) -> None:
        """Appends what runs over to the block of the page before; the new page begins within it."""
        said = self._joined([line.text for line in before.lines])
        whole = self._joined([said, *(line.text for line in part.lines)])
        shared = next(
            (place for place, pair in enumerate(zip(said, whole, strict=False)) if len({*pair}) > 1), len(said)
        )
        self._out.shorten(len(cleaned(said)) - len(cleaned(said[:shared])))
        self._out.page(index, label)
        self._out.go_on(whole[shared:])

    def _belongs(self, lines: Sequence[Line], start: int, index: int, right: float) -> bool:
        """Whether line `index` belongs to the block that begins at line `start` and reaches to the line before it."""
        first, before, line = lines[start], lines[index - 1], lines[index]
        if line.table:
            return False
        if is_item(first) and line.x <= first.x + 1:  # back at the margin: the list is over, unless it does not hang
            hangs = any(other.x > first.x + 1 for other in lines[start + 1 : index])
            if hangs or before.text.rstrip()[-1:] in ".!?":
                return False
        return self._goes_on(before, line, right) and table_at(lines, index, self._joined) is None

    def _is_large(self, line: Line) -> bool:
        return line.size >= LARGER * self._body and len(line.text) <= 200

    def _is_heading(self, lines: Sequence[Line]) -> int | None:
        first, text = lines[0], " ".join(line.text for line in lines)
        if first.size in self._levels and len(text) <= 300:
            return self._levels[first.size]
        bold = all(line.bold for line in lines) and len(text) <= 150 and first.size >= 0.95 * self._body
        return min(len(self._levels) + 1, 6) if bold and text.rstrip()[-1:] not in ".;," else None

    def _goes_on(self, before: Line, line: Line, right: float) -> bool:
        """Whether `line` belongs to the block that `before` is in."""
        gap = before.y - line.y
        normal = self._gaps.get(before.size, self._spacing * before.size)
        if (
            is_item(line)
            or before.size != line.size
            or (before.bold != line.bold and (self._all_bold(before) or self._all_bold(line)))
        ):
            return False
        if gap <= 0:  # the next column
            return not before.text.rstrip().endswith((".", "!", "?", ":")) and not is_caption(line)
        if gap > 1.25 * normal:
            return False
        if _NUMBERED.match(line.text) and before.text.rstrip()[-1:] in ".;:!?":
            return False
        ends = before.text.rstrip()[-1:] in ".!?:"
        return not (ends and (before.end < 0.6 * right or line.x > before.x + 0.8 * line.size))

    @staticmethod
    def _all_bold(line: Line) -> bool:
        return line.bold and len(line.cells) == 1

    def _block(self, lines: Sequence[Line]) -> None:
        text = self._joined([line.text for line in lines])
        level = self._is_heading(lines)
        if level is not None and not is_item(lines[0]):
            self._out.heading(level, text)
        elif is_item(lines[0]):
            self._out.item(without_bullet(text))
        else:
            self._out.paragraph(text)

    def _joined(self, lines: Sequence[str]) -> str:
        text = lines[0].strip()
        for line in lines[1:]:
            piece = line.strip()
            match = _HYPHENATED.search(text)
            following = re.match(r"[^\W\d_]+", piece)
            if soft := _SOFT_HYPHEN.search(text):
                text = text[: soft.start()] + piece
            elif in_address(text, piece) or (_PARTED_NUMBERS.search(text) and piece[:1].isdigit()):
                text += piece
            elif not match or not following:
                text += " " + piece
            elif self._is_compound(match[1], following[0]):
                text += piece
            else:
                text = text[:-1] + piece
        return text

    def _is_compound(self, first: str, second: str) -> bool:
        """Whether a hyphen at a line end belongs to the word: as the document writes it elsewhere, else by its case."""
        if f"{first}{second}".lower() in self._words:
            return False
        return f"{first}-{second}".lower() in self._words or second[:1].isupper() or first[:1].isupper()
