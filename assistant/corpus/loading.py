"""One file and its attachments -> `Document`s with ids, titles, dates and hashes, every invariant checked."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from assistant.corpus import READERS, SUPPORTED
from assistant.corpus.base import Attachment, Extract
from assistant.corpus.canonical import MAX_CHARACTERS, cleaned
from assistant.corpus.snapshot import MAX_BYTES, snapshot
from assistant.errors import UnreadableFile
from assistant.language.written_dates import date_in_name, document_date
from assistant.types import Document, Source

MAX_DEPTH = 5
_LEADING_DATE = re.compile(r"^\d{4}[-_.]?\d\d[-_.]?\d\d[-_. ]+")
_ROWS_ONLY = frozenset({".xlsx", ".csv", ".tsv"})


def documents_of(path: Path, relative: str) -> tuple[Document, ...]:
    """The document in the file at `path`, then those in its attachments, at any depth up to 5.

    `relative` is the path within the corpus folder, with `/`; ids are made from it. An attachment that cannot be
    read is a warning on the document that carries it. Raises `UnreadableFile` with the reason when the file itself
    cannot be read, is empty, has no text, is too large, is a link, or changes while it is being read.
    """
    suffix = _supported(relative)
    try:
        content = snapshot(path)
        with tempfile.TemporaryDirectory(prefix="reading-") as folder:
            still = Path(folder) / f"file{suffix}"
            still.write_bytes(content)
            load = _Loading(file=relative)
            load.add(still, relative, carrier=None, depth=0)
    except FileNotFoundError as error:
        raise UnreadableFile("the file disappeared while it was being read; sync again") from error
    except OSError as error:
        raise UnreadableFile(f"it cannot be opened: {error.strerror or error}") from error
    return tuple(load.documents)


def document_id(relative: str) -> str:
    """The stable id of the document at this path of the corpus: 16 hexadecimal digits."""
    return sha256(relative.encode()).hexdigest()[:16]


@dataclass(slots=True)
class _Loading:
    """The documents of one file, gathered as its attachments are opened."""

    file: str
    documents: list[Document]
    characters: int

    def __init__(self, file: str) -> None:
        self.file = file
        self.documents = []
        self.characters = 0

    def add(self, path: Path, relative: str, *, carrier: Source | None, depth: int) -> None:
        self._take(_read(path), relative, carrier, depth)

    def _take(self, extract: Extract, relative: str, carrier: Source | None, depth: int) -> None:
        text = extract.text
        if not text.strip():
            raise UnreadableFile("no text was found in it")
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise UnreadableFile(f"it has more than {MAX_CHARACTERS:,} characters of text with its attachments")
        title = cleaned(extract.title or "")[:300] or readable_title(relative)
        source = Source(
            document_id=document_id(relative),
            path=relative,
            title=title,
            media_type=extract.media_type,
            content_hash=sha256(text.encode()).hexdigest(),
            date=_date_of(extract, relative) or (carrier.date if carrier else None),
            publisher=_publisher_of(extract) or (carrier.publisher if carrier else None),
            author=cleaned(extract.author or "")[:300] or None,
        )
        place = len(self.documents)
        document = Document(source, text, self.file, extract.headings, extract.pages, extract.warnings)
        check(document)
        self.documents.append(document)
        taken: set[str] = set()
        warnings = self._attachments(extract.attachments, source, depth, taken)
        for part in extract.parts:
            self._take(part.extract, f"{relative}/{_free_name(_safe_name(part.name), taken)}", source, depth + 1)
        said = tuple(dict.fromkeys(cleaned(warning) for warning in (*extract.warnings, *warnings)))
        self.documents[place] = replace(document, warnings=said)

    def _attachments(
        self, attachments: tuple[Attachment, ...], carrier: Source, depth: int, taken: set[str]
    ) -> list[str]:
        warnings: list[str] = []
        for attachment in attachments:
            name = _free_name(_safe_name(attachment.name), taken)
            suffix = PurePosixPath(name).suffix.lower()
            reason = None
            if depth >= MAX_DEPTH:
                reason = f"it lies more than {MAX_DEPTH} levels deep"
            elif not attachment.content:
                reason = "it is empty"
            elif len(attachment.content) > MAX_BYTES:
                reason = f"it is larger than {MAX_BYTES // 1_000_000} MB"
            elif suffix not in READERS:
                reason = f"it is not in a supported format ({', '.join(SUPPORTED)})"
            else:
                reason = self._attachment(attachment, name, carrier, depth)
            if reason:
                warnings.append(f"the attachment {name!r} was not read: {reason}")
        return warnings

    def _attachment(self, attachment: Attachment, name: str, carrier: Source, depth: int) -> str | None:
        """Adds the documents of one attachment, or returns why it cannot be read."""
        before = len(self.documents), self.characters
        with tempfile.TemporaryDirectory(prefix="attachment-") as folder:
            path = Path(folder) / f"attachment{PurePosixPath(name).suffix.lower()}"
            path.write_bytes(attachment.content)
            try:
                self.add(path, f"{carrier.path}/{name}", carrier=carrier, depth=depth + 1)
            except UnreadableFile as error:
                del self.documents[before[0] :]
                self.characters = before[1]
                return str(error)
        return None


def readable_title(relative: str) -> str:
    """A title made of a file name: "2023-05-31-shangri_la.md" -> "Shangri la"."""
    stem = PurePosixPath(relative).stem
    plain = cleaned(re.sub(r"[-_]+", " ", _LEADING_DATE.sub("", stem))) or cleaned(stem) or "Untitled"
    return plain[:1].upper() + plain[1:]


def check(document: Document) -> None:
    """Raises `AssertionError` unless the document keeps every promise of `Extract` and `Document`."""
    text = document.text
    if not unicodedata.is_normalized("NFC", text):
        raise AssertionError("the text is not in Unicode's normal form C")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in set(text) - {"\n"}):
        raise AssertionError("the text has control characters or lone surrogates")
    position = 0
    for heading in document.headings:
        if heading.span.start < position or heading.span.end > len(text) or "\n" in heading.span.of(text):
            raise AssertionError(f"a heading is not one line of the text, in order: {heading}")
        position = heading.span.end
    position = 0
    for page in document.pages:
        if page.span.start < position or page.span.end > len(text):
            raise AssertionError(f"a page does not lie in the text, in order: {page}")
        position = page.span.end


def _supported(relative: str) -> str:
    """The suffix by which the file's reader is found."""
    suffix = PurePosixPath(relative).suffix.lower()
    if suffix not in READERS:
        raise UnreadableFile(
            f"it is not in a supported format ({suffix or 'no suffix'}); supported: {' '.join(SUPPORTED)}"
        )
    return suffix


