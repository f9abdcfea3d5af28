"""An exported memo as a person left it: its sentences and the footnotes behind each, from .docx, .md or .html."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.archive import check_office_file
from assistant.corpus.encoding import decode
from assistant.errors import AssistantError, InputError, UnreadableFile
from assistant.memos.pandoc import MARKDOWN, read_file, read_text
from assistant.memos.sentences import sentences
from assistant.memos.tag import Footnote, read_footnote

FORMATS: Mapping[str, str] = {".docx": "docx", ".md": MARKDOWN, ".html": "html"}
"""The suffixes that can be verified, with what pandoc calls the format."""

_MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EditedSentence:
    """A sentence and the footnotes behind it, in order."""

    text: str
    footnotes: tuple[Footnote, ...] = ()


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
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(f"{path.name!r} cannot be verified: it must end in one of {', '.join(FORMATS)}")
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(f"{str(path)!r} is larger than {_MAX_BYTES // 2**20} MB: that is no memo")
        if form == "docx":
            check_office_file(path, "word")
        tree = read_file(path, form) if form == "docx" else read_text(decode(path.read_bytes()).text, form)
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    except UnreadableFile as error:
        raise InputError(f"{str(path)!r} cannot be read: {error}") from error
    except AssistantError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{str(path)!r} cannot be read: {error}") from error
    return EditedMemo(
        tuple(
            EditedSentence(sentence.text, tuple(read_footnote(each) for each in sentence.footnotes))
            for sentence in sentences(tree)
        )
    )
