"""The copy of the vectors in Chroma answers as exact search does, and only when it was proved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import VectorsUnavailable
from assistant.index.vectors.index import VectorIndex
from tests.index.vector_table import DIMENSIONS, WAIT, Table, assert_answers_equal, clustered

Opened = Callable[..., VectorIndex]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


@pytest.fixture
def opened(table: Table) -> Iterator[Opened]:
    """Opens the copy of `table`; closes what was opened at the end."""
    every: list[VectorIndex] = []

    def make(dimensions: int = DIMENSIONS) -> VectorIndex:
        every.append(VectorIndex(table.folder, table.database, dimensions))
        return every[-1]

    yield make
    for one in every:
        one.close()


def test_nothing_answers_before_the_proof_and_chroma_equals_exact_search_after_it(table: Table, opened: Opened) -> None:
    stored = clustered(2_000)
    table.put(stored)
    vectors = opened()
    with pytest.raises(VectorsUnavailable):
        vectors.nearest(stored[0], 10)
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert vectors.status().vectors == 2_000
    assert_answers_equal(vectors, table, clustered(50, seed=3))


def test_every_stored_vector_finds_itself(table: Table, opened: Opened) -> None:
    stored = clustered(2_000)
    keys = table.put(stored)
    vectors = opened()
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert [vectors.nearest(vector, 1)[0][0] for vector in stored] == keys


def test_identical_vectors_are_one_point_and_all_their_keys_are_found(table: Table, opened: Opened) -> None:
    stored = clustered(300)
    keys = table.put(np.concatenate([stored, np.repeat(stored[:1], 40, axis=0)]))
    vectors = opened()
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert vectors.status().vectors == 300
    assert {key for key, _ in vectors.nearest(stored[0], 41)} == {keys[0], *keys[300:]}


def test_a_second_opening_of_a_closed_copy_builds_nothing(table: Table, opened: Opened) -> None:
    stored = clustered(300)
    table.put(stored)
    first = opened()
    assert first.wait_until_proved(WAIT), first.status()
    assert first.status().why.startswith("rebuilt")
    first.close()
    second = opened()
    assert second.wait_until_proved(WAIT), second.status()
    assert (second.status().why, second.status().generation) == ("opened", 1)
    assert_answers_equal(second, table, stored[:5])


def test_a_process_killed_while_it_answers_leaves_a_copy_that_is_opened_again(table: Table, opened: Opened) -> None:
    table.put(clustered(300))
    first = opened()
    assert first.wait_until_proved(WAIT)
    first.close()
    second = opened()
    assert second.wait_until_proved(WAIT)
    assert second._process is not None
    os.kill(second._process.pid, signal.SIGKILL)
    second._process.kill()
    third = opened()
    assert third.wait_until_proved(WAIT)
    assert third.status().why == "opened"


def test_nothing_is_started_where_nothing_changed(table: Table, opened: Opened) -> None:
    table.put(clustered(300))
    first = opened()
    assert first.wait_until_proved(WAIT)
    first.close()
    second = opened()
    second.apply_changes()
    assert second.status().phase == "idle"
    assert second._process is None


def test_nothing_is_started_for_an_empty_index(table: Table, opened: Opened) -> None:
    vectors = opened()
    vectors.apply_changes()
    assert vectors._process is None
    assert vectors.wait_until_proved(WAIT)
    assert vectors.nearest(clustered(1)[0], 5) == []


def test_a_few_changes_are_made_in_place_and_many_rebuild(table: Table, opened: Opened) -> None:
    stored = clustered(500)
    keys = table.put(stored)
    vectors = opened()
    assert vectors.wait_until_proved(WAIT)
    table.remove(keys[:20])
    table.put(clustered(20, seed=9), first=10_000)
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT)
    assert vectors.status().why == "changed: 20 new, 20 removed"
    assert vectors.status().generation == 1
    assert_answers_equal(vectors, table, stored[:40])
    table.remove(keys[20:60])
    table.put(clustered(40, seed=10), first=20_000)
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT)
    assert vectors.status().generation == 2
    assert [path.name for path in (table.folder / "vectors").iterdir() if path.is_dir()] == ["2"]
    assert_answers_equal(vectors, table, stored[:40])


def test_a_copy_behind_the_table_does_not_answer(table: Table, opened: Opened) -> None:
    stored = clustered(300)
    table.put(stored)
    vectors = opened()
    assert vectors.wait_until_proved(WAIT)
    table.put(clustered(1, seed=5), first=10_000)
    with pytest.raises(VectorsUnavailable, match="behind"):
        vectors.nearest(stored[0], 10)
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT)
    assert_answers_equal(vectors, table, clustered(1, seed=5))


def test_a_copy_is_behind_although_a_new_vector_has_the_row_of_an_old_one(table: Table, opened: Opened) -> None:
    keys = table.put(clustered(300))
    vectors = opened()
    assert vectors.wait_until_proved(WAIT)
    table.remove(keys[-1:])
    new = clustered(1, seed=5)
    table.put(new, first=10_000)
    with pytest.raises(VectorsUnavailable, match="behind"):
        vectors.nearest(new[0], 10)
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT)
    assert_answers_equal(vectors, table, new)


def test_a_copy_answers_again_after_changes_that_cancel_each_other(table: Table, opened: Opened) -> None:
    stored = clustered(300)
    keys = table.put(stored)
    vectors = opened()
    assert vectors.wait_until_proved(WAIT)
    table.remove(keys[-1:])
    table.put(stored[-1:], first=299)
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT)
    assert vectors.status().why == "opened"
    assert_answers_equal(vectors, table, stored[-5:])


def test_an_emptied_table_empties_the_copy(table: Table, opened: Opened) -> None:
    keys = table.put(clustered(50))
    vectors = opened()
    assert vectors.wait_until_proved(WAIT)
    table.remove(keys)
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT)
    assert vectors.nearest(clustered(1)[0], 5) == []
    table.put(clustered(50))
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT)
    assert_answers_equal(vectors, table, clustered(3))


def test_other_dimensions_after_a_rebuild_of_the_index_make_a_new_copy(table: Table, opened: Opened) -> None:
    keys = table.put(clustered(50))
    first = opened()
    assert first.wait_until_proved(WAIT)
    first.close()
    table.remove(keys)
    table.put(clustered(50, dimensions=48), first=1_000)
    vectors = opened(48)
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert_answers_equal(vectors, table, clustered(3, dimensions=48))
    with pytest.raises(ValueError, match="64 dimensions"):
        vectors.nearest(clustered(1)[0], 5)


def test_k_above_the_number_of_vectors_returns_them_all(table: Table, opened: Opened) -> None:
    table.put(clustered(7))
    vectors = opened()
    assert vectors.wait_until_proved(WAIT)
    assert len(vectors.nearest(clustered(1)[0], 500)) == 7


def test_a_process_that_dies_while_asked_is_replaced(table: Table, opened: Opened) -> None:
    stored = clustered(300)
    table.put(stored)
    vectors = opened()
    assert vectors.wait_until_proved(WAIT)
    assert vectors._process is not None
    os.kill(vectors._process.pid, signal.SIGSEGV)
    with pytest.raises(VectorsUnavailable, match="not in use"):
        vectors.nearest(stored[0], 10)
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert_answers_equal(vectors, table, stored[:5])


def test_the_process_ends_with_its_owner(table: Table, tmp_path: Path) -> None:
    table.put(clustered(300))
    code = (
        "import sys, os, signal; from pathlib import Path; from assistant.index.vectors.index import VectorIndex\n"
        "vectors = VectorIndex(Path(sys.argv[1]), Path(sys.argv[1]) / 'index.sqlite', 64)\n"
        "assert vectors.wait_until_proved(120); print(vectors._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(table.folder)], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and is_running(pid):
        time.sleep(0.05)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_an_interrupted_build_leaves_nothing_behind(table: Table, opened: Opened) -> None:
    table.put(clustered(4_000))
    vectors = opened()
    vectors.prove()
    while not vectors.status().detail.startswith("building") and vectors.status().phase != "proved":
        time.sleep(0.01)
    assert vectors._process is not None
    vectors._process.kill()
    vectors.close()
    again = opened()
    assert again.wait_until_proved(WAIT), again.status()
    assert len([path for path in (table.folder / "vectors").iterdir() if path.is_dir()]) == 1
    assert_answers_equal(again, table, clustered(5, seed=4))


def test_chroma_is_never_imported_by_the_owner(table: Table, tmp_path: Path) -> None:
    table.put(clustered(20))
    code = (
        "import sys; from pathlib import Path; from assistant.index.vectors.index import VectorIndex\n"
        "vectors = VectorIndex(Path(sys.argv[1]), Path(sys.argv[1]) / 'index.sqlite', 64)\n"
        "assert vectors.wait_until_proved(120); vectors.close(); assert 'chromadb' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(table.folder)], check=True)


def test_two_owners_of_one_folder_do_not_both_open_it(table: Table, opened: Opened) -> None:
    table.put(clustered(50))
    first, second = opened(), opened()
    assert first.wait_until_proved(WAIT)
    assert not second.wait_until_proved(WAIT)
    assert "another process" in second.status().detail
