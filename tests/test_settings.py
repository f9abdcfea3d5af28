"""What is said of the files that settings name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings


def test_users_are_read_with_a_byte_order_mark_and_without(tmp_path: Path) -> None:
    users = tmp_path / "users"
    for encoding in ("utf-8", "utf-8-sig"):
        users.write_text("# who may read\nzoë:pass:word\n\nann:secret\n", encoding=encoding)
        assert Settings.read(users=users).logins() == [("zoë", "pass:word"), ("ann", "secret")]


def test_a_file_of_users_that_is_not_utf8_is_refused_with_what_to_do(tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.write_text("zoë:secret\n", encoding="latin-1")
    with pytest.raises(SettingsError, match="is not UTF-8 text: save it as UTF-8"):
        Settings.read(users=users).logins()
