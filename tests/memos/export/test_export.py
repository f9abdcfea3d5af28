from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputError, StorageError
from assistant.memos.export import EXPORTS, export, export_of
from assistant.memos.memo import Memo
from assistant.memos.memo_file import read_memo

STARTS = {".md": b"# Note", ".html": b"<!DOCTYPE", ".docx": b"PK", ".pdf": b"%PDF", ".bib": b"@", ".csl.json": b"["}


@pytest.mark.parametrize("suffix", list(EXPORTS))
def test_the_name_of_the_file_tells_the_format(tmp_path: Path, memo: Memo, suffix: str) -> None:
    file = tmp_path / f"Memo.v2{suffix.upper()}"
    export(memo, file)
    if suffix == ".json":
        assert read_memo(file) == memo
    else:
        assert file.read_bytes().startswith(STARTS[suffix])


def test_a_format_that_there_is_not_and_a_folder_that_is_not_there_are_told(tmp_path: Path, memo: Memo) -> None:
    with pytest.raises(InputError, match=r"'memo\.odt' is in no format of memos: .*\.docx"):
        export_of(tmp_path / "memo.odt")
    with pytest.raises(StorageError, match="nowhere"):
        export(memo, tmp_path / "nowhere" / "memo.md")
