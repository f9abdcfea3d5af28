"""A memo in each format that leaves the program, one a file; a new one is a file and a line in `EXPORTS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.errors import InputError, StorageError
from assistant.memos.export.bibtex import bibtex
from assistant.memos.export.csl import csl_json
from assistant.memos.export.html import html
from assistant.memos.export.markdown import markdown
from assistant.memos.export.pdf import pdf
from assistant.memos.export.word import word
from assistant.memos.memo import Memo
from assistant.memos.memo_file import memo_as_json

__all__ = ["EXPORTS", "export", "export_of"]

Export = Callable[[Memo], bytes]

EXPORTS: Mapping[str, Export] = {
    ".md": markdown,
    ".html": html,
    ".docx": word,
    ".pdf": pdf,
    ".bib": bibtex,
    ".csl.json": csl_json,
    ".json": lambda memo: memo_as_json(memo).encode(),
}
"""The end of a file's name and what writes such a file; the first that fits is taken."""


def export_of(path: Path) -> Export:
    """What writes a file of this name. Raises `InputError` for a format that there is not."""
    for suffix, written in EXPORTS.items():
        if path.name.lower().endswith(suffix):
            return written
    raise InputError(f"{path.name!r} is in no format of memos: the name must end in one of {', '.join(EXPORTS)}")


def export(memo: Memo, path: Path) -> None:
    """Writes the memo in the format that the name of the file tells; a file that is there is replaced.

    Raises `InputError` for a format that there is not, `StorageError` where the file cannot be written.
    """
    content = export_of(path)(memo)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise StorageError(f"the memo could not be written to {str(path)!r}: {error.strerror}") from error
