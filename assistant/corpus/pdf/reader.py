"""PDF files: pages with printed labels, and what is left out of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from assistant.corpus.base import Extract
from assistant.corpus.canonical import CanonicalText, cleaned
from assistant.corpus.pdf.ink import without_unseen
from assistant.corpus.pdf.layout import Layout
from assistant.corpus.pdf.lines import Line, lines_of
from assistant.corpus.pdf.metadata import metadata, page_labels
from assistant.corpus.pdf.running_heads import without_running_heads
from assistant.corpus.pdf.type import Fonts
from assistant.errors import UnreadableFile

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 5_000

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
    layout = Layout(out, pages)
    for number, lines in enumerate(pages, start=1):
        layout.add(number, labels[number - 1], lines)
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
