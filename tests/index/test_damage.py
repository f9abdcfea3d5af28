"""Whatever happens to the files of the copy, it is noticed and healed, and the answers stay those of exact search."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import VectorsUnavailable
from assistant.index.vectors.index import VectorIndex
from tests.index.vector_table import WAIT, Table, assert_answers_equal, clustered

DIMENSIONS = 32
STORED = clustered(1_200, dimensions=DIMENSIONS)  # above 1,000, from where on Chroma writes its graph to files
ASKED = clustered(8, seed=7, dimensions=DIMENSIONS)
GRAPH = ("data_level0.bin", "header.bin", "length.bin", "link_lists.bin", "index_metadata.pickle")


def delete(path: Path) -> None:
    path.unlink()


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def flip(path: Path) -> None:
    """Turns over a byte in the middle, and changes neither size nor time."""
    before = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


DAMAGES = (delete, halve, empty, flip)
Damage = Callable[[Path], None]
Reopened = Callable[[], VectorIndex]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder with a proved copy, closed."""
    folder = tmp_path_factory.mktemp("whole")
    Table(folder).put(STORED)
    vectors = VectorIndex(folder, folder / "index.sqlite", DIMENSIONS)
    assert vectors.wait_until_proved(WAIT), vectors.status()
    vectors.close()
    for name in GRAPH:
        assert segment(folder, name).stat().st_size > 0
    return folder


@pytest.fixture
def table(whole: Path, tmp_path: Path) -> Table:
    shutil.copytree(whole, tmp_path / "index")
    return Table(tmp_path / "index")


@pytest.fixture
def reopened(table: Table) -> Iterator[Reopened]:
    every: list[VectorIndex] = []

    def make() -> VectorIndex:
        every.append(VectorIndex(table.folder, table.database, DIMENSIONS))
        return every[-1]

    yield make
    for one in every:
        one.close()


def generation(folder: Path) -> Path:
    return folder / "vectors" / "1"


def segment(folder: Path, name: str) -> Path:
    return next(generation(folder).glob(f"*/{name}"))


def forge(table: Table) -> None:
    """Notes the files as they are now, as if this were how they were left."""
    state = json.loads(table.state())
    home = generation(table.folder)
    state["digests"] = {
        path.relative_to(home).as_posix(): (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in home.rglob("*")
        if path.is_file()
    }
    table.set_state(json.dumps(state))


def assert_healed(vectors: VectorIndex, table: Table, why: str) -> None:
    with pytest.raises(VectorsUnavailable):
        vectors.nearest(ASKED[0], 10)
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert vectors.status().why.startswith("rebuilt")
    assert why in vectors.status().why
    assert vectors.status().generation > 1
    assert_answers_equal(vectors, table, ASKED)


def test_the_undamaged_copy_of_the_fixture_is_opened_without_rebuilding(table: Table, reopened: Reopened) -> None:
    vectors = reopened()
    assert vectors.wait_until_proved(WAIT)
    assert vectors.status().why == "opened"
    assert_answers_equal(vectors, table, ASKED)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", [*GRAPH, "chroma.sqlite3"])
def test_a_damaged_file_is_noticed_and_healed(table: Table, reopened: Reopened, name: str, damage: Damage) -> None:
    damage(generation(table.folder) / name if name == "chroma.sqlite3" else segment(table.folder, name))
    assert_healed(reopened(), table, "its files are not as they were left")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("data_level0.bin", halve),
        ("data_level0.bin", flip),  # ends the process by SIGSEGV here
        ("header.bin", flip),  # and here
        ("header.bin", empty),
        ("index_metadata.pickle", delete),
        ("index_metadata.pickle", empty),
        ("chroma.sqlite3", empty),
        ("chroma.sqlite3", halve),
    ],
)
def test_damage_that_the_digests_do_not_show_is_found_by_the_proof(
    table: Table, reopened: Reopened, name: str, damage: Damage
) -> None:
    damage(generation(table.folder) / name if name == "chroma.sqlite3" else segment(table.folder, name))
    forge(table)
    assert_healed(reopened(), table, "rebuilt")


