from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.corpus import READERS, SUPPORTED
from assistant.corpus.loading import document_id, documents_of, readable_title
from assistant.errors import UnreadableFile


def test_a_document_carries_its_path_hash_and_head(tmp_path: Path) -> None:
    path = tmp_path / "2023-05-31-talks_in-singapore.md"
    path.write_text("China declined.")
    (document,) = documents_of(path, "asia/2023-05-31-talks_in-singapore.md")
    source = document.source
    assert source.path == document.file == "asia/2023-05-31-talks_in-singapore.md"
    assert source.document_id == document_id(source.path) == sha256(source.path.encode()).hexdigest()[:16]
    assert source.content_hash == sha256(document.text.encode()).hexdigest()
    assert (source.title, source.date, source.media_type) == ("Talks in singapore", date(2023, 5, 31), "text/markdown")


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("---\ndate: 2020-01-01\n---\nDate: 2 January 2020\n", "2020-01-03-a.md", date(2020, 1, 1)),
        ("Date: 2 January 2020\n\nText.", "2020-01-03-a.md", date(2020, 1, 2)),
        ("Text.", "2020-01-03-a.md", date(2020, 1, 3)),
        ("They met on 4 January 2020.", "a.md", None),
    ],
)
def test_the_date_is_what_the_document_says_then_its_first_lines_then_its_name(
    tmp_path: Path, text: str, name: str, day: date | None
) -> None:
    (tmp_path / name).write_text(text)
    assert documents_of(tmp_path / name, name)[0].source.date == day


def test_the_rows_of_a_table_do_not_date_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Date,Event\n2023-05-31,Talks\n")
    assert documents_of(tmp_path / "a.csv", "a.csv")[0].source.date is None


def test_a_byline_names_the_publisher(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Talks\n\nThe Agency | An Author | 31 May 2023\n\nText | with | bars.")
    assert documents_of(tmp_path / "a.md", "a.md")[0].source.publisher == "The Agency"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", b"", "the file is empty"),
        ("a.md", b" \n\n\xe2\x80\x8b", "no text was found"),
        ("a.xyz", b"text", r"not in a supported format \(\.xyz\)"),
        ("README", b"text", "no suffix"),
        ("a.txt", b"a\0b", "binary"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason):
        documents_of(tmp_path / name, name)


def test_a_file_larger_than_50_mb_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as stream:
        stream.truncate(50_000_001)
    with pytest.raises(UnreadableFile, match="larger than 50 MB"):
        documents_of(tmp_path / "a.md", "a.md")


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="disappeared"):
        documents_of(tmp_path / "none.md", "none.md")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(UnreadableFile, match="not a regular file"):
        documents_of(tmp_path / "folder.md", "folder.md")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.md")
        with pytest.raises(UnreadableFile, match="not a regular file"):
            documents_of(tmp_path / "pipe.md", "pipe.md")


@pytest.mark.parametrize("change", ["append", "delete", "replace"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    from assistant.corpus import snapshot

    path = tmp_path / "a.md"
    path.write_text("First version.")
    honest = snapshot._bytes

    def read(file: Path) -> bytes:
        content = honest(file)
        if change == "append":
            path.write_text("Second version, longer.")
        elif change == "delete":
            path.unlink()
        else:
            (tmp_path / "b.md").write_text("First version.")
            (tmp_path / "b.md").replace(path)
        return content

    monkeypatch.setattr(snapshot, "_bytes", read)
    with pytest.raises(UnreadableFile, match="while it was being read"):
        documents_of(path, "a.md")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("a/2023-05-31-shangri_la-talks.md", "Shangri la talks"),
        ("x.pdf", "X"),
        ("2023-05-31.pdf", "2023 05 31"),
        (".md", ".md"),
    ],
)
def test_a_file_name_becomes_a_readable_title(path: str, title: str) -> None:
    assert readable_title(path) == title


def test_every_format_has_a_reader_with_its_media_type() -> None:
    assert tuple(READERS) == SUPPORTED
    for form in READERS.values():
        assert callable(form.reader())
        assert form.media_type.count("/") == 1


def test_importing_the_room_imports_no_parser() -> None:
    parsers = ["docx", "pptx", "pypdf", "lxml", "bs4", "openpyxl", "markdown_it"]
    code = f"import sys, assistant.corpus; print([name for name in {parsers} if name in sys.modules])"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"
