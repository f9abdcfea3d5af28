"""Kills while Chroma is being opened, changed, built or proved, and checks the answers afterwards (RELIABILITY R1, R2).

The worker of `crash.py` with the real vector index, whose Chroma lives in a process of its own. Half of the kills hit
the owner alone, a quarter the owner and that process together, a quarter that process alone; then the owner must go on,
heal, and answer. After each, another process opens the folder, must answer by exact search at once, and by Chroma,
with the same answers, when that is proved.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import select
import signal
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from assistant.embedding.base import Vectors
from assistant.errors import VectorsUnavailable
from assistant.index.briefing_index import BriefingIndex
from assistant.index.vectors.index import VectorIndex
from assistant.index.vectors.state import read_state
from tests.index.crash import Count, Line, Say, Scene, lines_of, read_until, rounds

KINDS = ("owner", "process", "both", "owner")
MOMENTS = ("starting", "changing", "changing", "building", "building", "proving", "proving", "any")
NEAR = 10
_PROOF_SECONDS = 120.0
_UNSEEN_SECONDS = 8.0
_AFTERWARDS = 0.25
_ROUNDING = 1e-5
_ONLY_SLOW = ("exact answered", "Chroma was not proved")


@dataclass
class VectorCount(Count):
    """What a run of kills with Chroma did and found.

    `left` says what the killed ones left: "half changed" is a copy marked as being changed, "half built" a generation
    that nothing points to, "whole" a copy in order, "none" no copy. `seen` is what the worker saw Chroma do last.
    `not_by_chroma` says where Chroma should have answered and exact search did: a loss of speed, not of truth, so it is
    counted apart from `faults`; the test allows neither.
    """

    by_kind: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    not_by_chroma: list[str] = field(default_factory=list)
    healed_by: dict[str, int] = field(default_factory=dict)
    owners_that_went_on: int = 0
    questions: int = 0
    opened_with_unused_vectors: int = 0
    wrong_answers: int = 0
    duplicated: int = 0
    slowest_first_answer: float = 0.0
    slowest_proof: float = 0.0


@dataclass
class VectorScene(Scene):
    """A corpus of more than 1,000 vectors, from where on Chroma writes its graph to files."""

    files: int = 30
    sentences: int = 80
    changes: int = 2
    asked: int = 6

    def __post_init__(self) -> None:
        self.opened: BriefingIndex | None = None
        self._ends = os.pipe()
        self._ending = threading.Event()
        self.killed = 0
        self.last_kind = ""
        self.seen: list[str] = []

    def open(self, *, rebuild: bool = False) -> BriefingIndex:
        self.opened = BriefingIndex.open(
            self.folder, embedder=self.model, chunker=self.cutter, command="test", rebuild=rebuild
        )
        return self.opened

    def fill(self) -> None:
        """Writes every file, so that the first kills find something to damage."""
        self.corpus.mkdir(parents=True, exist_ok=True)
        for number in range(self.files):
            self.write(f"{number}.md", self.text(f"{number}.md", number))

    def begin(self, say: Say) -> None:
        os.setpgid(0, 0)
        threading.Thread(target=self._watch, args=(say,), daemon=True).start()

    def goes_on(self) -> bool:
        return not self._ending.is_set()

    def settle(self, index: BriefingIndex, chance: random.Random) -> None:
        """Mostly lets Chroma come to rest: without rest nothing is ever changed in place."""
        if chance.random() < 0.8:
            index.warm_up()
            index.wait_until_proved(20)

    def end(self, index: BriefingIndex, say: Say) -> None:
        say({"is": "went on", **look(self, index, "the owner that went on")})

    def kill(self, worker: int, reading: int, chance: random.Random) -> bytes:
        kind, moment = KINDS[self.killed % len(KINDS)], chance.choice(MOMENTS)
        self.killed += 1
        more, any_time = _AFTERWARDS * chance.random() ** 2, chance.uniform(0, 6)
        with contextlib.suppress(OSError):
            os.setpgid(worker, worker)
        begins = time.monotonic()
        try:
            if moment == "any":
                content = read_until(reading, begins + any_time)
            else:
                mark = re.compile(f'"doing": "{moment}", "pid": [1-9]'.encode())
                content = read_until(reading, begins + _UNSEEN_SECONDS, lambda content: bool(mark.search(content)))
                content += read_until(reading, time.monotonic() + more)
            pids = [int(str(line["pid"])) for line in lines_of(content) if line["is"] == "chroma" and line["pid"]]
            if kind == "process" and pids and _in_group(pids[-1], worker):
                seen = len(content)
                os.kill(pids[-1], signal.SIGKILL)
                os.write(self._ends[1], b".")
                hangs = time.monotonic() + 2 * _PROOF_SECONDS
                content += read_until(reading, hangs)
                if time.monotonic() >= hangs:
                    os.killpg(worker, signal.SIGKILL)
            elif kind == "both":
                os.killpg(worker, signal.SIGKILL)
            else:
                kind = "owner"
                os.kill(worker, signal.SIGKILL)
        except BaseException:
            os.killpg(worker, signal.SIGKILL)
            raise
        if kind != "process":
            while got := os.read(reading, 65536):
                content += got
            seen = len(content)
        _, status = os.waitpid(worker, 0)
        if os.WIFSIGNALED(status) == (kind == "process"):
            raise AssertionError(f"the worker ended with {status} after {content[-500:]!r}")
        self.last_kind = kind
        self.seen = [str(line["doing"]) for line in lines_of(content[:seen]) if line["is"] == "chroma"]
        return content

    def look_at_answers(self, index: BriefingIndex) -> Line:
        left = what_is_left(self.folder, index)
        started = time.perf_counter()
        faults = list(_compared(index, self.questions(index)[:1], "the first answer"))
        first = time.perf_counter() - started
        if index.status().engine == "chroma":
            faults.append("Chroma answered before it was proved")
        found = look(self, index, "after opening", before_sync=True)
        if self.sync(index).changed or found.get("unused"):
            after = look(self, index, "after the next sync")
            found["faults"] = [*cast(list[str], found["faults"]), *cast(list[str], after["faults"])]
        return {**found, "faults": faults + cast(list[str], found["faults"]), "left": left, "first": first}

    def questions(self, index: BriefingIndex) -> list[Vectors]:
        """Half of them made up, half of them vectors that are stored."""
        chance = random.Random(len(index.sources()))
        made = [f"Sentence {chance.randrange(99)} of the ministry in {chance.random()}" for _ in range(self.asked // 2)]
        stored = [chunk.id for source in index.sources()[: self.asked] for chunk in index.chunks_of(source.document_id)]
        own = index.chunk_vectors(chance.sample(stored, min(self.asked // 2, len(stored)))).values()
        return [*self.model.encode(made), *own]

    def _watch(self, say: Say) -> None:
        """Says what Chroma does whenever that changes, and in which process; hears when the worker is to end."""
        last = None
        while True:
            if select.select([self._ends[0]], [], [], 0.005)[0]:
                os.read(self._ends[0], 1)
                self._ending.set()
                return
            now = self._doing()
            if now is not None and now != last:
                last = now
                say({"is": "chroma", "doing": now[0], "pid": now[1]})

    def _doing(self) -> tuple[str, int] | None:
        vectors = self.opened.vectors if self.opened is not None else None
        if not isinstance(vectors, VectorIndex):
            return None
        process, status = vectors._process, vectors._status
        doing = status.detail.split()[0] if status.detail.startswith(("building", "proving")) else status.phase
        if status.phase == "proving" and doing == "proving" and "of" not in status.detail:
            doing = "starting"
        with contextlib.suppress(sqlite3.Error):
            if status.phase == "proving" and read_state(vectors._database, "embedded").dirty:
                doing = "changing"
        return doing, process.pid if process is not None else 0


def _in_group(process: int, group: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        return os.getpgid(process) == group
    return False


def what_is_left(folder: Path, index: BriefingIndex) -> str:
    """What the killed ones left of the copy; see VectorCount."""
    state = read_state(folder / "index.sqlite", "embedded")
    built = [int(path.name) for path in (folder / "vectors").glob("*") if path.name.isdecimal()]
    if state.generation and state.dirty:
        return "half changed"
    if max(built, default=0) > state.generation:
        return "half built"
    return "whole" if state.generation else "none"


def look(desk: VectorScene, index: BriefingIndex, when: str, *, before_sync: bool = False) -> Line:
    """Waits until Chroma is proved and compares its answers with those of exact search."""
    started = time.perf_counter()
    faults = list(_compared(index, desk.questions(index)[:1], when))  # what died is noticed by asking
    proved = index.wait_until_proved(_PROOF_SECONDS)
    seconds = time.perf_counter() - started
    assert isinstance(index.vectors, VectorIndex)
    status = index.vectors.status()
    if not proved:
        return {"faults": [f"{when}: Chroma was not proved: {status}"], "proof": seconds, "why": status.detail}
    asked = desk.questions(index)
    stored, unused = _vectors_of(desk.folder)
    ghosts = index.status().ghosts
    # A rebuild that was cut short keeps its vectors for the next sync; until then Chroma may name ones without passage,
    # and exact search answers instead.
    faults += list(_compared(index, asked, when, engine=None if unused and before_sync else "chroma"))
    if index.status().ghosts > ghosts and not (unused and before_sync):
        faults.append(f"{when}: Chroma named {index.status().ghosts - ghosts} passages that do not exist")
    if unused and not before_sync:
        faults.append(f"{when}: {unused} vectors belong to no passage")
    if status.vectors != stored:
        faults.append(f"{when}: {status.vectors} vectors in its copy, {stored} stored")
    return {"faults": faults, "proof": seconds, "why": status.why, "asked": len(asked), "unused": unused}


def _vectors_of(folder: Path) -> tuple[int, int]:
    """How many different vectors are stored, and how many keys no passage refers to."""
    with contextlib.closing(sqlite3.connect(folder / "index.sqlite")) as connection:
        (stored,) = connection.execute("SELECT count(DISTINCT vector) FROM vectors").fetchone()
        (unused,) = connection.execute(
            "SELECT count(*) FROM vectors WHERE key NOT IN (SELECT vector_key FROM chunks)"
        ).fetchone()
    return int(stored), int(unused)


def _compared(index: BriefingIndex, asked: list[Vectors], when: str, engine: str | None = None) -> list[str]:
    """What differs between the answers of the index and exact search; passages of equal cosine may change places."""
    faults = []
    for vector in asked:
        found, exact = index.nearest(vector, NEAR), index.store.exact_nearest(vector, NEAR)
        if engine is not None and index.status().engine != engine:
            faults.append(f"{when}: {index.status().engine} answered ({index.status().reason})")
        if len({one for one, _ in found}) < len(found):
            faults.append(f"{when}: a passage is duplicated in an answer")
        edge = exact[-1][1] + _ROUNDING if exact else 0.0
        sure = [{one for one, cosine in hits if cosine > edge} for hits in (found, exact)]
        apart = max((abs(ours - theirs) for (_, ours), (_, theirs) in zip(found, exact, strict=False)), default=0.0)
        if sure[0] != sure[1] or len(found) != len(exact) or apart > _ROUNDING:
            faults.append(f"{when}: a wrong answer: {found} instead of {exact}")
    return faults


def run(folder: Path, *, kills: int, seed: int) -> VectorCount:
    """Does `kills` kills in `folder`; `faults` is empty where nothing was lost and every answer was right."""
    desk, count = VectorScene(folder / "corpus", folder / "index"), VectorCount()
    desk.fill()
    with desk.open() as index:
        desk.sync(index)
        if not index.wait_until_proved(_PROOF_SECONDS):
            raise VectorsUnavailable("the first copy was not proved")
    for lines, found in rounds(desk, count, kills=kills, seed=seed):
        number = count.kills - 1
        _add(count.by_kind, desk.last_kind)
        _add(count.seen, desk.seen[-1] if desk.seen else "nothing")
        _add(count.left, str(found["left"]) if desk.last_kind != "process" else "(healed by its owner)")
        _add(count.healed_by, re.sub(r"\d+", "n", str(found["why"])))
        count.questions += int(str(found.get("asked", 0))) + 1
        count.opened_with_unused_vectors += bool(found.get("unused"))
        count.slowest_first_answer = max(count.slowest_first_answer, float(str(found["first"])))
        count.slowest_proof = max(count.slowest_proof, float(str(found["proof"])))
        for line in lines:
            if line["is"] == "went on":
                count.owners_that_went_on += 1
                count.questions += int(str(line.get("asked", 0)))
                count.faults += [f"kill {number}: {fault}" for fault in cast(list[str], line["faults"])]
        if desk.last_kind == "process" and not any(line["is"] == "went on" for line in lines):
            count.faults.append(f"kill {number}: the owner ended with the process that was killed")
    count.not_by_chroma = [fault for fault in count.faults if any(phrase in fault for phrase in _ONLY_SLOW)]
    count.faults = [fault for fault in count.faults if fault not in count.not_by_chroma]
    count.wrong_answers = sum("wrong answer" in fault for fault in count.faults)
    count.duplicated = sum("duplicated" in fault for fault in count.faults)
    return count


def _add(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1