@pytest.mark.parametrize("damage", [halve, empty, flip])
def test_torn_links_that_the_digests_do_not_show_cost_no_answer(
    table: Table, reopened: Reopened, damage: Damage
) -> None:
    # Half of the upper layers' links may be enough for every vector to be found; then there is nothing to heal.
    damage(segment(table.folder, "link_lists.bin"))
    forge(table)
    vectors = reopened()
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert_answers_equal(vectors, table, ASKED)


def test_a_deleted_segment_folder_is_healed(table: Table, reopened: Reopened) -> None:
    shutil.rmtree(segment(table.folder, "header.bin").parent)
    assert_healed(reopened(), table, "not as they were left")


def test_an_emptied_segment_folder_is_healed(table: Table, reopened: Reopened) -> None:
    home = segment(table.folder, "header.bin").parent
    shutil.rmtree(home)
    home.mkdir()
    assert_healed(reopened(), table, "not as they were left")


def test_a_missing_segment_folder_that_the_digests_do_not_show_is_found_by_the_proof(
    table: Table, reopened: Reopened
) -> None:
    shutil.rmtree(segment(table.folder, "header.bin").parent)
    forge(table)
    assert_healed(reopened(), table, "rebuilt")


def test_a_link_list_that_claims_a_terabyte_is_healed_without_being_read(table: Table, reopened: Reopened) -> None:
    os.truncate(segment(table.folder, "link_lists.bin"), 10**12)
    assert_healed(reopened(), table, "not as they were left")


def test_a_deleted_generation_is_healed(table: Table, reopened: Reopened) -> None:
    shutil.rmtree(generation(table.folder))
    assert_healed(reopened(), table, "not as they were left")


def test_a_deleted_vectors_folder_is_healed(table: Table, reopened: Reopened) -> None:
    shutil.rmtree(table.folder / "vectors")
    assert_healed(reopened(), table, "not as they were left")


def test_a_stale_older_copy_is_healed(table: Table, whole: Path, reopened: Reopened, tmp_path: Path) -> None:
    table.remove([f"{number:032x}" for number in range(10)])
    vectors = reopened()
    vectors.apply_changes()
    assert vectors.wait_until_proved(WAIT)
    vectors.close()
    shutil.rmtree(generation(table.folder))
    shutil.copytree(generation(whole), generation(table.folder))
    assert_healed(reopened(), table, "not as they were left")


def test_a_file_that_does_not_belong_there_is_noticed(table: Table, reopened: Reopened) -> None:
    (generation(table.folder) / "chroma.sqlite3-wal").write_bytes(b"left by somebody")
    assert_healed(reopened(), table, "not as they were left")


def test_a_link_in_place_of_a_file_is_noticed(table: Table, reopened: Reopened, tmp_path: Path) -> None:
    header = segment(table.folder, "header.bin")
    shutil.move(header, tmp_path / "elsewhere")
    header.symlink_to(tmp_path / "elsewhere")
    assert_healed(reopened(), table, "not as they were left")


def test_a_change_that_was_not_finished_is_noticed(table: Table, reopened: Reopened) -> None:
    table.set_state(json.dumps({**json.loads(table.state()), "dirty": True}))
    assert_healed(reopened(), table, "a change was not finished")


@pytest.mark.parametrize("state", ["", "[]", '{"generation": "one"}', '{"generation": 1, "dirty": false}'])
def test_a_state_that_cannot_be_read_is_no_copy(table: Table, reopened: Reopened, state: str) -> None:
    table.set_state(state)
    assert_healed(reopened(), table, "there was none")


def with_chroma(table: Table, code: str) -> None:
    """Changes the copy behind the back of its owner, then notes the files as if that were how they were left."""
    start = (
        "import sys, chromadb, numpy as np\nclient = chromadb.PersistentClient(sys.argv[1])\n"
        "vectors = client.get_collection('vectors', embedding_function=None)\n"
    )
    command = [sys.executable, "-c", start + code + "\nclient.close()", str(generation(table.folder))]
    subprocess.run(command, check=True)
    forge(table)


def test_ids_that_another_program_changed_are_noticed(table: Table, reopened: Reopened) -> None:
    with_chroma(table, f"vectors.delete(vectors.get()['ids'][:1]); vectors.upsert('strange', [[1.0] * {DIMENSIONS}])")
    assert_healed(reopened(), table, "its ids are not as they were left")