def _read(path: Path) -> Extract:
    """What the reader of this suffix, which must be a supported one, makes of the file."""
    form = READERS[path.suffix]
    try:
        return form.reader()(path)
    except (UnreadableFile, MemoryError, OSError):
        raise
    except RecursionError as error:
        raise UnreadableFile("it is nested too deeply to be read") from error
    except Exception as error:  # a parser can fail on a broken file in any way it likes
        reason = cleaned(str(error))[:200]
        raise UnreadableFile(
            f"it could not be read as {form.name}, it may be damaged ({type(error).__name__}: {reason})"
        ) from error


def _date_of(extract: Extract, relative: str) -> date | None:
    name = PurePosixPath(relative).name
    rows = PurePosixPath(relative).suffix.lower() in _ROWS_ONLY
    said = None if rows else document_date(extract.text[:2000])
    return extract.date or said or date_in_name(name) or extract.created


def _publisher_of(extract: Extract) -> str | None:
    """What the document says of itself, else the first part of a byline: "Publisher | Author | 31 May 2023"."""
    said = cleaned(extract.publisher or "")
    if not said:
        for line in extract.text[:2000].split("\n")[:12]:
            parts = line.rstrip(".").split(" | ")
            if len(parts) == 3 and document_date(parts[2]) and not any(": " in part for part in parts[:2]):
                said = parts[0]
                break
    return said[:300] or None


def _safe_name(name: str) -> str:
    plain = cleaned(name.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    short = f"{stem[:100]}{dot}{suffix[:12]}" if dot else plain[:100]
    return short or "attachment"


def _free_name(name: str, taken: set[str]) -> str:
    path = PurePosixPath(name)
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{path.stem} ({count}){path.suffix}"
    taken.add(free)
    return free
