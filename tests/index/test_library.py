from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.errors import InputError, StorageError
from assistant.index.briefing_index import BriefingIndex
from assistant.index.library import Library
from assistant.index.report import SyncReport

EMBEDDER = HashingEmbedder()
CHUNKER = SentenceChunker(EMBEDDER.count_tokens, max_tokens=EMBEDDER.max_tokens)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "note.md").write_text("# A note\n\nShips avoid the Red Sea.", encoding="utf-8")
    return folder


@pytest.fixture
def library(corpus: Path, tmp_path: Path) -> Iterator[Library]:
    """One whose index searches exactly: a process with Chroma for each test would prove nothing more here."""
    folder = tmp_path / "index"
    with BriefingIndex(folder, embedder=EMBEDDER, chunker=CHUNKER, command="test", vectors=None) as index:
        yield Library(index, corpus)


@pytest.fixture
def whole_library(corpus: Path, tmp_path: Path) -> Iterator[Library]:
    """One as the program opens it, with Chroma at work beside it."""
    with BriefingIndex.open(tmp_path / "index", embedder=EMBEDDER, chunker=CHUNKER) as index:
        yield Library(index, corpus)


def sync(library: Library) -> None:
    for _ in library.sync():
        pass


def upload(library: Library, tmp_path: Path, name: str, text: str = "Grain left Odesa.") -> str:
    content = tmp_path / "content"
    content.write_text(text, encoding="utf-8")
    return library.add_upload(name, content)


def statuses(library: Library) -> dict[str, str]:
    return {entry.path: entry.status for entry in library.entries()}


def test_an_upload_waits_until_the_next_sync_and_is_then_indexed(library: Library, tmp_path: Path) -> None:
    sync(library)
    path = upload(library, tmp_path, "grain.txt")
    assert statuses(library) == {"note.md": "indexed", path: "waiting"}
    sync(library)
    assert statuses(library)[path] == "indexed"
    assert library.document(path).text == "Grain left Odesa."


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\briefs\\one.md", "one.md"),
        ("a\u202eb\x00.txt", "ab.txt"),
        (".hidden.txt", "hidden.txt"),
        ("naïve 'quotes' 🙂.txt", "naïve 'quotes' 🙂.txt"),
        ("x" * 400 + ".txt", "x" * 150 + ".txt"),
    ],
)
def test_an_upload_keeps_a_safe_name_inside_its_folder(library: Library, tmp_path: Path, name: str, kept: str) -> None:
    assert upload(library, tmp_path, name) == f"uploads/{kept}"
    assert (library.corpus / "uploads" / kept).is_file()


def test_two_uploads_of_one_name_are_both_kept(library: Library, tmp_path: Path) -> None:
    assert upload(library, tmp_path, "a.txt", "one") == "uploads/a.txt"
    assert upload(library, tmp_path, "a.txt", "two") == "uploads/a (2).txt"


