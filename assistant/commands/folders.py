"""The folders that a command works on and writes to: an index remembers the briefings that it was made from."""

from __future__ import annotations

import shlex
from pathlib import Path

from assistant.errors import InputError
from assistant.settings import Settings


def said_corpus(settings: Settings) -> Path | None:
    """The folder of briefings where the command line, the environment or the file names one; None for the default."""
    return settings.corpus if "corpus" in settings.model_fields_set else None


def with_remembered_corpus(settings: Settings) -> Settings:
    """The settings with the folder that the index was made from, where none is named and that one still exists."""
    return _with(_remembered(settings.index), settings)


def with_corpus_of_index(settings: Settings) -> Settings:
    """As `with_remembered_corpus`, for commands that sync: over another folder, that would empty the index.

    Raises `InputError` where the settings name another folder than the one that the index was made from.
    """
    said, remembered = said_corpus(settings), _remembered(settings.index)
    if said is not None and remembered is not None and said.is_dir() and not said.samefile(remembered):
        command = shlex.join(("assistant", "index", str(said), "--index", str(settings.index)))
        raise InputError(
            f"the index in {str(settings.index)!r} was made from {str(remembered)!r}, not from {str(said)!r}: "
            f"name another index with --index, or change this one over with `{command}`"
        )
    return _with(remembered, settings)


def _with(remembered: Path | None, settings: Settings) -> Settings:
    if remembered is None or said_corpus(settings) is not None:
        return settings
    return settings.model_copy(update={"corpus": remembered})


def _remembered(index: Path) -> Path | None:
    """The folder that this index was made from, as long as it exists: one that was moved is not held against anybody.

    What is wrong with the index is said by those who open it.
    """
    from assistant.index.snapshot import Snapshot

    corpus = Snapshot(index).corpus()
    return corpus if corpus is not None and corpus.is_dir() else None


def check_folder_of(file: Path) -> None:
    """Raises `InputError` where the folder is not there that a file is to be written to."""
    if not file.absolute().parent.is_dir():
        raise InputError(f"there is no folder {str(file.parent)!r} to write {file.name!r} to")
