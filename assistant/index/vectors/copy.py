"""The copy of the vectors in Chroma: opened only when its bytes are known, changed, proved, rebuilt in doubt."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.embedding.base import Vectors
from assistant.errors import VectorsUnavailable
from assistant.index.vectors.chroma import Collection, Shelf
from assistant.index.vectors.state import (
    CopyState,
    Stamp,
    VectorsSnapshot,
    digest_of,
    read_state,
    write_state,
)

_SAMPLE = 200
_CHURN = 0.2
_ASKED = 200
_NEAR = 10
_FAR = 400

Progress = Callable[[str, int, int], None]
"""Told what goes on ("building" or "proving"), how many vectors are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved: `vectors` of `generation` are those of the vectors table at `stamp`, and each is found.

    `why` says what was done to get there.
    """

    generation: int
    vectors: int
    stamp: Stamp
    why: str


class _DoubtError(Exception):
    """Why the copy is not to be trusted."""


class VectorCopy:
    """One copy; used by one thread."""

    def __init__(self, database: Path, shelf: Shelf, progress: Progress) -> None:
        self._database = database
        self._shelf = shelf
        self._progress = progress
        self._collection: Collection | None = None
        self._ids: set[str] = set()
        self._owners: dict[str, list[str]] = {}
        self._state = CopyState()

    def reconcile(self, *, rebuild: bool = False) -> Proof:
        """Makes the copy equal to the vectors table, and proves it.

        A copy whose files are not byte for byte those of its last good moment is not even opened: it is built
        again. Raises VectorsUnavailable where a fresh copy cannot be proved either, and whatever SQLite, the disk
        or Chroma raise.
        """
        with VectorsSnapshot(self._database) as wanted:
            self._owners = {}
            why = "opened"
            if not wanted.owners:
                self._empty()
                return Proof(self._state.generation, 0, wanted.stamp, "nothing to hold")
            try:
                if rebuild:
                    raise _DoubtError("a rebuild was asked for")
                if self._collection is None:
                    self._open(wanted)
                if self._ids != wanted.owners.keys():
                    why = self._change(wanted)
                elif self._state.keys != wanted.keys_digest:
                    self._write(replace(self._state, keys=wanted.keys_digest))
            except _DoubtError as doubt:
                why = f"rebuilt: {doubt}"
                self._rebuild(wanted)
            self._owners = wanted.owners
            return Proof(self._state.generation, len(self._ids), wanted.stamp, why)

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The keys of the k vectors nearest to `vector` (shape (dimensions,)) and their cosines, nearest first."""
        if self._collection is None:
            return []
        found = self._collection.nearest(vector.reshape(1, -1), min(k, len(self._ids)))[0]
        return [(key, cosine) for one, cosine in found for key in self._owners.get(one, ())][:k]

    def close(self) -> None:
        """Closes the collection.

        Chroma changes no file then. If it did, or if somebody else changed one meanwhile, the files would differ
        from what was noted, and the next opening would rebuild; noting them here would pass damage off as good.
        """
        self._leave()

    def _leave(self) -> None:
        collection, self._collection, self._ids = self._collection, None, set()
        if collection is not None:
            collection.close()

    def _write(self, state: CopyState) -> None:
        write_state(self._database, self._shelf.engine, state)
        self._state = state

    def _empty(self) -> None:
        """No vectors, no copy."""
        self._leave()
        self._state = read_state(self._database, self._shelf.engine)
        if self._state.generation:
            self._write(CopyState(keys=digest_of(())))
        self._shelf.keep_only(0)

    def _open(self, wanted: VectorsSnapshot) -> None:
        """Opens the generation that the state names if its bytes are known, and proves it."""
        state = self._state = read_state(self._database, self._shelf.engine)
        if state.generation == 0:
            raise _DoubtError("there was none")
        if self._shelf.engine == "embedded":
            if state.dirty:
                raise _DoubtError("a change was not finished")
            try:
                known = bool(state.digests) and self._shelf.is_as_noted(state.generation, state.digests)
            except OSError as error:
                raise _DoubtError(f"its files cannot be read ({error})") from error
            if not known:
                raise _DoubtError("its files are not as they were left")
        self._reopen(state.generation)
        if digest_of(self._ids) != state.ids and not state.dirty:
            raise _DoubtError("its ids are not as they were left")
        common = sorted(self._ids & wanted.owners.keys())
        self._prove(wanted, common if state.dirty else _sample(common))
        # Opening touches the header of Chroma's own SQLite file. Noted now, a process that is killed while it only
        # answers leaves known bytes behind.
        digests = self._shelf.digests(state.generation)
        self._write(replace(state, dirty=False, digests=digests, ids=digest_of(self._ids)))

    def _reopen(self, generation: int) -> None:
        """(Re)opens a generation, so that what is proved is what was written down; any failure is a doubt."""
        self._leave()
        try:
            self._collection = self._shelf.open(generation)
            self._ids = self._collection.ids()
        except Exception as error:
            self._leave()
            if unreachable(error):
                raise
            raise _DoubtError(f"it cannot be opened ({error})") from error

    def _change(self, wanted: VectorsSnapshot) -> str:
        """Takes out what is gone and puts in what is new, if that is little; proves both."""
        added, removed = wanted.owners.keys() - self._ids, self._ids - wanted.owners.keys()
        state = self._state
        churn = state.churn + len(added) + len(removed)
        if churn > _CHURN * len(wanted.owners):
            raise _DoubtError(f"{len(added)} new and {len(removed)} removed vectors are too many to change it in place")
        collection = self._collection
        assert collection is not None
        self._write(replace(state, dirty=True))
        try:
            collection.delete(sorted(removed))
            for ids, matrix in wanted.batches(sorted(added), collection.batch):
                collection.upsert(ids, matrix)
        except Exception as error:
            if unreachable(error):
                raise
            raise _DoubtError(f"it cannot be changed ({error})") from error
        self._reopen(state.generation)
        if self._ids != wanted.owners.keys():
            raise _DoubtError("it does not hold what was written to it")
        # Removing a point cuts the paths through it, so points that were not touched are asked for as well.
        self._prove(wanted, sorted(added) + _sample(sorted(self._ids - added)))
        self._finish(wanted, replace(state, churn=churn))
        return f"changed: {len(added)} new, {len(removed)} removed"

    def _rebuild(self, wanted: VectorsSnapshot) -> None:
        """Builds the next generation beside the present one, proves every vector of it, then switches to it."""
        self._leave()
        self._state = read_state(self._database, self._shelf.engine)
        generation = max(self._state.generation, self._shelf.newest()) + 1
        self._shelf.keep_only(self._state.generation)
        collection = self._shelf.create(generation)
        total, done = len(wanted.owners), 0
        try:
            # The ids are digests, so their order is one without clusters, which makes the better graph.
            for ids, matrix in wanted.batches(sorted(wanted.owners), collection.batch):
                collection.upsert(ids, matrix)
                done += len(ids)
                self._progress("building", done, total)
        finally:
            collection.close()
        try:
            self._reopen(generation)
            if self._ids != wanted.owners.keys():
                raise _DoubtError(f"it holds {len(self._ids)} of {total} vectors")
            self._prove(wanted, sorted(wanted.owners))
        except _DoubtError as doubt:
            self._leave()
            self._shelf.keep_only(self._state.generation)
            raise VectorsUnavailable(f"a freshly built vector index cannot be trusted: {doubt}") from doubt
        self._finish(wanted, CopyState(generation=generation))
        self._shelf.keep_only(generation)

    def _finish(self, wanted: VectorsSnapshot, state: CopyState) -> None:
        """Commits that the copy is whole."""
        self._write(
            replace(
                state,
                dirty=False,
                digests=self._shelf.digests(state.generation),
                ids=digest_of(self._ids),
                keys=wanted.keys_digest,
            )
        )

    def _prove(self, wanted: VectorsSnapshot, ids: list[str]) -> None:
        """Asks for every vector of `ids` and expects it among the nearest to itself."""
        collection = self._collection
        assert collection is not None
        done = 0
        for group, matrix in wanted.batches(ids, _ASKED):
            try:
                missing = _missing(collection, group, matrix, _NEAR)
                if missing:
                    # Vectors that differ by less than rounding may crowd one out of its own first ten.
                    where = [group.index(one) for one in missing]
                    far = min(_FAR, len(self._ids))
                    missing = _missing(collection, missing, np.ascontiguousarray(matrix[where]), far)
            except Exception as error:
                if unreachable(error):
                    raise
                raise _DoubtError(f"it cannot be searched ({error})") from error
            if missing:
                raise _DoubtError(f"{len(missing)} of {len(group)} vectors do not find themselves")
            done += len(group)
            self._progress("proving", done, len(ids))


def _missing(collection: Collection, ids: list[str], vectors: Vectors, k: int) -> list[str]:
    """Those of `ids` that are not among the k nearest to their own vector."""
    found = collection.nearest(vectors, k)
    return [one for one, near in zip(ids, found, strict=True) if one not in {name for name, _ in near}]


def _sample(ids: list[str]) -> list[str]:
    return sorted(random.sample(ids, min(_SAMPLE, len(ids))))


def unreachable(error: Exception) -> bool:
    """Whether a server did not answer, which says nothing about the copy that it keeps."""
    import httpx

    return isinstance(error, httpx.TransportError | ConnectionError) or "Could not connect" in str(error)
