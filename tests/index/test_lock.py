from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.errors import IndexBusy, StorageError
from assistant.index.lock import FolderLock, owner_of
from tests.index.corpora import Desk

HOLD = """
import sys, time
from pathlib import Path
from assistant.errors import IndexBusy
from assistant.index.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]), command="assistant serve", url="http://127.0.0.1:7860")
sys.stdin.readline()
start = time.perf_counter()
try:
    lock.acquire()
except IndexBusy as error:
    print("busy", time.perf_counter() - start, error, flush=True)
else:
    print("got it", flush=True)
    sys.stdin.readline()
"""

BUSY = 3
RACE = f"""
import sys, time
from pathlib import Path
from assistant.errors import IndexBusy
from assistant.index.briefing_index import BriefingIndex
from tests.index.corpora import chunker, embedder
model, cutter = embedder(), chunker()
print("ready", flush=True)
sys.stdin.readline()
while True:
    try:
        index = BriefingIndex.open(Path(sys.argv[1]), embedder=model, chunker=cutter, command="racer")
    except IndexBusy as error:
        if "try again in a moment" in str(error):  # the owner has not written its name yet
            time.sleep(0.05)
            continue
        print(error)
        sys.exit({BUSY})
    print(len(index.sources()), "documents", flush=True)
    time.sleep(120)
"""


def _start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def _say(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def _hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _end(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        process.kill()
        process.communicate()


def test_a_second_process_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    holder = _start(tmp_path)
    _say(holder)
    assert _hear(holder) == "got it\n"
    with pytest.raises(IndexBusy) as caught:
        FolderLock(tmp_path, command="assistant index").acquire()
    for part in (str(holder.pid), "assistant serve", "http://127.0.0.1:7860", str(tmp_path)):
        assert part in str(caught.value)
    _end(holder)


@contextmanager
def _at_the_line(folder: Path, number: int) -> Iterator[tuple[list[subprocess.Popen[str]], Callable[[], None]]]:
    """Processes that imported everything and wait to open the folder, and what sends them off together."""
    waiting, line = os.pipe()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(folder)],
            stdin=waiting,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(number)
    ]
    os.close(waiting)
    with os.fdopen(line, "w") as sends:
        try:
            for process in processes:
                assert _hear(process) == "ready\n"
            yield processes, sends.close  # the end of their standard input lets all of them go at once
        finally:
            _end(*processes)


def test_of_processes_that_open_an_index_at_once_one_does_and_a_killed_one_is_succeeded(desk: Desk) -> None:
    desk.write("a.md", "The minister spoke about fisheries.")
    desk.once()
    for race in range(20):  # every race but the first starts over the traces of a killed owner
        with _at_the_line(desk.folder, 3) as (processes, go):
            go()
            heard = {process.pid: _hear(process) for process in processes}
            owners = [process for process in processes if heard[process.pid] == "1 documents\n"]
            assert len(owners) == 1, (race, heard)
            for process in processes:
                if process is not owners[0]:
                    assert f"in use by process {owners[0].pid} (racer" in heard[process.pid], (race, heard)
                    assert process.wait(30) == BUSY
            assert owners[0].poll() is None
            owners[0].send_signal(signal.SIGKILL)
            owners[0].wait(30)
    assert desk.once().changed == 0


def test_of_locks_taken_at_once_in_one_process_exactly_one_gets_the_folder(tmp_path: Path) -> None:
    for race in range(20):
        locks = [FolderLock(tmp_path / str(race), command=str(number)) for number in range(4)]
        assert _winners(locks) == 1


def _winners(locks: list[FolderLock]) -> int:
    from concurrent.futures import ThreadPoolExecutor

    def attempt(lock: FolderLock) -> bool:
        try:
            lock.acquire()
        except IndexBusy:
            return False
        return True

    with ThreadPoolExecutor(len(locks)) as pool:
        won = sum(pool.map(attempt, locks))
    for lock in locks:
        lock.release()
    return won


def test_the_folder_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = _start(tmp_path)
    _say(holder)
    assert _hear(holder) == "got it\n"
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    assert (tmp_path / "owner.json").exists()
    assert owner_of(tmp_path) is None
    with FolderLock(tmp_path, command="assistant ask"):
        owner = owner_of(tmp_path)
        assert owner is not None
        assert (owner.pid, owner.command) == (os.getpid(), "assistant ask")
    assert owner_of(tmp_path) is None


def test_an_unreadable_owner_is_another_process(tmp_path: Path) -> None:
    with FolderLock(tmp_path, command="one"):
        for text in ("", "[]", "{}", json.dumps({"pid": "x", "started": "", "command": ""})):
            (tmp_path / "owner.json").write_text(text)
            with pytest.raises(IndexBusy, match="another process"):
                FolderLock(tmp_path, command="two").acquire()


def test_an_announced_address_is_told(tmp_path: Path) -> None:
    with FolderLock(tmp_path, command="one") as lock:
        lock.announce("http://127.0.0.1:9999")
        with pytest.raises(IndexBusy, match=r"ask there, or close it first: http://127\.0\.0\.1:9999"):
            FolderLock(tmp_path, command="two").acquire()


def test_being_refused_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; import assistant.index.lock; "
        "print([name for name in ('torch', 'chromadb', 'numpy', 'gradio') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True
    )
    assert ran.stdout == "[]\n"


def test_a_folder_that_is_moved_away_is_noticed(desk: Desk) -> None:
    desk.write("a.md", "One fact.")
    with desk.open() as index:
        desk.sync(index)
        desk.folder.rename(desk.folder.with_name("moved"))
        desk.folder.mkdir()
        with pytest.raises(StorageError, match="moved or replaced"):
            desk.sync(index)


def test_a_lock_can_be_released_by_another_thread(tmp_path: Path) -> None:
    import threading

    lock = FolderLock(tmp_path, command="one")
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    start = time.perf_counter()
    with FolderLock(tmp_path, command="two"):
        assert start
