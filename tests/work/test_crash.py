"""Kills a process between and during saves; what it said was saved must be there, exactly."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.work.conversations import Conversations
from assistant.work.copying import back_up, restore
from assistant.work.opening import open_work
from tests.work.nouns import answered

# Answers are long, so that most of the time is spent writing them.
WORKER = """
import sys
from pathlib import Path
from assistant.work.conversations import Conversations
from assistant.work.opening import open_work
from tests.work.nouns import answered
saved = Conversations(open_work(Path(sys.argv[1])).database)
number = int(sys.argv[2])
print("open", flush=True)
while True:
    turn = answered(f"Question {number}?", text=f"Answer {number}. " * 20000)
    print("begin", flush=True)
    saved.save("c1", turn)
    print(number, flush=True)
    number += 1
"""


@pytest.mark.crash
def test_twenty_kills_between_and_during_saves_lose_nothing_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(6)
    kept = acknowledged = inside = 0
    for _ in range(20):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path), str(kept)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0, 0.15))
        worker.kill()
        lines = worker.stdout.read().splitlines()
        worker.wait()
        worker.stdout.close()
        said = [int(line) for line in lines if line != "begin"]
        inside += lines[-1:] == ["begin"]

        opened = open_work(tmp_path)
        assert opened.warnings == ()
        assert opened.database is not None
        turns = Conversations(opened.database).open("c1").turns if kept or said else ()
        opened.database.close()
        expected = kept + len(said)
        acknowledged += len(said)
        assert said == list(range(kept, expected))
        assert len(turns) in (expected, expected + 1)  # the last one may be saved without having been said
        for number, each in enumerate(turns[kept:], start=kept):
            assert each.turn == answered(f"Question {number}?", text=f"Answer {number}. " * 20000)
        kept = len(turns)
    assert acknowledged >= 20
    assert inside >= 5


RESTORER = """
import sys
from pathlib import Path
from assistant.work.copying import restore
folder, *backups = map(Path, sys.argv[1:])
print("open", flush=True)
while True:
    for backup in backups:
        restore(folder, backup)[1].unlink()
        print("restored", flush=True)
"""


@pytest.mark.crash
def test_a_restore_that_is_killed_leaves_what_was_there_or_what_was_put_back(tmp_path: Path) -> None:
    for name in ("a", "b"):
        made = open_work(_made(tmp_path / name)).database
        assert made is not None
        for number in range(5):
            Conversations(made).save(f"{name}{number}", answered(f"{name}{number}?", text=f"{name}. " * 100_000))
        made.close()
        back_up(tmp_path / name, tmp_path / f"{name}.backup")
    restore(_made(tmp_path / "index"), tmp_path / "a.backup")
    chance = random.Random(7)
    seen = set()
    inside = 0
    for _ in range(12):
        worker = subprocess.Popen(
            [sys.executable, "-c", RESTORER, *(str(tmp_path / name) for name in ("index", "a.backup", "b.backup"))],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0, 0.2))
        inside += worker.poll() is None
        worker.kill()
        worker.wait()
        worker.stdout.close()
        opened = open_work(tmp_path / "index")
        assert opened.warnings == ()
        assert opened.database is not None
        titles = frozenset(each.title for each in Conversations(opened.database).list())
        opened.database.close()
        seen.add(titles)
    assert inside == 12
    assert seen <= {frozenset(f"{name}{number}?" for number in range(5)) for name in ("a", "b")}


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
