"""The owner's end of the process in `proof.py`: starts it, talks to it, notices when it dies or hangs."""

from __future__ import annotations

import base64
import json
import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from assistant.embedding.base import Vectors
from assistant.errors import VectorsUnavailable
from assistant.index.vectors.copy import Progress, Proof

_SILENCE_SECONDS = 180.0
_QUERY_SECONDS = 10.0
_CLOSE_SECONDS = 10.0

# Chroma reports nothing itself in this version; these keep it so. Proxies must not see what goes to a near server.
_SET = {"ANONYMIZED_TELEMETRY": "False", "DO_NOT_TRACK": "1", "HF_HUB_OFFLINE": "1", "PYTHONSAFEPATH": "1"}
_UNSET = ("CHROMA_OTEL_", "OTEL_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class ProcessEnded(VectorsUnavailable):
    """The process died or was silent for too long; what it held is not to be trusted."""


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_UNSET)}
    package = str(Path(__file__).resolve().parents[3])
    paths = [package, *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, **_SET, "PYTHONPATH": os.pathsep.join(paths)}


class VectorProcess:
    """A running process; one request at a time, from any thread."""

    def __init__(self, folder: Path, database: Path, url: str | None) -> None:
        command = [sys.executable, "-m", "assistant.index.vectors.proof"]
        command += ["--folder", str(folder), "--database", str(database)]
        if url is not None:
            command += ["--url", url]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                text=True,
                encoding="utf-8",
            )
        except OSError as error:
            raise VectorsUnavailable(f"the process that holds the vector index cannot be started ({error})") from error
        self._turn = threading.Lock()
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._listen, name="vector replies", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def reconcile(self, *, rebuild: bool, progress: Progress) -> Proof:
        """See `VectorCopy.reconcile`. Raises VectorsUnavailable with the reason."""
        with self._turn:
            self._send({"do": "reconcile", "rebuild": rebuild})
            while True:
                reply = self._receive(_SILENCE_SECONDS)
                if "proof" in reply:
                    proof = reply["proof"]
                    return Proof(proof["generation"], proof["vectors"], proof["stamp"], proof["why"])
                doing, done, total = reply["progress"]
                progress(doing, done, total)

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """See `VectorCopy.nearest`."""
        encoded = base64.b64encode(np.ascontiguousarray(vector, dtype="<f4").tobytes()).decode()
        with self._turn:
            self._send({"do": "nearest", "vector": encoded, "k": k})
            hits = self._receive(_QUERY_SECONDS)["hits"]
        return [(str(key), float(cosine)) for key, cosine in hits]

    def close(self) -> None:
        """Ends it in order where it can answer, else at once."""
        if self._turn.acquire(timeout=_CLOSE_SECONDS):
            try:
                with suppress(VectorsUnavailable):
                    self._send({"do": "close"})
                    self._receive(_CLOSE_SECONDS)
                    self._process.wait(_CLOSE_SECONDS)
            except subprocess.TimeoutExpired:
                pass
            finally:
                self._turn.release()
        self.kill()

    def kill(self) -> None:
        """Ends it at once; calling it again does nothing."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._process.stdin.close()  # type: ignore[union-attr]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as replies, suppress(ValueError):
            for line in replies:
                self._lines.put(line)
        self._lines.put(None)

    def _send(self, request: dict[str, object]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise ProcessEnded(f"the process that holds the vector index {self._end()}") from error

    def _receive(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            self.kill()
            raise ProcessEnded(f"the process that holds the vector index was silent for {seconds:.0f} s") from None
        if line is None:
            self._lines.put(None)
            raise ProcessEnded(f"the process that holds the vector index {self._end()}")
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise VectorsUnavailable(str(reply["error"]))
        return reply

    def _end(self) -> str:
        """How it ended, as the end of a sentence."""
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return "does not answer"
        return f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
