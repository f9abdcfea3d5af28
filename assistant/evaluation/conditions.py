"""What can move a number: settings, models, versions, documents and the program itself, as digests."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from assistant.evaluation.results import Conditions, DocumentPrint
from assistant.types import Document

_DISTRIBUTION = "briefing-assistant"
_PACKAGE = Path(__file__).parent.parent
_BENEATH = ("tokenizers", "transformers")  # not asked for directly, and they decide on tokens and vectors
_INDEXING = ("corpus", "chunking", "embedding", "index", "language")
_NO_EFFECT = frozenset({"corpus", "index", "host", "port", "users", "chroma_url", "llm_url", "llm_key", "llm_seconds"})


def conditions_of(
    settings: Mapping[str, object],
    models: Mapping[str, str],
    documents: Mapping[str, Document],
    *,
    judge: str,
    arithmetic: str,
) -> Conditions:
    """The conditions of a run. `documents` are by the name by which a report knows them.

    `arithmetic` is what vectors are computed in.

    Settings that cannot move a number (folders, addresses, passwords) are left out.
    """
    return Conditions(
        settings={name: str(value) for name, value in sorted(settings.items()) if name not in _NO_EFFECT},
        models=dict(sorted(models.items())),
        versions=versions(),
        documents=prints_of(documents),
        code=code_digest(),
        judge=judge,
        machine=machine(arithmetic),
    )


def prints_of(documents: Mapping[str, Document]) -> dict[str, DocumentPrint]:
    """What a report keeps of each document: enough to see later whether its text is still the same."""
    return {
        name: DocumentPrint(document.source.content_hash, len(document.text)) for name, document in documents.items()
    }


def versions() -> dict[str, str]:
    """The versions of Python, of this package and of what it depends on directly."""
    found = {"python": platform.python_version(), _DISTRIBUTION: metadata.version(_DISTRIBUTION)}
    for requirement in metadata.requires(_DISTRIBUTION) or []:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        if "extra ==" not in requirement:
            found[name] = metadata.version(name)
    return dict(sorted(found.items()))


def machine(arithmetic: str) -> dict[str, str]:
    """What computes the vectors: the processor, its cores, and the arithmetic."""
    return {"processor": _processor(), "cores": str(os.cpu_count()), "arithmetic": arithmetic}


def _processor() -> str:
    """The processor's name where the system tells one, else its architecture."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _beneath() -> list[tuple[str, str]]:
    return [(name, metadata.version(name)) for name in _BENEATH]


def code_digest(rooms: Iterable[str] = ("",)) -> str:
    """The digest of the package's files below these rooms; all of them by default."""
    digest = sha256()
    files = {file for room in rooms for file in (_PACKAGE / room).rglob("*") if file.suffix in (".py", ".json")}
    for file in sorted(files):
        digest.update(f"{file.relative_to(_PACKAGE)}\n".encode())
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def indexing_digest(corpus: Path, embedder: str, chunker: str) -> str:
    """Changes with everything that decides what an index of this folder holds, the contents of its files aside."""
    said = (str(corpus.resolve()), embedder, chunker, sorted(versions().items()), _beneath(), code_digest(_INDEXING))
    return sha256(repr(said).encode()).hexdigest()[:16]