def test_a_format_that_cannot_be_read_is_refused_before_it_is_stored(library: Library, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a supported format"):
        upload(library, tmp_path, "program.exe")
    assert not (library.corpus / "uploads").exists()


def test_an_upload_is_as_large_as_what_can_be_read_and_no_larger(library: Library, tmp_path: Path) -> None:
    for size in (50_000_001, 51_000_000):
        with (tmp_path / "content").open("wb") as stream:
            stream.truncate(size)
        with pytest.raises(InputError, match="larger than 50 MB"):
            library.add_upload("large.txt", tmp_path / "content")
    assert not (library.corpus / "uploads").exists()


def test_a_removed_file_stays_on_disk_and_can_be_restored(library: Library) -> None:
    sync(library)
    library.remove("note.md")
    assert statuses(library) == {"note.md": "removed"}
    sync(library)
    assert statuses(library) == {"note.md": "removed"}
    library.restore("note.md")
    sync(library)
    assert statuses(library) == {"note.md": "indexed"}


def test_a_deleted_upload_comes_back_with_undo(library: Library, tmp_path: Path) -> None:
    path = upload(library, tmp_path, "grain.txt")
    sync(library)
    library.remove(path, delete_file=True)
    assert not (library.corpus / path).exists()
    library.restore(path)
    sync(library)
    assert statuses(library)[path] == "indexed"


@pytest.mark.parametrize("again", ["uploads/b.txt", "uploads/grain.txt", "elsewhere/grain.txt"])
def test_a_deleted_upload_that_is_put_in_again_is_searched(library: Library, tmp_path: Path, again: str) -> None:
    path = upload(library, tmp_path, "grain.txt")
    sync(library)
    library.remove(path, delete_file=True)
    (library.corpus / again).parent.mkdir(exist_ok=True)
    (library.corpus / again).write_text("Grain left Odesa.", encoding="utf-8")
    sync(library)
    assert statuses(library) == {"note.md": "indexed", again: "indexed"}
    assert library.document(again).text == "Grain left Odesa."


def test_of_two_deleted_uploads_of_one_name_undo_brings_the_last_and_the_first_is_kept(
    library: Library, tmp_path: Path
) -> None:
    for text in ("one", "two"):
        path = upload(library, tmp_path, "a.txt", text)
        assert path == "uploads/a.txt"
        sync(library)
        library.remove(path, delete_file=True)
    library.restore(path)
    assert (library.corpus / path).read_text() == "two"
    assert (library.corpus / "uploads" / ".removed" / "a (2).txt").read_text() == "one"


def test_an_upload_whose_file_is_gone_already_can_be_deleted(library: Library, tmp_path: Path) -> None:
    path = upload(library, tmp_path, "a.txt")
    sync(library)
    (library.corpus / path).unlink()
    library.remove(path, delete_file=True)
    assert statuses(library)[path] == "removed"


def test_a_deletion_that_the_disk_refuses_is_said(library: Library, tmp_path: Path) -> None:
    path = upload(library, tmp_path, "a.txt")
    sync(library)
    (library.corpus / "uploads" / ".removed").write_text("no folder")
    with pytest.raises(StorageError, match="could not be moved"):
        library.remove(path, delete_file=True)
    assert (library.corpus / path).is_file()
    assert statuses(library)[path] == "indexed"  # all of it is done, or nothing


def test_a_deleted_upload_comes_back_after_a_sync_and_into_its_own_folder(library: Library) -> None:
    texts = {"uploads/a.txt": "Grain left Odesa.", "uploads/sub/a.txt": "Ships avoid the strait."}
    for path, text in texts.items():
        (library.corpus / path).parent.mkdir(parents=True, exist_ok=True)
        (library.corpus / path).write_text(text, encoding="utf-8")
    sync(library)
    for path in texts:
        library.remove(path, delete_file=True)
    sync(library)
    assert statuses(library) == {"note.md": "indexed"}
    for path in texts:
        library.restore(path)
    library.restore("uploads/a.txt")  # pressed twice, before a sync and after it
    sync(library)
    assert {path: library.document(path).text for path in texts} == texts
    library.restore("uploads/a.txt")
    assert statuses(library)["uploads/a.txt"] == "indexed"


@pytest.mark.parametrize(
    "path",
    [
        "uploads/../../grain.txt",
        "uploads/../grain.txt",
        "uploads/sub/grain.txt",
        "uploads/.removed/grain.txt",
        "uploads/.removed/../grain.txt",
        "uploads//grain.txt",
        "uploads/./grain.txt",
        "uploads/..",
        "uploads/",
        "uploads/.removed",
        "/etc/hostname",
        "nowhere.md",
        "uploads/grain.txt\0",
    ],
)
def test_nothing_is_moved_for_a_path_that_no_removed_file_has(library: Library, tmp_path: Path, path: str) -> None:
    deleted = upload(library, tmp_path, "grain.txt")
    sync(library)
    library.remove(deleted, delete_file=True)

    def files() -> list[Path]:
        """All but those of the index, whose copy for Chroma is made meanwhile."""
        return sorted(each for each in tmp_path.rglob("*") if tmp_path / "index" not in each.parents)

    before = files()
    with pytest.raises(InputError, match="nothing was removed"):
        library.restore(path)
    for delete_file in (False, True):
        with pytest.raises(InputError, match=r"no file|was not uploaded"):
            library.remove(path, delete_file=delete_file)
    assert files() == before


def test_only_uploads_can_be_deleted_from_the_page(library: Library) -> None:
    sync(library)
    with pytest.raises(InputError, match="was not uploaded here"):
        library.remove("note.md", delete_file=True)
    assert statuses(library) == {"note.md": "indexed"}


def test_5000_small_files_are_all_indexed_and_a_second_run_reads_none(whole_library: Library) -> None:
    library = whole_library
    for number in range(5_000):
        (library.corpus / f"note {number:04}.txt").write_text(f"Convoy {number} left the port.", encoding="utf-8")
    first = [event for event in library.sync() if isinstance(event, SyncReport)][-1]
    assert (first.count("indexed"), first.count("failed")) == (5_001, 0)
    second = [event for event in library.sync() if isinstance(event, SyncReport)][-1]
    assert (second.count("unchanged"), second.embedded) == (5_001, 0)


def test_a_folder_of_briefings_that_is_gone_is_not_made_anew_for_one_file(library: Library, tmp_path: Path) -> None:
    sync(library)
    path = upload(library, tmp_path, "grain.txt")
    sync(library)
    library.corpus.rename(tmp_path / "away")
    with pytest.raises(InputError, match="there is no folder"):
        upload(library, tmp_path, "more.txt")
    with pytest.raises(InputError, match="there is no folder"):
        library.remove(path, delete_file=True)
    assert not library.corpus.exists()
    assert statuses(library) == {"note.md": "indexed", path: "indexed"}


def test_a_folder_that_was_never_read_is_made_for_the_first_upload(library: Library, tmp_path: Path) -> None:
    library.corpus.rename(tmp_path / "away")
    path = upload(library, tmp_path, "grain.txt")
    sync(library)
    assert statuses(library) == {path: "indexed"}
