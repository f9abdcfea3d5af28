"""The child process that parses files: `python -m assistant.corpus.worker`, started by `sandbox.ParserProcess`.

It sets its own limits, keeps whatever libraries print away from the pipe to its parent, opens no connection, starts
no process, and ends when its parent does.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from assistant.corpus.loading import documents_of
from assistant.corpus.wire import Json, encode_document, receive, send
from assistant.errors import UnreadableFile

_FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec",
              "os.posix_spawn", "os.fork", "os.forkpty")  # fmt: skip


def main() -> None:
    """Answers `{path, relative}` with `{begun}`, then `{documents}` or `{unreadable}`, until the pipe is closed."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.stdout = sys.stderr

    memory, processor_seconds = int(sys.argv[1]), int(sys.argv[2])
    resource = _resource()
    if resource:
        _limit_memory(resource, memory)
    sys.addaudithook(_forbid)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    send(replies, {"ready": True})
    _serve(requests, replies, resource, processor_seconds, memory)


def _serve(
    requests: BinaryIO, replies: BinaryIO, resource: ModuleType | None, processor_seconds: int, memory: int
) -> None:
    while (request := receive(requests)) is not None:
        send(replies, {"begun": True})
        if resource:
            _limit_processor(resource, processor_seconds)
        path, relative = request["path"], request["relative"]
        if not isinstance(path, str) or not isinstance(relative, str):
            raise TypeError("a request needs two texts: path and relative")
        try:
            documents: list[Json] = [encode_document(document) for document in documents_of(Path(path), relative)]
            send(replies, {"documents": documents})
        except UnreadableFile as error:
            send(replies, {"unreadable": str(error)})
        except MemoryError:
            send(
                replies, {"unreadable": f"it needs more than {memory / 1e9:.1f} GB of memory to be read", "last": True}
            )
            break  # what is left of the heap is in pieces; the parent starts another process


def _resource() -> ModuleType | None:
    try:
        import resource
    except ImportError:  # Windows: the parent's wall clock still holds
        return None
    return resource


def _limit_memory(resource: ModuleType, memory: int) -> None:
    for name, limit in (("RLIMIT_AS", memory), ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (OSError, ValueError, AttributeError):  # macOS knows RLIMIT_AS but refuses to lower it
            continue


def _limit_processor(resource: ModuleType, seconds: int) -> None:
    """The soft limit counts from the start of the process, so it is moved on before each file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _forbid(event: str, _: object) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"a parser may not do this: {event}")


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
