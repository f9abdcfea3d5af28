"""The process that holds Chroma: `python -m assistant.index.vectors.proof` opens, proves, changes, rebuilds and asks.

Chroma can end its process with SIGSEGV over a damaged file, so it has one of its own, and what was proved there is
what answers. It reads one JSON object a line from standard input and writes one or more to standard output:

    {"do": "reconcile", "rebuild": false}   ->  {"progress": [doing, done, total]}*, then {"proof": {...}}
    {"do": "nearest", "vector": base64 of float32, "k": 10}   ->  {"hits": [[key, cosine], ...]}
    {"do": "close"}   ->  {"closed": true}, and it ends

A failure answers {"error": sentence}. When standard input ends, so does the process: it never outlives its owner.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import signal
import sys
import threading
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import filelock
import numpy as np

from assistant.errors import AssistantError, VectorsUnavailable
from assistant.index.vectors.chroma import FolderShelf, ServerShelf, Shelf
from assistant.index.vectors.copy import VectorCopy, unreachable
from assistant.index.vectors.server import check_address
from assistant.index.vectors.state import index_id

_LOCK_SECONDS = 5.0


def main(arguments: list[str] | None = None) -> None:
    """Serves one owner until it closes or goes away."""
    parser = ArgumentParser(prog="assistant.index.vectors.proof")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--url")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, which closes this process in order
    replies = _take_standard_output()
    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()

    def reply(value: dict[str, object]) -> None:
        replies.write(json.dumps(value) + "\n")
        replies.flush()

    def progress(doing: str, done: int, total: int) -> None:
        reply({"progress": [doing, done, total]})

    lock = filelock.FileLock(options.folder / "lock")
    copy: VectorCopy | None = None
    while True:
        request = json.loads(requests.get())
        try:
            if request["do"] == "close":
                if copy is not None:
                    copy.close()
                reply({"closed": True})
                return
            if copy is None:
                copy = VectorCopy(
                    options.database, _shelf(options.folder, options.database, options.url, lock), progress
                )
            if request["do"] == "reconcile":
                reply({"proof": asdict(copy.reconcile(rebuild=request["rebuild"]))})
            else:
                vector = np.frombuffer(base64.b64decode(request["vector"]), dtype="<f4")
                reply({"hits": copy.nearest(vector, request["k"])})
        except Exception as error:
            reply({"error": _said(error)})


def _said(error: Exception) -> str:
    if isinstance(error, AssistantError):
        return str(error)
    return "it does not answer (is it running?)" if unreachable(error) else f"{type(error).__name__}: {error}"


def _take_standard_output() -> TextIO:
    """The pipe to the owner; what libraries print goes to standard error instead, also from native code."""
    pipe = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return pipe


def _listen(requests: queue.Queue[str]) -> None:
    """Hands on the requests; ends the process at once when the owner is gone."""
    for line in sys.stdin:
        requests.put(line)
    os._exit(1)


def _shelf(folder: Path, database: Path, url: str | None, lock: filelock.BaseFileLock) -> Shelf:
    """Where the copy is kept; a folder is locked first, against the process of an owner that was killed."""
    if url is not None:
        check_address(url)
        return ServerShelf(url, index_id(database))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock.acquire(timeout=_LOCK_SECONDS)
    except filelock.Timeout as error:
        raise VectorsUnavailable(f"another process still works on {folder}") from error
    return FolderShelf(folder)


if __name__ == "__main__":
    main()
