"""The list of documents: what each file of the corpus folder became."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from assistant.errors import InputError
from assistant.index.rows import FileRow
from assistant.types import Source

UPLOADS = "uploads"
"""The folder of uploaded files, in the corpus folder."""

EntryStatus = Literal["indexed", "failed", "removed", "waiting"]


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One line of the list of documents: a document, or a file that gave none, with the reason."""

    path: str
    title: str
    status: EntryStatus
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    date: date | None = None
    publisher: str | None = None
    media_type: str | None = None
    chunks: int = 0
    document_id: str | None = None
    is_upload: bool = False


def no_document(id_or_path: str) -> InputError:
    """What is raised where no document has this id or path."""
    return InputError(f"no document {id_or_path!r}: `assistant list` names the documents")


def listed(
    files: Iterable[FileRow], holdings: Iterable[tuple[str, Source, int]], uploads: Iterable[str]
) -> list[LibraryEntry]:
    """Everything in the folder as the last sync left it, and `uploads` that wait for the next; ordered by path.

    `holdings` are the documents, each with the file it was read from and its number of chunks.
    """
    held: dict[str, list[tuple[Source, int]]] = {}
    for file, source, chunks in holdings:
        held.setdefault(file, []).append((source, chunks))
    entries: list[LibraryEntry] = []
    known: set[str] = set()
    for row in files:
        known.add(row.path)
        upload = row.path.startswith(f"{UPLOADS}/")
        if row.status == "indexed" and row.path in held:
            entries += [
                LibraryEntry(
                    path=source.path,
                    title=source.title,
                    status="indexed",
                    warnings=row.warnings,
                    date=source.date,
                    publisher=source.publisher,
                    media_type=source.media_type,
                    chunks=chunks,
                    document_id=source.document_id,
                    is_upload=upload,
                )
                for source, chunks in held[row.path]
            ]
        else:
            status: EntryStatus = "removed" if row.status == "removed" else "failed"
            entries.append(
                LibraryEntry(row.path, Path(row.path).name, status, row.reason, row.warnings, is_upload=upload)
            )
    for path in uploads:
        if path not in known:
            entries.append(LibraryEntry(path, Path(path).name, "waiting", is_upload=True))
    return sorted(entries, key=lambda entry: entry.path)


def uploads_in(corpus: Path) -> Sequence[str]:
    """The uploaded files in a corpus folder, indexed or not."""
    folder = corpus / UPLOADS
    if not folder.is_dir():
        return ()
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith("."))
    return [f"{UPLOADS}/{name}" for name in names]
