"""PDF files: pages with printed labels, headings by their type, paragraphs put together from lines."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.pdf.ink import without_unseen
from assistant.corpus.pdf.lines import LARGER, Line, body_size, is_item, lines_of, without_bullet
from assistant.corpus.pdf.metadata import metadata, page_labels
from assistant.corpus.pdf.running_heads import without_running_heads
from assistant.corpus.pdf.tables import add_ruled, table_at
from assistant.corpus.pdf.type import Fonts
from assistant.errors import UnreadableFile

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 5_000

_NUMBERED = re.compile(r"^\(?\d{1,3}[.)]\s")
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_PARTED_NUMBERS = re.compile(r"\w[-–]$")  # "2022-" before "2023", "mid-" before "1990s"
_SOFT_HYPHEN = re.compile(r"\s*\u00ad$")  # what some programs print where they part a word
_LOCKED = "it is protected by a password; save a copy without it"


def read(path: Path) -> Extract:
    """The text of a PDF file that has any; scanned pages must go through text recognition (OCR) first."""
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(1024):
            raise UnreadableFile("it is not a PDF file: its content does not match its suffix")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _read(path)
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableFile(_LOCKED) from error
    except PyPdfError as error:
        raise UnreadableFile(f"it is damaged: {cleaned(str(error))[:200]}") from error


def _read(path: Path) -> Extract:
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile(_LOCKED)
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise UnreadableFile(f"it has {count:,} pages, more than the {MAX_PAGES:,} that are read; split it")
    labels = page_labels(reader, count)
    fonts = Fonts()
    pages: list[list[Line]] = []
    broken: list[str] = []
    reason: Exception | None = None
    unseen = 0
    for number, page in enumerate(reader.pages, start=1):
        try:
            unseen += without_unseen(page)
            pages.append(lines_of(page, fonts))
        except (MemoryError, FileNotDecryptedError, DependencyError):
            raise
        except Exception as error:  # one damaged page can fail in any way and must not cost the others
            reason = error
            broken.append(str(number))
            pages.append([])
    if reason and len(broken) == count:
        raise reason
    heights = [(float(page.mediabox.bottom), float(page.mediabox.height) or 1.0) for page in reader.pages]
    if not any(pages):
        raise UnreadableFile("no text found: the pages look scanned; run OCR first")
    repeated, pages = without_running_heads(pages, heights)
    warnings = []
    if repeated:
        warnings.append("running headers, footers or page numbers that repeat on its pages were left out")
    if unseen:
        warnings.append("text that is hidden on its pages (invisible, or white on white) was left out")
    if broken:
        warnings.append(f"{len(broken)} of its {count} pages are damaged and were left out ({_listed(broken)})")
    empty = [str(number) for number, lines in enumerate(pages, start=1) if not lines and str(number) not in broken]
    if empty:
        warnings.append(
            f"no text was found on {len(empty)} of its {count} pages ({_listed(empty)}); they may be scanned"
        )

    out = CanonicalText()
    layout = _Layout(out, pages)
    for number, lines in enumerate(pages, start=1):
        out.page(number, labels[number - 1])
        layout.add(lines)
    built = out.finish()
    title, author, created = metadata(reader)
    top = min((heading.level for heading in built.headings), default=0)
    first = next((h.span.of(built.text) for h in built.headings if h.level == top), None)
    return Extract(
        text=built.text,
        media_type=MEDIA_TYPE,
        title=title or first,
        created=created,
        author=author,
        headings=built.headings,
        pages=built.pages,
        warnings=tuple(warnings),
    )


def _listed(pages: Sequence[str]) -> str:
    return ", ".join(pages[:10]) + (", ..." if len(pages) > 10 else "")


def _gaps(pages: Sequence[Sequence[Line]]) -> dict[float, int]:
    """The distance between the lines of a paragraph for each type size that has lines enough to tell."""
    seen: dict[float, Counter[int]] = {}
    for lines in pages:
        for before, line in pairwise(lines):
            gap = round(before.y - line.y)
            if before.size == line.size and 0 < gap < 3 * line.size:
                seen.setdefault(line.size, Counter())[gap] += 1
    return {size: gaps.most_common(1)[0][0] for size, gaps in seen.items() if gaps.total() >= 5}


def _in_address(text: str, piece: str) -> bool:
    """Whether a line ends within a web address that goes on in the next one."""
    last, first = text.rpartition(" ")[2], piece.partition(" ")[0]
    return "://" in last and last[-1:] not in ".,;" and bool(re.search(r"[-/._=]", first)) and "://" not in first


class _Layout:
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
        self._gaps = _gaps(pages)
        self._spacing = self._gaps.get(self._body, 1.2 * self._body) / self._body

    def add(self, lines: Sequence[Line]) -> None:
        """Appends the blocks of one page."""
        right = max((line.end for line in lines), default=0.0)
        index = 0
        while index < len(lines):
            if lines[index].table:
                ruled = next(list(rows) for _, rows in groupby(lines[index:], key=lambda line: line.table))
                add_ruled(self._out, ruled, self._joined)
                index += len(ruled)
                continue
            table = table_at(lines, index, self._joined)
            if table:
                table.add(self._out, self._joined)
                index = table.end
                continue
            end = index + 1
            while end < len(lines) and self._belongs(lines, index, end, right):
                end += 1
            self._block(lines[index:end])
            index = end

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
            return not before.text.rstrip().endswith((".", "!", "?", ":"))
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
            elif _in_address(text, piece) or (_PARTED_NUMBERS.search(text) and piece[:1].isdigit()):
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
