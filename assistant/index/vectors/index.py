"""Near vectors by Chroma: a disposable copy of the vectors table, which answers only after it was proved.

All of Chroma lives in a process of its own (`proof.py`), so no damage to its files can end this one. Nothing is
started before something is asked or changed.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.embedding.base import Vectors
from assistant.errors import VectorsUnavailable
from assistant.index.vectors.process import ProcessEnded, VectorProcess
from assistant.index.vectors.server import check_address
from assistant.index.vectors.state import Stamp, digest_of, read_state, stored_keys_digest, stored_stamp

Phase = Literal["idle", "proving", "proved", "unavailable", "closed"]

_RETRY_SECONDS = 60.0
_SERVER_RETRY_SECONDS = 5.0
_LAST_JOB_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class VectorStatus:
    """Which state the copy is in: `detail` is a phrase for people, `seconds` what the last proof took.

    `why` says what the last proof did: "opened", "changed: ...", "rebuilt: <the reason>".
    """

    phase: Phase
    detail: str
    engine: str
    generation: int = 0
    vectors: int = 0
    seconds: float = 0.0
    why: str = ""


class VectorIndex:
    """The vectors of one index folder in Chroma: embedded in `folder`/vectors, or on the server at `url`.

    `database` is the index.sqlite with the tables `vectors` and `meta`; its vectors have `dimensions` numbers each.
    All methods may be called from any thread.
    Raises SettingsError for a server outside the private network without TLS; touches nothing else.
    """

    def __init__(self, folder: Path, database: Path, dimensions: int, url: str | None = None) -> None:
        if url is not None:
            check_address(url)
        self._dimensions = dimensions
        self._folder = folder / "vectors"
        self._database = database
        self._url = url
        self._engine = "embedded" if url is None else "server"
        self._changed = threading.Condition()
        self._process: VectorProcess | None = None
        self._job: threading.Thread | None = None
        self._again = False
        self._retry_at = 0.0
        self._stamp: Stamp | None = None
        self._problem: str | None = None
        self._status = VectorStatus("idle", "not asked for yet", self._engine)

    @classmethod
    def open(cls, folder: Path, database: Path, dimensions: int, url: str | None = None) -> VectorIndex:
        """The copy of `folder`, with its proof under way in the background."""
        opened = cls(folder, database, dimensions, url)
        opened.prove()
        return opened

    def nearest(self, vector: Vectors, k: int, /) -> list[tuple[str, float]]:
        """The keys of the k vectors nearest to `vector` (shape (dimensions,), unit length) and their cosines.

        Raises VectorsUnavailable, with the reason, until the copy is proved and whenever it is behind the vectors
        table; the first call starts the proof.
        """
        if vector.size != self._dimensions:
            raise ValueError(f"a vector of {vector.size} dimensions was given, the index has {self._dimensions}")
        with self._changed:
            if self._status.phase == "idle" or (
                self._status.phase == "unavailable" and time.monotonic() >= self._retry_at
            ):
                self._start()
            process, status, stamp = self._process, self._status, self._stamp
        if status.phase != "proved":
            raise VectorsUnavailable(f"the vector index is not in use: {status.detail}")
        if self._read_stamp() != stamp:
            raise VectorsUnavailable("the vector index is not in use: it is behind what was indexed since")
        if process is None:
            return []
        try:
            return process.nearest(vector, k)
        except VectorsUnavailable as error:
            self._give_up(process, str(error))
            raise VectorsUnavailable(f"the vector index is not in use: {error}") from error

    def prove(self) -> None:
        """Starts proving in the background, so that later questions find the copy ready; returns at once."""
        with self._changed:
            if self._status.phase in {"idle", "unavailable"}:
                self._start()

    def apply_changes(self) -> None:
        """Starts bringing the copy up to the vectors table in the background; returns at once.

        Does nothing, and starts no process, where the copy holds just these keys.
        """
        with self._changed:
            if self._status.phase in {"idle", "proved"} and self._is_current():
                return
            self._start()

    def wait_until_proved(self, timeout: float) -> bool:
        """Waits, up to `timeout` seconds, for the work in the background; whether the copy is proved then."""
        with self._changed:
            if self._status.phase == "idle":
                self._start()
            self._changed.wait_for(lambda: self._job is None, timeout)
            return self._status.phase == "proved"

    def status(self) -> VectorStatus:
        """The state it is in now."""
        with self._changed:
            return self._status

    def problem(self) -> str | None:
        """Why the last proof failed, such as a server that cannot be reached, and what that means; else None."""
        with self._changed:
            return self._problem and f"{self._problem}; meanwhile every vector is compared"

    def close(self) -> None:
        """Ends the process, in order where it is at rest; calling it again does nothing."""
        with self._changed:
            if self._status.phase == "closed":
                return
            self._again = False
            # A change under way is worth a moment: cut short, the copy must be rebuilt the next time.
            self._changed.wait_for(lambda: self._job is None, _LAST_JOB_SECONDS)
            busy, process, self._process = self._job is not None, self._process, None
            self._status = VectorStatus("closed", "closed", self._engine)
            self._changed.notify_all()
        if process is not None:
            if busy:
                process.kill()
            else:
                process.close()

    def _start(self) -> None:
        """Starts the job, or has the running one go round once more; called with the lock held."""
        if self._status.phase == "closed":
            return
        if self._job is not None:
            self._again = True
            return
        self._set("proving", "it is being proved")
        self._job = threading.Thread(target=self._run, name="vector index", daemon=True)
        self._job.start()

    def _run(self) -> None:
        """The job: reconciles until nothing more was asked for meanwhile."""
        while True:
            self._reconcile()
            with self._changed:
                if self._again and self._status.phase != "closed":
                    self._again = False
                    self._set("proving", "it is being brought up to date")
                    continue
                self._job = None
                self._changed.notify_all()
                return

    def _reconcile(self) -> None:
        """One proof; a process that dies over the copy costs the copy, not the answer."""
        rebuild, reason = False, ""
        for _ in range(2):
            began = time.monotonic()
            process = None
            try:
                process = self._running()
                proof = process.reconcile(rebuild=rebuild, progress=self._progress)
            except VectorsUnavailable as error:
                reason, rebuild = str(error), True
                if process is not None:
                    process.kill()
                with self._changed:
                    self._process = None
                    if self._status.phase == "closed" or not isinstance(error, ProcessEnded):
                        break
            else:
                with self._changed:
                    if self._status.phase == "closed":
                        return
                    self._stamp, self._problem = proof.stamp, None
                    self._status = VectorStatus(
                        "proved",
                        "proved",
                        self._engine,
                        generation=proof.generation,
                        vectors=proof.vectors,
                        seconds=time.monotonic() - began,
                        why=proof.why + (f" (before: {reason})" if reason else ""),
                    )
                    return
        with self._changed:
            wait = _RETRY_SECONDS if self._url is None else _SERVER_RETRY_SECONDS
            self._retry_at = time.monotonic() + wait
            who = "the vector index" if self._url is None else f"the Chroma server at {self._url}"
            self._problem = f"{who} cannot be used: {reason}"
            self._set("unavailable", reason if self._url is None else self._problem)

    def _running(self) -> VectorProcess:
        with self._changed:
            if self._status.phase == "closed":
                raise VectorsUnavailable("closed")
            if self._process is None:
                self._process = VectorProcess(self._folder, self._database, self._url)
            return self._process

    def _progress(self, doing: str, done: int, total: int) -> None:
        with self._changed:
            self._set("proving", f"{doing} {done:,} of {total:,} vectors")

    def _give_up(self, process: VectorProcess, reason: str) -> None:
        """Ends a process that failed to answer and has the copy looked at again."""
        process.kill()
        with self._changed:
            if self._process is process and self._status.phase != "closed":
                self._process = None
                self._set("unavailable", reason)
                self._start()

    def _set(self, phase: Phase, detail: str) -> None:
        if self._status.phase != "closed":
            self._status = VectorStatus(phase, detail, self._engine, self._status.generation, self._status.vectors)

    def _is_current(self) -> bool:
        """Whether the copy holds just the stored keys, and where it is proved, was so at their last change."""
        try:
            if self._status.phase == "proved" and stored_stamp(self._database) != self._stamp:
                return False
            state = read_state(self._database, self._engine)
            return not state.dirty and (state.keys or digest_of(())) == stored_keys_digest(self._database)
        except sqlite3.Error:
            return False

    def _read_stamp(self) -> Stamp | None:
        try:
            return stored_stamp(self._database)
        except sqlite3.Error as error:
            raise VectorsUnavailable(
                f"the vector index is not in use: index.sqlite cannot be read ({error})"
            ) from error
