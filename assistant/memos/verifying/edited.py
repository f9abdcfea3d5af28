"""An exported memo as a person left it: its sentences and the footnotes behind each, from .docx, .md or .html."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.encoding import decode
from assistant.corpus.office.archive import check_office_file
from assistant.errors import AssistantError, InputError
from assistant.memos.pandoc import MARKDOWN, Tree, read_file, read_text
from assistant.memos.sentences import sentences
from assistant.memos.tag import Footnote, read_footnote
from assistant.memos.verifying.lines import lines_of

FORMATS: Mapping[str, str] = {".docx": "docx", ".md": MARKDOWN, ".html": "html"}
"""The suffixes that can be verified, with what pandoc calls the format."""

_MAX_BYTES = 50 * 2**20
_MAX_TEXT_BYTES = 4 * 2**20  # Word files have pictures; a text of this size has some 2,000 pages
_MAX_SENTENCES = 10_000
_MAX_XML_BYTES = 40 * 2**20  # of a Word file's parts without pictures


@dataclass(frozen=True, slots=True)
class EditedSentence:
    """A sentence and the footnotes behind it, in order; `line` as in `Finding`."""

    text: str
    footnotes: tuple[Footnote, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class EditedMemo:
    """The sentences of a memo in order; headings, the table of sources and the bibliography are left out."""

    sentences: tuple[EditedSentence, ...]

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """Each footnote once, in the order of first use."""
        return tuple(dict.fromkeys(each for sentence in self.sentences for each in sentence.footnotes))


def read_edited(path: Path) -> EditedMemo:
    """The memo in a file; tracked changes count as accepted, comments are passed over.

    Raises `InputError` for a file that is not there, is too large, damaged, or of another format.
    """
    try:
        found = sentences(read_tree(path))
    except RecursionError as error:
        raise InputError(f"{path.name!r} cannot be read: it is nested too deeply") from error
    if len(found) > _MAX_SENTENCES:
        raise InputError(f"{path.name!r} has {len(found):,} sentences, more than the {_MAX_SENTENCES:,} of a memo")
    lines = _lines(path, [each.text for each in found])
    return EditedMemo(
        tuple(
            EditedSentence(each.text, tuple(map(read_footnote, each.footnotes)), line)
            for each, line in zip(found, lines, strict=True)
        )
    )


def read_tree(path: Path) -> Tree:
    """The file as pandoc's tree; raises as `read_edited` does."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(f"{path.name!r} cannot be verified: it must end in one of {', '.join(FORMATS)}")
    limit = _MAX_BYTES if form == "docx" else _MAX_TEXT_BYTES
    try:
        if path.stat().st_size > limit:
            raise InputError(f"{path.name!r} is larger than {limit // 2**20} MB: that is no memo")
        if form == "docx":
            check_office_file(path, "word")
            _check_xml(path)
            return read_file(path, form)
        return read_text(decode(path.read_bytes()).text, form)
    except OSError as error:
        raise InputError(f"{path.name!r} cannot be read: {error.strerror}") from error
    except InputError:
        raise
    except AssistantError as error:
        raise InputError(f"{path.name!r} cannot be read: {error}") from error


def _lines(path: Path, sentences: Sequence[str]) -> Sequence[int | None]:
    """The line of each sentence in the text that a person edits; None in Word and in a browser, which show none."""
    if path.suffix.lower() != ".md":
        return [None] * len(sentences)
    return lines_of(decode(path.read_bytes()).text, sentences)


def _check_xml(path: Path) -> None:
    """Raises `InputError` for a Word file whose text would fill the memory of what reads it."""
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels")))
    if size > _MAX_XML_BYTES:
        raise InputError(f"{path.name!r} holds {size // 2**20} MB of text and styles: that is no memo")
