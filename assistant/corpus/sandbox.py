"""Parses files in a child process with limits on time and memory, so that no file can harm the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from assistant.corpus.wire import Json, decode_document, receive, send
from assistant.errors import AssistantError, StorageError, UnreadableFile
from assistant.types import Document

_ROOT = Path(__file__).resolve().parents[2]
# No proxies, keys or tokens: only what Python needs.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT", "VIRTUAL_ENV")
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds by the clock and of the processor, bytes of address space."""

    seconds: float = 30.0
    processor_seconds: int = 20
    memory: int = 1_500_000_000


class ParserProcess:
    """A child process that turns files into documents, one at a time; started on first use, restarted when it dies.

    Threads may share one. Use it as a context manager, or call `close`.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, path: Path, relative: str) -> tuple[Document, ...]:
        """The documents in the file at `path` (see `loading.documents_of`), within the limits.

        `relative` is its path within the corpus folder, with `/`. Raises `UnreadableFile` with a reason that can be
        shown beside the file, whatever is wrong with it.
        """
        try:
            relative.encode()
        except UnicodeEncodeError as error:
            raise UnreadableFile("its name is not valid UTF-8; rename the file") from error
        with self._lock:
            return self._parse(path, relative)

    def close(self) -> None:
        """Ends the child process, if there is one."""
        with self._lock:
            self._stop()

    @property
    def pid(self) -> int | None:
        """The id of the child process, or None while there is none."""
        return self._process.pid if self._process else None

    def _parse(self, path: Path, relative: str) -> tuple[Document, ...]:
        request: dict[str, Json] = {"path": str(path.absolute()), "relative": relative}
        process = self._running()
        reply, late = self._ask(process, request)
        if reply is None:  # it died before it began with this file, which is not this file's fault
            self._stop()
            process = self._running()
            reply, late = self._ask(process, request)
        if reply is not None and not late:
            reply, late = self._reply(process)
        if reply is None:
            raise UnreadableFile(self._why(process, late=late))
        if late or "last" in reply:
            self._stop()
        if "unreadable" in reply:
            raise UnreadableFile(str(reply["unreadable"]))
        try:
            documents = reply.get("documents")
            if not isinstance(documents, list):
                raise ValueError("no documents")
            return tuple(decode_document(document) for document in documents)
        except ValueError as error:
            self._stop()
            raise UnreadableFile("the parser process gave no answer that can be understood") from error

    def _ask(self, process: subprocess.Popen[bytes], request: dict[str, Json]) -> tuple[dict[str, Json] | None, bool]:
        try:
            send(_pipe(process.stdin), request)
        except OSError:
            return None, False
        return self._reply(process)

    def _reply(self, process: subprocess.Popen[bytes]) -> tuple[dict[str, Json] | None, bool]:
        """What the process answers, None if it died, and whether it was killed for taking too long."""
        late = threading.Event()
        timer = threading.Timer(self._limits.seconds, _kill, (process, late))
        timer.daemon = True
        timer.start()
        try:
            return receive(_pipe(process.stdout)), late.is_set()
        except (OSError, ValueError):
            return None, late.is_set()
        finally:
            timer.cancel()

    def _why(self, process: subprocess.Popen[bytes], *, late: bool) -> str:
        self._stop()
        if late:
            return f"it took longer than {self._limits.seconds:g} s to read; it is damaged, or too large"
        code = process.returncode
        if code == -getattr(signal, "SIGXCPU", 0) and code:
            return f"it took more than {self._limits.processor_seconds} s of processor time to read"
        if code < 0:
            return f"reading it ended the parser process ({signal.Signals(-code).name}); it is damaged, or too large"
        return f"reading it ended the parser process (exit code {code}); it is damaged, or too large"

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self._stop()
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
        environment |= dict.fromkeys(_TEMPORARY, self._own_folder())
        # openpyxl imports numpy, whose BLAS would take address space for every core of the machine.
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
        # -P: the folder this program was started in may be full of foreign files, and a json.py there must not run.
        command = [sys.executable, "-P", "-m", "assistant.corpus.worker"]
        limits = [str(self._limits.memory), str(self._limits.processor_seconds)]
        self._process = subprocess.Popen(
            [*command, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl+C is for the parent, which then closes this one
        )
        timer = threading.Timer(_START_SECONDS, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            ready = receive(_pipe(self._process.stdout))
        except (OSError, ValueError):
            ready = None
        finally:
            timer.cancel()
        if not ready:
            self._stop()
            raise AssistantError(
                f"the parser process could not be started ({' '.join(command)}); "
                "run this command in a terminal with two numbers after it to see why"
            )
        return self._process

    def _own_folder(self) -> str:
        """A temporary folder for one process: one that is killed leaves its copy of the file, which goes with it."""
        try:
            self._temporary = tempfile.TemporaryDirectory(prefix="parser-", ignore_cleanup_errors=True)
        except OSError as error:
            raise StorageError(f"the parser process needs a temporary folder, and none can be made: {error}") from error
        return self._temporary.name

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process:
            _end(process)
        folder, self._temporary = self._temporary, None
        if folder:
            folder.cleanup()


def _end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream:
            try:
                stream.close()
            except OSError:
                continue
    try:
        process.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _pipe(stream: object) -> BinaryIO:
    if stream is None:
        raise OSError("the parser process has no pipe")
    return stream  # type: ignore[return-value]