def test_vectors_under_the_wrong_ids_are_noticed(table: Table, reopened: Reopened) -> None:
    with_chroma(
        table,
        "found = vectors.get(include=['embeddings'])\n"
        "vectors.upsert(found['ids'], np.roll(found['embeddings'], 300, axis=0))",
    )
    assert_healed(reopened(), table, "do not find themselves")


@pytest.mark.parametrize("forged", [False, True])
def test_an_embedding_function_named_by_the_stored_configuration_is_never_built(
    table: Table, reopened: Reopened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forged: bool
) -> None:
    trace = tmp_path / "trace"
    (tmp_path / "canary").mkdir()
    (tmp_path / "canary" / "sentence_transformers.py").write_text(
        f"import pathlib\npathlib.Path({str(trace)!r}).write_text('imported')\n"
        "class SentenceTransformer:\n    def __init__(self, *a, **k): pass\n"
        "    def encode(self, texts, **k):\n        import numpy\n        return numpy.ones((len(texts), 32))\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "canary"))
    function = {
        "type": "known",
        "name": "sentence_transformer",
        "config": {"model_name": "evil", "device": "cpu", "normalize_embeddings": False, "kwargs": {}},
    }
    database = generation(table.folder) / "chroma.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        ((configuration, schema),) = connection.execute("SELECT config_json_str, schema_str FROM collections")
        changed = {**json.loads(configuration or "{}"), "embedding_function": function}
        connection.execute("UPDATE collections SET config_json_str = ?", (json.dumps(changed),))
        if schema:
            text = schema.replace('{"type":"legacy"}', json.dumps(function))
            assert text != schema
            connection.execute("UPDATE collections SET schema_str = ?", (text,))
    if forged:
        forge(table)
        code = (
            "import sys, chromadb\ncollection = chromadb.PersistentClient(sys.argv[1]).get_collection('vectors')\n"
            "collection.query(query_texts=['a'])"
        )
        shutil.copytree(generation(table.folder), tmp_path / "bait")
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "bait")], check=False, capture_output=True)
        assert trace.exists(), "the canary is built where texts are given: the bait is a real one"
        trace.unlink()
    vectors = reopened()
    assert vectors.wait_until_proved(WAIT), vectors.status()
    assert vectors.status().why.startswith("opened" if forged else "rebuilt")
    assert_answers_equal(vectors, table, ASKED)
    assert not trace.exists()


def test_damage_while_it_is_open_is_noticed_at_the_next_opening(table: Table, reopened: Reopened) -> None:
    vectors = reopened()
    assert vectors.wait_until_proved(WAIT)
    flip(segment(table.folder, "data_level0.bin"))
    assert_answers_equal(vectors, table, ASKED)
    vectors.close()
    assert_healed(reopened(), table, "not as they were left")


def test_a_vectors_folder_that_cannot_be_made_leaves_exact_search(table: Table, reopened: Reopened) -> None:
    shutil.rmtree(table.folder / "vectors")
    (table.folder / "vectors").write_text("a file")
    vectors = reopened()
    assert not vectors.wait_until_proved(WAIT)
    assert vectors.status().phase == "unavailable"
    with pytest.raises(VectorsUnavailable):
        vectors.nearest(ASKED[0], 10)


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs POSIX users")
def test_a_read_only_folder_leaves_exact_search(table: Table, tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from assistant.index.vectors.index import VectorIndex\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "folder = Path(sys.argv[1]); vectors = VectorIndex(folder, folder / 'index.sqlite', 32)\n"
        "assert not vectors.wait_until_proved(120), vectors.status()\n"
        "assert vectors.status().phase == 'unavailable'; vectors.close()"
    )
    for path in [table.folder, *table.folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for folder in [tmp_path, *list(tmp_path.parents)[:2]]:
        folder.chmod(folder.stat().st_mode | 0o055)
    done = subprocess.run([sys.executable, "-c", code, str(table.folder)], check=False, capture_output=True, text=True)
    for path in [table.folder, *table.folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 0, done.stderr


def test_a_state_that_names_a_generation_that_is_not_there_is_healed(table: Table, reopened: Reopened) -> None:
    table.set_state(json.dumps({**json.loads(table.state()), "generation": 9}))
    assert_healed(reopened(), table, "not as they were left")
