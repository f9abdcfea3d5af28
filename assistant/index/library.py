"""The corpus folder and its index together: what is in it, adding a file, taking one out, bringing it up to date."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.corpus import READ_AS, SUPPORTED
from assistant.corpus.sandbox import ParserProcess
from assistant.corpus.snapshot import MAX_BYTES
from assistant.errors import InputError, StorageError
from assistant.index.briefing_index import BriefingIndex
from assistant.index.entries import UPLOADS, LibraryEntry, listed, no_document, uploads_in
from assistant.index.report import SyncEvent
from assistant.index.scan import check_folder
from assistant.types import Document

_TRASH = ".removed"  # hidden, so that a sync passes it over
_MAX_NAME_BYTES = 150


class Library:
    """A corpus folder with its index. Files are read in a child process of its own."""

    def __init__(self, index: BriefingIndex, corpus: Path) -> None:
        self.index = index
        self.corpus = corpus

    def sync(self) -> Iterator[SyncEvent]:
        """Brings the index up to the files in the folder; the last event is the `SyncReport`."""
        with ParserProcess() as parser:
            yield from self.index.sync(self.corpus, parse=parser.parse, suffixes=SUPPORTED, readers=READ_AS)

    def entries(self) -> list[LibraryEntry]:
        """Everything in the folder as the last sync left it, and uploads that wait for the next; ordered by path."""
        return listed(self.index.files(), self.index.store.holdings(), uploads_in(self.corpus))

    def document(self, id_or_path: str) -> Document:
        """The document with this id or path. Raises `InputError` where there is none."""
        document = self.index.document(id_or_path)
        if document is None:
            raise no_document(id_or_path)
        return document

    def add_upload(self, name: str, content: Path) -> str:
        """Copies an uploaded file into the folder and returns its path there; when it returns, the file is safe.

        The bytes are written under a hidden name, synced to the disk and renamed, and the folder is synced, so that
        a crash leaves the whole file or none. Raises `InputError` for a format that cannot be read, a file that is too
        large and a folder of briefings that is gone, `StorageError` when the disk refuses.
        """
        clean = _clean_name(name)
        if Path(clean).suffix.lower() not in SUPPORTED:
            raise InputError(f"{name!r} is not a supported format; supported: {', '.join(SUPPORTED)}")
        if content.stat().st_size > MAX_BYTES:
            most = f"{MAX_BYTES // 1_000_000} MB"
            raise InputError(f"{name!r} is larger than {most}: split it or remove pictures from it")
        self._check_not_gone()
        folder = self.corpus / UPLOADS
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target = _free(folder / clean)
            partial = folder / f".{target.name}.part"
            with content.open("rb") as source, partial.open("wb") as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
            partial.rename(target)
            _sync_folder(folder)
        except OSError as error:
            raise StorageError(f"the upload could not be written to {str(folder)!r}: {error.strerror}") from error
        return f"{UPLOADS}/{target.name}"

    def remove(self, path: str, *, delete_file: bool = False) -> None:
        """Takes a file's documents out of the index; `delete_file` (uploads only) puts the file aside as well.

        What was only taken out stays out under another name, too; what was put aside is read when it is put in again.
        Raises `InputError` for a file that is not in the index, and where the deletion is asked of what is no upload or
        lies in a folder that is gone, `StorageError` where the file cannot be moved; then nothing has changed.
        """
        if delete_file and not path.startswith(f"{UPLOADS}/"):
            raise InputError(f"{path!r} was not uploaded here, so its file is not deleted: remove it from the folder")

        def delete() -> None:
            self._check_not_gone()
            _move_aside(self.corpus / path, self.corpus / UPLOADS / _TRASH / path.removeprefix(f"{UPLOADS}/"))

        self.index.forget(path, delete=delete if delete_file else None)

    def restore(self, path: str) -> None:
        """Undoes `remove`; the next sync reads the file again. What is back already stays as it is.

        Raises `InputError` for a path that no removed file has, `StorageError` where the file cannot be put back.
        """
        known = any(row.path == path for row in self.index.files())
        aside = self._put_aside().get(path)
        if aside is None and not known and path not in uploads_in(self.corpus):
            raise InputError(f"nothing was removed that is called {path!r}: the list of documents shows what was")
        target = self.corpus / path
        if aside is not None and not target.exists():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                aside.replace(target)
            except OSError as error:
                raise StorageError(f"the file {path!r} could not be put back: {error.strerror}") from error
        if known:
            self.index.restore(path)

    def _check_not_gone(self) -> None:
        """Raises `InputError` where briefings were read from a folder that is not there, such as a drive that is off.

        Were it made anew for one file, the next sync would take all others for deleted.
        """
        if self.index.files():
            check_folder(self.corpus)

    def _put_aside(self) -> dict[str, Path]:
        """The deleted uploads by the path that each had: a path from elsewhere could lead out of the folder."""
        trash = self.corpus / UPLOADS / _TRASH
        files = (file for file in trash.rglob("*") if file.is_file())
        return {f"{UPLOADS}/{file.relative_to(trash).as_posix()}": file for file in files}


def _clean_name(name: str) -> str:
    """The last part of a name as a browser sent it, fit for any file system; never empty, hidden or a path."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if not dot:
        stem, suffix = kept, ""
    stem = stem.encode("utf-8")[:_MAX_NAME_BYTES].decode("utf-8", "ignore").strip(" .") or "upload"
    return f"{stem}.{suffix}" if suffix else stem


def _free(path: Path) -> Path:
    """`path`, or with " (2)" and so on where the name is taken."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return candidate


def _move_aside(file: Path, aside: Path) -> None:
    """Moves a file; one that was moved there before is kept under another name."""
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        if file.is_file() and aside.exists():
            aside.rename(_free(aside))
        with suppress(FileNotFoundError):  # somebody else deleted it
            file.replace(aside)
    except OSError as error:
        raise StorageError(f"the file could not be moved to {str(aside.parent)!r}: {error.strerror}") from error


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
