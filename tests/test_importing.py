from __future__ import annotations

import gc
import sys

import pytest

from assistant.importing import importing

ABSENT = "a_library_that_nobody_imported"


def test_the_collector_rests_while_a_library_is_imported_and_leaves_alone_what_that_made() -> None:
    before = gc.get_freeze_count()
    with importing(ABSENT):
        made = [[number] for number in range(100)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(made)


def test_a_library_that_is_there_changes_nothing() -> None:
    assert "json" in sys.modules
    before = gc.get_freeze_count()
    with importing("json"):
        assert gc.isenabled()
    assert gc.get_freeze_count() <= before


def test_a_library_that_cannot_be_imported_leaves_the_collector_at_work() -> None:
    with pytest.raises(ImportError), importing(ABSENT):
        __import__(ABSENT)
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with importing(ABSENT):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
