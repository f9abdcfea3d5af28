"""Kills a process that changes an index, again and again, and checks what it left (RELIABILITY R1).

One process, the nursery, imports everything once and forks a worker for each kill. The worker takes up the index
folder where the last one left it, changes files, syncs, forgets and rebuilds, and writes a line to a pipe before and
after each operation. It is killed after 0 to 0.6 s; then another process opens the folder and checks that

- every operation that was said to be finished is there, and the one under way is there whole or not at all,
- no document mixes two versions, no passage is lost, doubled or left behind, and every citation is its text.

`crash_vectors.py` does the same with Chroma at work.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import cast

from assistant.index.briefing_index import BriefingIndex
from assistant.index.report import FileDone, SyncReport
from assistant.types import Document
from tests.index.corpora import Desk

Line = dict[str, object]
Say = Callable[[Line], None]


@dataclass
class Count:
    """What a run of kills did and found."""

    kills: int = 0
    acknowledged: int = 0
    killed_inside_an_operation: int = 0
    killed_while_opening: int = 0
    by_operation: dict[str, int] = field(default_factory=dict)
    failed_opens: int = 0
    lost: int = 0
    mixed: int = 0
    warnings: int = 0
    slowest_open: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass
class Scene(Desk):
    """The folders of a run, how large its corpus is, and how a worker is killed; this one is without Chroma."""

    files: int = 12
    sentences: int = 30
    changes: int = 4

    def text(self, path: str, version: int) -> str:
        """A text whose every sentence names its file and version, so that a mixture shows."""
        return "\n\n".join(
            f"Sentence {number} of {path} was written in version {version} by the ministry."
            for number in range(self.sentences)
        )

    def begin(self, say: Say) -> None:
        """Called in the worker before it does anything."""

    def goes_on(self) -> bool:
        """Whether the worker does one more operation."""
        return True

    def settle(self, index: BriefingIndex, chance: random.Random) -> None:
        """Called in the worker after each operation."""

    def end(self, index: BriefingIndex, say: Say) -> None:
        """Called in the worker where it does no more operations."""

    def kill(self, worker: int, reading: int, chance: random.Random) -> bytes:
        """Kills the worker after a while and returns what it wrote."""
        content = read_until(reading, time.monotonic() + chance.uniform(0, 0.6))
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        _, status = os.waitpid(worker, 0)
        if not os.WIFSIGNALED(status):
            raise AssertionError(f"the worker ended by itself ({status}) after {content[-500:]!r}")
        return content

    def look_at_answers(self, index: BriefingIndex) -> Line:
        """What the checking process finds about answers before and after the next sync; `faults` among it."""
        self.sync(index)
        return {"faults": []}


def run(folder: Path, *, kills: int, seed: int) -> Count:
    """Does `kills` kills in `folder` and counts what they did; `faults` is empty where nothing was lost."""
    count = Count()
    for _ in rounds(Scene(folder / "corpus", folder / "index"), count, kills=kills, seed=seed):
        pass
    return count


def rounds(desk: Scene, count: Count, *, kills: int, seed: int) -> Iterator[tuple[list[Line], Line]]:
    """Kills again and again, counting; yields the lines of each worker and what the checking process found."""
    chance = random.Random(seed)
    desk.corpus.mkdir(parents=True, exist_ok=True)
    for kill in range(kills):
        lines = _kill_one(desk, chance.randrange(2**32), chance)
        count.kills += 1
        told = [line for line in lines if line["is"] in ("begin", "file", "done")]
        count.acknowledged += sum(line["is"] == "done" for line in told)
        if not told:
            count.killed_while_opening += 1
        elif told[-1]["is"] != "done":
            count.killed_inside_an_operation += 1
            name = str(told[-1]["operation"])
            count.by_operation[name] = count.by_operation.get(name, 0) + 1
        answer = _in_child(lambda lines=told: _check(desk, lines))  # type: ignore[misc]
        if answer is None:
            count.failed_opens += 1
            count.faults.append(f"kill {kill}: the checking process died")
            continue
        count.slowest_open = max(count.slowest_open, float(str(answer["seconds"])))
        count.warnings += int(str(answer["warnings"]))
        for fault in json.loads(str(answer["faults"])):
            count.faults.append(f"kill {kill}: {fault}")
            count.lost += "lost" in fault
            count.mixed += "mixed" in fault
        yield lines, answer


def _kill_one(desk: Scene, seed: int, chance: random.Random) -> list[Line]:
    """Lets a worker change the index for a while, kills it, and returns the lines that it wrote."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            _work(desk, random.Random(seed), writing)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    content = desk.kill(child, reading, chance)
    while got := os.read(reading, 65536):
        content += got
    os.close(reading)
    return lines_of(content)


def read_until(pipe: int, ends: float, enough: Callable[[bytes], bool] = lambda content: False) -> bytes:
    """What comes out of a pipe until it ends, the monotonic clock shows `ends`, or it is `enough`."""
    content = b""
    while (left := ends - time.monotonic()) > 0 and not enough(content):
        if select.select([pipe], [], [], left)[0]:
            got = os.read(pipe, 65536)
            if not got:
                break
            content += got
    return content


def lines_of(content: bytes) -> list[Line]:
    """The whole lines that a worker wrote."""
    return [json.loads(line) for line in content.decode().split("\n")[:-1]]


