"""The folder of briefings that an index was made from, as it is noted in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

CORPUS = "corpus"
"""Under this key the path of the folder is noted."""
FROM_INDEX = "corpus_from_index"
"""Under this one, how it is reached from the folder of the index."""


def noted(corpus: Path, index: Path) -> dict[str, str]:
    """What an index notes of the folder: its path, and how it is reached from the folder of the index."""
    absolute = Path(os.path.normpath(corpus.absolute()))
    try:
        relative = os.path.relpath(absolute, index.absolute())
    except ValueError:  # on another drive
        relative = str(absolute)
    return {CORPUS: str(corpus.absolute()), FROM_INDEX: relative}


def origin_of(said: Mapping[str, object], index: Path) -> Path | None:
    """The folder that was noted; None where none was.

    Where both folders were copied or moved together, it is the one beside this index and not the one from before.
    """
    corpus, relative = said.get(CORPUS), said.get(FROM_INDEX)
    if not isinstance(corpus, str):
        return None
    beside = Path(os.path.normpath(index.absolute() / relative)) if isinstance(relative, str) else None
    return beside if beside is not None and beside.is_dir() else Path(corpus)
