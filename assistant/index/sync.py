"""Brings the index up to what lies in the corpus folder."""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.embedding.base import Embedder, Vectors
from assistant.errors import StorageError
from assistant.index.origin import noted
from assistant.index.plan import Plan, Work, make_plan
from assistant.index.preparing import Failure, Prepared, Preparer
from assistant.index.report import FileDone, FileOutcome, Scanned, SyncEvent, SyncReport
from assistant.index.rows import FileRow
from assistant.index.scan import scan
from assistant.index.store import Store

_GROUP = 512  # texts embedded in one call: enough to sort them by length into full batches
_READERS = "readers"  # the key under which they are noted
_READ_ANEW = "this version reads files otherwise than the one before: all were read again"
_AHEAD = 64  # files that are read and cut before the model asks for them


@dataclass(frozen=True, slots=True)
class _Stop:
    """What the reading thread puts last: how it ended."""

    error: BaseException | None = None


class Sync:
    """One pass over the corpus folder. Each file changes in one transaction, so a pass may be cut off anywhere.

    `readers` names what is made of a file; where another name was noted before, every file is read again. `clock`
    gives nanoseconds since 1970, on the same clock as the files' times.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        preparer: Preparer,
        *,
        suffixes: Collection[str],
        readers: str = "",
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._preparer = preparer
        self._suffixes = suffixes
        self._readers = readers
        self._clock = clock

    def run(self, corpus: Path, warnings: Sequence[str] = ()) -> Iterator[SyncEvent]:
        """The events of the pass; the last one is its SyncReport, which repeats `warnings`.

        A file that cannot be read is an outcome, not an error. Raises InputError without a corpus folder,
        StorageError where the disk is full or read-only; what was reported as done stays done.
        """
        started = time.perf_counter()
        checked_ns = self._clock()
        known = {row.path: row for row in self._store.files()}
        found = scan(corpus, self._suffixes)
        self._remember(corpus)
        anew = (self._store.meta(_READERS) or "") != self._readers
        plan = make_plan(found, known, checked_ns, anew=anew)
        yield Scanned(len(found.files) + len(found.refused), len(plan.work))
        outcomes = list(plan.settled)
        for row in plan.noted_failures:
            self._store.record_failure(row)
        if plan.rechecked:
            self._store.record_checked(plan.rechecked)
        for path in plan.vanished:
            gone = len(self._store.documents_of([path]))
            self._store.remove_file(path)
            outcomes.append(FileOutcome(path, "removed", "the file is gone", documents=gone))
        for done, outcome in enumerate(self._read_and_store(plan), start=1):
            outcomes.append(outcome)
            yield FileDone(outcome, done, len(plan.work))
        self._store.remove_unused_vectors()
        notes = list(warnings)
        if anew:
            self._store.set_meta({_READERS: self._readers})
            notes += [_READ_ANEW] if known else []
        if plan.vanished and not found.files:
            notes.append(f"{corpus} holds no briefings any more: all documents were taken out of the index")
        outcomes.sort(key=lambda outcome: outcome.path)
        yield SyncReport(tuple(outcomes), time.perf_counter() - started, tuple(notes))

    def _remember(self, corpus: Path) -> None:
        """Notes the folder before anything is changed, so that a pass that was cut off goes on with the same one.

        A link is noted as such: where it leads may change.
        """
        said = noted(corpus, self._store.path.parent)
        if any(self._store.meta(key) != value for key, value in said.items()):
            with suppress(StorageError):  # on a full disk an index that needs no change can still be asked
                self._store.set_meta(said)

    def _read_and_store(self, plan: Plan) -> Iterator[FileOutcome]:
        """Reads and cuts files in a thread while texts of earlier ones are embedded and stored here."""
        if not plan.work:
            return
        ready: queue.Queue[Prepared | Failure | _Stop] = queue.Queue(_AHEAD)
        stop = threading.Event()
        reader = threading.Thread(target=self._prepare, args=(plan.work, ready, stop), name="sync-reader", daemon=True)
        reader.start()
        try:
            group: list[Prepared] = []
            while not isinstance(item := ready.get(), _Stop):
                if isinstance(item, Failure):
                    yield self._fail(item)
                    continue
                group.append(item)
                if sum(len(prepared.texts) for prepared in group) >= _GROUP:
                    yield from self._store_group(group)
                    group = []
            yield from self._store_group(group)
            if item.error is not None:
                raise item.error
        finally:
            stop.set()
            reader.join()

    def _prepare(
        self, work: Sequence[Work], ready: queue.Queue[Prepared | Failure | _Stop], stop: threading.Event
    ) -> None:
        last = _Stop()
        try:
            for item in work:
                if not _put(ready, self._preparer.prepare(item), stop):
                    return
        except BaseException as error:  # raised again where the results are read
            last = _Stop(error)
        _put(ready, last, stop)

    def _store_group(self, group: Sequence[Prepared]) -> Iterator[FileOutcome]:
        """Embeds what has no vector yet in one call, then stores file by file."""
        texts = {key: text for prepared in group for key, text in prepared.texts.items()}
        known = self._store.known_keys(texts)
        missing = sorted((key for key in texts if key not in known), key=lambda key: (len(texts[key]), key))
        vectors: dict[str, Vectors] = {}
        if missing:
            encoded = self._embedder.encode([texts[key] for key in missing])
            vectors = dict(zip(missing, encoded, strict=True))
        bad = {key for key, vector in vectors.items() if not _is_unit(vector)}
        waiting = set(vectors)
        for prepared in group:
            if bad.intersection(prepared.texts):
                yield self._fail(Failure(prepared.work, "the embedding model returned no usable vector for it", True))
                continue
            own = {key: vectors[key] for key in prepared.texts if key in vectors}
            embedded = waiting.intersection(own)
            waiting -= embedded
            yield self._store_file(prepared, own, len(embedded))

    def _store_file(self, prepared: Prepared, vectors: Mapping[str, Vectors], embedded: int) -> FileOutcome:
        work = prepared.work
        warnings = tuple(warning for document, _ in prepared.documents for warning in document.warnings)
        row = replace(work.row, status="indexed", warnings=warnings)
        old = () if work.renamed_from is None else (work.renamed_from,)
        try:
            self._store.replace_file(row, prepared.documents, vectors, instead_of=old)
        except sqlite3.IntegrityError:
            return self._fail(Failure(work, "one of its documents has the path or id of another document", False))
        return FileOutcome(
            work.row.path,
            "indexed" if work.renamed_from is None else "renamed",
            work.renamed_from,
            documents=len(prepared.documents),
            chunks=sum(len(chunks) for _, chunks in prepared.documents),
            embedded=embedded,
            warnings=warnings,
        )

    def _fail(self, failure: Failure) -> FileOutcome:
        """Notes the failure. Where it may pass by itself, what was indexed before stays and the file is tried again."""
        work = failure.work
        reason = failure.reason
        if failure.passing and work.known is not None and work.known.status == "indexed":
            reason += "; the version indexed before stays until it can be read"
        else:
            row = FileRow(
                work.row.path,
                work.row.size,
                work.row.mtime_ns,
                "" if failure.passing else work.row.file_hash,
                "failed",
                reason,
                (),
                work.row.checked_ns,
            )
            old = () if work.renamed_from is None else (work.renamed_from,)
            self._store.replace_file(row, (), {}, instead_of=old)
        return FileOutcome(work.row.path, "failed", reason)


def _put(
    ready: queue.Queue[Prepared | Failure | _Stop], item: Prepared | Failure | _Stop, stop: threading.Event
) -> bool:
    """Waits for a place in the queue; False where the reader of the queue has gone."""
    while not stop.is_set():
        try:
            ready.put(item, timeout=0.2)
        except queue.Full:
            continue
        return True
    return False


def _is_unit(vector: Vectors) -> bool:
    return bool(abs(float(np.linalg.norm(vector)) - 1.0) < 1e-3)