def _work(desk: Scene, chance: random.Random, pipe: int) -> None:
    """Changes the index until it is killed."""
    turn = threading.Lock()

    def write(line: Line) -> None:
        left = (json.dumps(line) + "\n").encode()
        with turn:
            while left:
                left = left[os.write(pipe, left) :]

    def say(what: str, operation: str, **more: object) -> None:
        write({"is": what, "operation": operation, **more})

    desk.begin(write)
    index = desk.open()
    while desk.goes_on():
        operation = chance.choice(["sync", "sync", "sync", "sync", "forget", "rebuild", "reopen"])
        if operation == "sync":
            _change_files(desk, chance)
        wanted = _on_disk(desk)
        if operation in ("sync", "rebuild"):
            if operation == "rebuild":
                say("begin", "rebuild")
                index.close()
                index = desk.open(rebuild=True)
            say("begin", operation)
            for event in desk.events(index):
                if isinstance(event, FileDone):
                    path = event.outcome.path
                    say("file", operation, path=path, text=wanted.get(path), status=event.outcome.status)
                elif isinstance(event, SyncReport):
                    say("done", operation, texts=wanted, gone=_forgotten(index))
        elif operation == "forget":
            paths = [row.path for row in index.files() if row.status == "indexed"]
            if paths:
                path = chance.choice(paths)
                say("begin", "forget", path=path)
                index.forget(path)
                say("done", "forget", path=path)
        else:
            say("begin", "reopen")
            index.close()
            index = desk.open()
            say("done", "reopen")
        desk.settle(index, chance)
    desk.end(index, write)
    index.close()


def _forgotten(index: BriefingIndex) -> list[str]:
    return [row.path for row in index.files() if row.status == "removed"]


def _change_files(desk: Scene, chance: random.Random) -> None:
    """Adds, edits, renames or deletes a few files; each change of a file is atomic, as editors make it."""
    for _ in range(chance.randint(1, desk.changes)):
        path = f"{chance.randrange(desk.files)}.md"
        target = desk.corpus / path
        what = chance.random()
        if what < 0.2:
            target.unlink(missing_ok=True)
        elif what < 0.3 and target.exists():
            target.rename(desk.corpus / f"{chance.randrange(desk.files)}.md")
        else:
            partial = desk.corpus / ".partial"
            partial.write_text(desk.text(path, chance.randrange(10**9)), encoding="utf-8")
            partial.replace(target)


def _on_disk(desk: Desk) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(desk.corpus.glob("*.md"))}


def _check(desk: Scene, lines: list[Line]) -> Line:
    """Opens the index in a fresh process and names everything that is not as it must be."""
    started = time.perf_counter()
    index = desk.open()
    seconds = time.perf_counter() - started
    faults: list[str] = []
    with index:
        index.store.verify()
        for document in index.documents():
            faults += list(_faults_of(desk.sentences, document, [chunk.text for chunk in index.chunks_of(document.id)]))
            for chunk in index.chunks_of(document.id):
                if document.text[chunk.span.start : chunk.span.end] != chunk.text:
                    faults.append(f"{document.source.path}: a citation is not its text")
        texts = {document.source.path: document.text for document in index.documents()}
        faults += list(_lost(texts, set(_forgotten(index)), lines))
        warnings = len(index.warnings)
        found = desk.look_at_answers(index)
        faults += cast(list[str], found["faults"])
        disk, kept_out = _on_disk(desk), set(_forgotten(index))
        expected = {path: text for path, text in disk.items() if path not in kept_out}
        if {document.source.path: document.text for document in index.documents()} != expected:
            faults.append("the next sync did not bring the index up to the folder: documents lost or left behind")
        index.store.verify()
    return {**found, "seconds": seconds, "faults": json.dumps(faults), "warnings": warnings}


def _faults_of(wanted: int, document: Document, chunks: list[str]) -> Iterator[str]:
    first = document.text.split("version ")[1].split()[0]
    if document.text.count(f"version {first} ") != wanted:
        yield f"{document.source.path}: two versions are mixed in its text"
    sentences = sum(text.count("Sentence ") for text in chunks)
    if sentences != wanted or any(f"version {first} " not in text for text in chunks):
        yield f"{document.source.path}: passages are lost, doubled or mixed ({sentences} of {wanted} sentences)"


def _lost(texts: dict[str, str], kept_out: set[str], lines: list[Line]) -> Iterator[str]:
    """Acknowledged changes that are not in the index, judged from the last time that the whole state was known."""
    sure: dict[str, str | None] = {}
    for line in lines:
        if line["is"] == "begin" and line["operation"] in ("rebuild", "sync"):
            sure = {}  # from here on files change one by one, each said when it is done
        elif line["is"] == "file" and line["status"] in ("indexed", "renamed"):
            sure[str(line["path"])] = str(line["text"])
        elif line["is"] == "begin" and line["operation"] == "forget":
            sure.pop(str(line["path"]), None)
        elif line["is"] == "done" and line["operation"] == "forget":
            sure[str(line["path"])] = None
        elif line["is"] == "done" and line["operation"] in ("sync", "rebuild"):
            whole, gone = line["texts"], line["gone"]
            assert isinstance(whole, dict)
            assert isinstance(gone, list)
            sure = {path: None if path in gone else text for path, text in whole.items()}
    for path, text in sure.items():
        if texts.get(path) != text:
            yield f"{path}: an acknowledged change was lost ({'taken out' if text is None else 'indexed'})"
        if text is None and path not in kept_out:
            yield f"{path}: it was lost that this file was taken out by hand"


def _in_child(work: Callable[[], Line]) -> Line | None:
    """What `work` returns in a forked process; None where that process failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            os.write(writing, json.dumps(work()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    content = b""
    while got := os.read(reading, 65536):
        content += got
    os.close(reading)
    _, status = os.waitpid(child, 0)
    return json.loads(content) if status == 0 else None


def summary(count: Count) -> str:
    """The counts as JSON."""
    return json.dumps(asdict(count), indent=2)
