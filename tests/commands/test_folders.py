"""An index remembers the folder that it was made from: no other one takes its place unasked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.commands.folders import said_corpus, with_corpus_of_index, with_remembered_corpus
from assistant.errors import InputError
from assistant.settings import Settings
from tests.index.corpora import Desk


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Briefings in `mine`, with their index in `my-index`; the default folder `corpus` holds others."""
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "corpus"):
        (tmp_path / name).mkdir()
    desk = Desk(Path("mine"), Path("my-index"))
    desk.write("note.md", "Ships avoid the Red Sea.")
    desk.once()
    return desk


@pytest.mark.parametrize("settled", [with_remembered_corpus, with_corpus_of_index])
def test_where_none_is_named_it_is_the_folder_of_the_index(
    mine: Desk, settled: Callable[[Settings], Settings], tmp_path: Path
) -> None:
    assert settled(Settings.read(index=mine.folder)).corpus == tmp_path / "mine"
    assert settled(Settings.read(index=tmp_path / "new")).corpus == Path("corpus")


def test_a_folder_is_named_by_argument_environment_or_file(mine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said_corpus(Settings.read()) is None
    assert said_corpus(Settings.read(corpus=Path("corpus"))) == Path("corpus")
    Path("assistant.toml").write_text('corpus = "mine"\n', encoding="utf-8")
    assert said_corpus(Settings.read()) == Path("mine")
    Path("assistant.toml").unlink()
    monkeypatch.setenv("ASSISTANT_CORPUS", "corpus")
    assert said_corpus(Settings.read()) == Path("corpus")
    with pytest.raises(InputError, match="was made from"):
        with_corpus_of_index(Settings.read(index=mine.folder))


def test_another_folder_is_refused_with_what_to_do(mine: Desk, tmp_path: Path) -> None:
    other = Settings.read(corpus=Path("corpus"), index=mine.folder)
    with pytest.raises(InputError) as refused:
        with_corpus_of_index(other)
    assert str(refused.value) == (
        f"the index in 'my-index' was made from '{tmp_path / 'mine'}', not from 'corpus': name another index with "
        "--index, or change this one over with `assistant index corpus --index my-index`"
    )
    assert with_remembered_corpus(other).corpus == Path("corpus")


def test_the_same_folder_by_another_path_is_the_same(mine: Desk) -> None:
    Path("link").symlink_to("mine")
    for same in (Path("mine"), Path("mine").absolute(), Path("corpus/../mine"), Path("link")):
        assert with_corpus_of_index(Settings.read(corpus=same, index=mine.folder)).corpus == same


def test_a_folder_that_was_moved_is_not_held_against_the_one_that_is_named(mine: Desk, tmp_path: Path) -> None:
    moved = mine.corpus.rename("moved")
    assert with_corpus_of_index(Settings.read(index=mine.folder)).corpus == Path("corpus")
    assert with_corpus_of_index(Settings.read(corpus=moved, index=mine.folder)).corpus == moved
    Desk(moved, mine.folder).once()
    assert with_corpus_of_index(Settings.read(index=mine.folder)).corpus == tmp_path / "moved"


def test_a_folder_that_does_not_exist_is_left_to_be_named_as_missing(mine: Desk) -> None:
    missing = Settings.read(corpus=Path("missing"), index=mine.folder)
    assert with_corpus_of_index(missing).corpus == Path("missing")


@pytest.mark.parametrize("damaged", [True, False], ids=["damaged", "gone"])
def test_an_index_that_is_built_again_is_built_from_the_same_folder(mine: Desk, tmp_path: Path, damaged: bool) -> None:
    database = mine.folder / "index.sqlite"
    database.write_bytes(b"no database" * 1000) if damaged else database.unlink()
    for _ in range(2):
        assert with_corpus_of_index(Settings.read(index=mine.folder)).corpus == tmp_path / "mine"
        mine.open().close()  # which notes anew what is beside the database, before a sync


def test_where_nothing_is_noted_the_default_is_used(mine: Desk) -> None:
    for file in ("index.sqlite", "identity.json"):
        (mine.folder / file).write_bytes(b"nothing of ours" * 1000)
    assert with_corpus_of_index(Settings.read(index=mine.folder)).corpus == Path("corpus")


def test_a_copy_of_both_folders_goes_with_its_own_briefings(mine: Desk, tmp_path: Path) -> None:
    copied = tmp_path / "copy"
    for name in ("mine", "my-index"):
        shutil.copytree(name, copied / name)
    assert with_corpus_of_index(Settings.read(index=copied / "my-index")).corpus == copied / "mine"
    shutil.rmtree(copied / "mine")
    assert with_corpus_of_index(Settings.read(index=copied / "my-index")).corpus == tmp_path / "mine"
