from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged, IndexMismatch
from assistant.index import schema
from assistant.index.store import Store
from tests.index.corpora import DIMENSIONS, Desk, chunker, document, embedder, put, statuses, texts

A = "The minister visited Singapore. Talks on fisheries failed."
B = "Quotas rose by 4 percent. The minister was absent."


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.write("a.md", A)
    desk.write("b.md", B)
    desk.once()
    return desk


def _halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _nonsense(path: Path) -> None:
    path.write_bytes(b"This is no database at all." * 500)


def _flip(place: Callable[[int], int]) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[place(len(content))] ^= 0xFF
        path.write_bytes(content)

    return flip


def _flip_inside_a_text(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Singapore", b"Sinkapore"))


def _cut_one_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


DAMAGE: dict[str, Callable[[Path], None]] = {
    "halved": _halve,
    "not a database": _nonsense,
    "one byte short": _cut_one_byte,
    "header flipped": _flip(lambda size: 5),
    "first page flipped": _flip(lambda size: 120),
    "middle flipped": _flip(lambda size: size // 2),
    "end flipped": _flip(lambda size: size - 10),
    "text changed": _flip_inside_a_text,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_database_is_kept_aside_reported_and_built_again(
    filled: Desk, damage: Callable[[Path], None]
) -> None:
    damage(filled.folder / "index.sqlite")
    with filled.open() as index:
        assert "damaged-1" in index.warnings[0]
        report = filled.sync(index)
        assert report.warnings[0] == index.warnings[0]
        assert statuses(report) == {"a.md": "indexed", "b.md": "indexed"}
        assert texts(index) == {"a.md": A, "b.md": B}
        index.store.verify()
    assert (filled.folder / "index.sqlite.damaged-1").exists()
    with filled.open() as index:
        assert index.warnings == ()


@pytest.mark.parametrize("seed", range(10))
def test_flipped_bytes_after_a_crash_are_found_or_harmless(filled: Desk, seed: int) -> None:
    (filled.folder / "closed.json").unlink()  # as a kill leaves it
    path = filled.folder / "index.sqlite"
    content = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(20):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    try:
        index = filled.open()
    except IndexMismatch:  # a flip in the name of the embedder: said, with the remedy
        index = filled.open(rebuild=True)
    with index:
        filled.sync(index)
        assert texts(index) == {"a.md": A, "b.md": B}
        for head in index.sources():
            assert all(chunk.text in texts(index)[head.path] for chunk in index.chunks_of(head.document_id))


@pytest.mark.parametrize("how", ["deleted", "emptied"])
def test_a_vanished_database_is_reported_and_built_again(filled: Desk, how: str) -> None:
    path = filled.folder / "index.sqlite"
    path.unlink() if how == "deleted" else path.write_bytes(b"")
    with filled.open() as index:
        assert "missing or empty although an index of 2 documents was here" in index.warnings[0]
        filled.sync(index)
        assert texts(index) == {"a.md": A, "b.md": B}


def test_a_new_folder_opens_without_a_warning(desk: Desk) -> None:
    with desk.open() as index:
        assert index.warnings == ()
    with desk.open() as index:
        assert index.warnings == ()


def test_a_folder_with_vectors_but_without_a_database_is_reported(desk: Desk) -> None:
    (desk.folder / "vectors" / "3").mkdir(parents=True)
    with desk.open() as index:
        assert "although an index was here" in index.warnings[0]


def test_another_embedder_after_a_crash_is_a_mismatch_and_no_damage(filled: Desk) -> None:
    (filled.folder / "closed.json").unlink()
    filled.model = embedder(dimensions=64)
    with pytest.raises(IndexMismatch):
        filled.open()
    assert not list(filled.folder.glob("*.damaged*"))


@pytest.mark.parametrize("what", ["embedder", "chunker", "dimensions"])
def test_an_index_built_with_something_else_is_refused_with_the_remedy(filled: Desk, what: str) -> None:
    if what == "embedder":
        filled.model = embedder("other")
    elif what == "chunker":
        filled.cutter = chunker(20)
    else:
        filled.model = embedder(dimensions=64)
    with pytest.raises(IndexMismatch, match="index --rebuild"):
        filled.open()
    with filled.open(rebuild=True) as index:
        assert index.documents() == []
        report = filled.sync(index)
        assert texts(index) == {"a.md": A, "b.md": B}
        assert statuses(report) == {"a.md": "indexed", "b.md": "indexed"}
        index.store.verify()
    filled.once()


def test_a_rebuild_reads_every_file_and_embeds_nothing_that_is_known(filled: Desk) -> None:
    encoded = filled.model.encoded
    with filled.open() as index:
        index.forget("b.md")
        index.store.set_meta({"kept": "yes"})
    with filled.open(rebuild=True) as index:
        report = filled.sync(index)
        assert statuses(report) == {"a.md": "indexed", "b.md": "unchanged"}
        assert texts(index) == {"a.md": A}
    assert filled.model.encoded == encoded


def test_a_newer_database_is_refused_and_left_alone(filled: Desk) -> None:
    with filled.open() as index:
        index.store.set_meta({"schema_version": "99"})
    with pytest.raises(IndexDamaged, match="newer version"):
        filled.open()
    assert not list(filled.folder.glob("*.damaged*"))


def test_an_older_database_is_migrated_after_a_copy_was_made(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    store = Store(path, dimensions=DIMENSIONS)
    put(store, document("a.md", A))
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        now = schema.SCHEMA_VERSION
        steps = {
            now: "ALTER TABLE files ADD COLUMN seen INTEGER",
            now + 1: "UPDATE files SET seen = 7;\nDELETE FROM words",
        }
        schema.prepare(connection, path, version=now + 2, migrations=steps)
        assert connection.execute("SELECT seen FROM files").fetchall() == [(7,)]
        assert schema.stored_version(connection) == now + 2
    with closing(sqlite3.connect(tmp_path / f"index.sqlite.v{now}")) as copy:
        assert schema.stored_version(copy) == now
        assert copy.execute("SELECT count(*) FROM words").fetchone() != (0,)


def test_an_index_of_the_first_version_is_opened_and_its_files_are_read_anew(filled: Desk) -> None:
    with filled.open() as index:
        whole = [index.store.chunks_of(head.document_id) for head in index.store.sources()]
    with closing(sqlite3.connect(filled.folder / "index.sqlite", isolation_level=None)) as connection:
        connection.execute("ALTER TABLE chunks DROP COLUMN locators")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")
    (filled.folder / "closed.json").unlink()
    with filled.open() as index:
        assert [index.store.chunks_of(head.document_id) for head in index.store.sources()] == whole
        assert (filled.folder / "index.sqlite.v1").is_file()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    Store(path, dimensions=DIMENSIONS).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        failing = {schema.SCHEMA_VERSION: "DROP TABLE files;\nDROP TABLE nowhere"}
        with pytest.raises(sqlite3.OperationalError):
            schema.prepare(connection, path, version=schema.SCHEMA_VERSION + 1, migrations=failing)
        assert schema.stored_version(connection) == schema.SCHEMA_VERSION
        assert connection.execute("SELECT count(*) FROM files").fetchone() == (0,)


def test_the_index_id_survives_everything_but_the_loss_of_the_database(filled: Desk) -> None:
    with filled.open() as index:
        first = index.store.meta("index_id")
    with filled.open(rebuild=True) as index:
        assert index.store.meta("index_id") == first
    (filled.folder / "index.sqlite").unlink()
    with filled.open() as index:
        assert index.store.meta("index_id") not in (None, first)
