"""What `assistant index` says of a folder that goes away while it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.commands.indexing import check_still_there
from assistant.errors import InputError
from assistant.index.report import FileOutcome, SyncReport


def test_a_folder_that_went_away_is_one_sentence_and_not_one_for_each_file(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    outcomes = [FileOutcome("a.md", "indexed"), *(FileOutcome(f"{n}.md", "failed", "it disappeared") for n in range(9))]
    report = SyncReport(tuple(outcomes), 1.0)
    with pytest.raises(
        InputError, match=r"went away while it was read: 1 files were read and 9 could not be; put it back"
    ):
        check_still_there(gone, report)
    check_still_there(tmp_path, report)
    check_still_there(gone, SyncReport(tuple(outcomes[:1]), 1.0))
