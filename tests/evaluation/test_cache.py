"""The folder of indexes and journals: what is kept, what is deleted, and runs beside one another."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.evaluation.cache import discard_old, index_folder, journal_file
from assistant.settings import Settings
from assistant.wiring import build_evaluated, build_models

LONG_AGO = time.time() - 40 * 86_400


def aged(file: Path) -> None:
    os.utime(file, (LONG_AGO, LONG_AGO))


def test_what_no_run_used_for_a_month_goes_also_that_of_workers(tmp_path: Path) -> None:
    kept, old, of_worker = (index_folder(name, tmp_path / at) for name, at in (("a", ""), ("b", ""), ("c", "gw0")))
    journal = journal_file("x", tmp_path)
    journal.parent.mkdir()
    journal.touch()
    for file in (old / ".used", of_worker / ".used", journal):
        aged(file)
    discard_old(tmp_path)
    assert kept.is_dir()
    assert not old.exists()
    assert not of_worker.exists()
    assert not journal.exists()


def test_a_folder_that_another_run_is_making_stays(tmp_path: Path) -> None:
    made = tmp_path / "indexes" / "just-made"
    made.mkdir(parents=True)
    discard_old(tmp_path)
    assert made.is_dir()


def test_a_journal_that_another_run_ends_meanwhile_is_no_crash(tmp_path: Path) -> None:
    journal = journal_file("x", tmp_path)
    journal.parent.mkdir()
    journal.symlink_to(tmp_path / "gone")  # it is listed, and there is nothing to look at
    discard_old(tmp_path)


def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="set XDG_CACHE_HOME to another folder"):
        index_folder("a", tmp_path / "file")


def test_vectors_of_two_precisions_are_kept_apart(tmp_path: Path) -> None:
    for precision in ("float32", "bfloat16"):
        settings = Settings(embedding_precision=precision)
        build_evaluated(settings, tmp_path, build_models(settings), cache=tmp_path / "cache", command="test").close()
    assert len(list((tmp_path / "cache" / "indexes").iterdir())) == 2
