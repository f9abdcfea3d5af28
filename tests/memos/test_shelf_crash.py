"""Kills a process between and during saves of a memo; what it said was saved last must be there, exactly."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.memos.memo import Memo, Reference, Section
from assistant.memos.shelf import Shelf
from assistant.types import Source, Span
from assistant.work.opening import open_work

CITED = Reference("c1", Source("a", "a.md", "A", "text/markdown", "ab" * 32), Span(0, 5), "Ships")

# The text is long, so that most of the time is spent writing it. Each save loses a section or gets one, so that each
# state is kept as a version, too.
WORKER = """
import sys
from pathlib import Path
from assistant.memos.shelf import Shelf
from assistant.work.opening import open_work
from tests.memos.test_shelf_crash import state
shelf = Shelf(open_work(Path(sys.argv[1])).database)
key, revision = sys.argv[2], int(sys.argv[3])
print("open", flush=True)
while True:
    print("begin", flush=True)
    revision = shelf.save(key, state(revision + 1), revision=revision)
    print(revision, flush=True)
"""


def state(revision: int) -> Memo:
    """The memo as it is at a revision."""
    text = f"State {revision}.[^c1] " + "Words and more words. " * 8000
    sections = (Section("A", "", text, (CITED,)), Section("B", "", f"Other {revision}."))
    return Memo(f"Memo {revision}", "topic", "short", sections[: 1 + revision % 2])


@pytest.mark.crash
def test_twenty_kills_between_and_during_saves_lose_nothing_acknowledged(tmp_path: Path) -> None:
    database = open_work(tmp_path).database
    assert database is not None
    key = Shelf(database).create(state(1))
    database.close()
    chance = random.Random(8)
    revision = 1
    acknowledged = inside = 0
    for _ in range(20):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path), key, str(revision)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "open\n"
        # counted, not timed: on a busy machine, too, there is something to lose
        lines = [worker.stdout.readline().strip() for _ in range(2 * chance.randint(0, 3))]
        time.sleep(chance.uniform(0, 0.05))
        worker.kill()
        lines += worker.stdout.read().splitlines()
        worker.wait()
        worker.stdout.close()
        said = [int(line) for line in lines if line != "begin"]
        inside += lines[-1:] == ["begin"]
        acknowledged += len(said)
        last = said[-1] if said else revision

        opened = open_work(tmp_path)
        assert opened.warnings == ()
        assert opened.database is not None
        shelf = Shelf(opened.database)
        saved = shelf.open(key)
        assert saved.revision in (last, last + 1)  # the last one may be saved without having been said
        assert saved.memo == state(saved.revision)
        assert [each.id for each in shelf.list(f"state {saved.revision}")] == [key]
        versions = shelf.versions(key)
        assert len(versions) <= 100
        for each in versions:
            assert shelf.version(key, each.number) == state(each.number)
        opened.database.close()
        revision = saved.revision
    assert acknowledged >= 20
    assert inside >= 5, (acknowledged, inside)
