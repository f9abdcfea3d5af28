from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding.base import Vectors
from assistant.embedding.hashing import HashingEmbedder
from assistant.errors import IndexBusy, InputError
from assistant.index.report import FileDone, Scanned, SyncReport
from assistant.types import Document
from tests.index.corpora import DIMENSIONS, Desk, document, parse, statuses, texts

A = "The minister visited Singapore. Talks on fisheries failed."
B = "Quotas rose by 4 percent. The minister was absent."


def test_files_become_documents_and_events_tell_of_it(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.write("deep/er/b.txt", B)
    with desk.open() as index:
        events = list(desk.events(index))
        assert events[0] == Scanned(2, 2)
        assert [event.done for event in events if isinstance(event, FileDone)] == [1, 2]
        assert isinstance(events[-1], SyncReport)
        assert texts(index) == {"a.md": A, "deep/er/b.txt": B}
        assert events[-1].embedded == index.store.chunk_count
        index.store.verify()


def test_the_folder_is_remembered_before_anything_changes_and_also_where_it_is_empty(
    desk: Desk, tmp_path: Path
) -> None:
    desk.write("a.md", A)
    desk.once()
    other = tmp_path / "other"
    with desk.open() as index:
        assert index.store.meta("corpus") == str(desk.corpus)
        desk.corpus = other
        with pytest.raises(InputError):
            desk.sync(index)
        assert index.store.meta("corpus") != str(other)
        other.mkdir()
        next(events := desk.events(index))
        assert index.store.meta("corpus") == str(other)
        assert texts(index) == {"a.md": A}
        assert [type(event) for event in events] == [SyncReport]
        assert texts(index) == {}


def test_a_second_sync_over_a_thousand_files_embeds_nothing(desk: Desk) -> None:
    for number in range(1000):
        desk.write(f"{number % 10}/{number}.md", f"Briefing number {number}. It says {number * 7}.")
    desk.once()
    read: list[str] = []

    def counting(path: Path, relative: str) -> Sequence[Document]:
        read.append(relative)
        return parse(path, relative)

    desk.parser = counting
    calls = desk.model.calls
    report = desk.once()
    assert (desk.model.calls, read, report.embedded, report.count("unchanged")) == (calls, [], 0, 1000)


def test_files_are_read_anew_once_where_readers_changed_but_not_what_a_person_took_out(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        desk.write(f"{name}.md", f"The text of {name}.")
    desk.once()
    with desk.open() as index:
        index.forget("c.md")
    read: list[str] = []

    def otherwise(path: Path, relative: str) -> Sequence[Document]:
        read.append(relative)
        return [replace(each, text=each.text + " More.") for each in parse(path, relative)]

    desk.parser, desk.readers = otherwise, "2"
    report = desk.once()
    assert read == ["a.md", "b.md"]
    assert any("were read again" in warning for warning in report.warnings)
    with desk.open() as index:
        assert texts(index) == {"a.md": "The text of a. More.", "b.md": "The text of b. More."}
    assert (desk.once().count("unchanged"), len(read)) == (3, 2)


def test_an_edit_embeds_only_the_passages_it_touched(desk: Desk) -> None:
    sentences = [
        f"Sentence {number} is about topic {number} and says a good deal of it at length." for number in range(40)
    ]
    desk.write("a.md", "\n\n".join(sentences))
    chunks = desk.once().outcomes[0].chunks
    sentences[20] = sentences[20].replace("topic 20", "subject 20")
    desk.write("a.md", "\n\n".join(sentences))
    report = desk.once()
    assert chunks > 10
    assert (statuses(report), report.embedded) == ({"a.md": "indexed"}, 1)


def test_a_renamed_file_keeps_its_vectors(desk: Desk) -> None:
    desk.write("old.md", A)
    desk.once()
    encoded = desk.model.encoded
    (desk.corpus / "old.md").rename(desk.corpus / "new.md")
    with desk.open() as index:
        report = desk.sync(index)
        assert [(outcome.path, outcome.status, outcome.reason) for outcome in report.outcomes] == [
            ("new.md", "renamed", "old.md")
        ]
        assert texts(index) == {"new.md": A}
        assert desk.model.encoded == encoded


def test_a_deleted_file_is_removed_and_an_empty_folder_is_said(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.once()
    (desk.corpus / "a.md").unlink()
    with desk.open() as index:
        report = desk.sync(index)
        assert statuses(report) == {"a.md": "removed"}
        assert "holds no briefings any more" in report.warnings[0]
        assert (index.documents(), index.store.vector_count) == ([], 0)


def test_a_missing_folder_is_an_input_error_and_removes_nothing(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.once()
    desk.corpus.rename(desk.corpus.with_name("elsewhere"))
    with desk.open() as index:
        with pytest.raises(InputError, match="there is no folder"):
            desk.sync(index)
        assert texts(index) == {"a.md": A}


def test_a_bad_file_does_not_stop_the_good_ones_and_is_not_read_again(desk: Desk) -> None:
    desk.write("good.md", A)
    desk.write("bad.md", "BROKEN")
    desk.write("empty.md", "")
    first = desk.once()
    assert statuses(first) == {"good.md": "indexed", "bad.md": "failed", "empty.md": "failed"}
    desk.parser = _refuses_to_read
    again = desk.once()
    assert {outcome.path: outcome.reason for outcome in again.outcomes} == {
        "good.md": None,
        "bad.md": "the file is broken",
        "empty.md": "no text found",
    }


def _refuses_to_read(path: Path, relative: str) -> Sequence[Document]:
    raise AssertionError(f"{relative} was read again")


def test_an_edit_that_breaks_a_file_takes_its_old_text_out(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.once()
    desk.write("a.md", "BROKEN")
    with desk.open() as index:
        assert statuses(desk.sync(index)) == {"a.md": "failed"}
        assert index.documents() == []
        desk.write("a.md", B)
        desk.sync(index)
        assert texts(index) == {"a.md": B}


def test_an_index_among_the_briefings_is_passed_over(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.write("notes/identity.json", "{}")
    desk.folder = desk.corpus / "deep" / "index"
    assert statuses(desk.once()) == {"a.md": "indexed", "notes/identity.json": "failed"}
    assert statuses(desk.once()).keys() == {"a.md", "notes/identity.json"}  # also with what closing left there


def test_unsupported_linked_and_hidden_files_are_told_apart(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.write("tool.exe", "x")
    desk.write(".hidden.md", A)
    desk.write(".git/config.md", A)
    desk.write("~$a.md", A)
    (desk.corpus / "link.md").symlink_to(desk.corpus / "a.md")
    report = desk.once()
    assert statuses(report) == {"a.md": "indexed", "tool.exe": "failed", "link.md": "failed"}
    reasons = {outcome.path: outcome.reason or "" for outcome in report.outcomes}
    assert reasons["tool.exe"] == "not a supported format (.exe); supported: .md, .txt"
    assert "symbolic links are not followed" in reasons["link.md"]


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes only on POSIX")
def test_a_name_that_is_not_utf8_is_reported(desk: Desk) -> None:
    Path(os.fsdecode(os.fsencode(desk.corpus) + b"/caf\xe9.md")).write_text(A)
    report = desk.once()
    assert statuses(report) == {"caf\\xe9.md": "failed"}
    assert "not valid UTF-8" in (report.outcomes[0].reason or "")


def test_a_change_without_a_new_time_is_found_when_it_may_have_happened(desk: Desk) -> None:
    desk.write("a.md", "One fact stands.")
    status = (desk.corpus / "a.md").stat()
    with desk.open() as index:
        now = lambda: status.st_mtime_ns + 1_000_000_000  # noqa: E731
        list(index.sync(desk.corpus, parse=parse, suffixes={".md"}, clock=now))
        desk.write("a.md", "Two fact stands.")
        os.utime(desk.corpus / "a.md", ns=(status.st_atime_ns, status.st_mtime_ns))
        list(index.sync(desk.corpus, parse=parse, suffixes={".md"}, clock=now))
        assert texts(index) == {"a.md": "Two fact stands."}


def test_a_touched_file_is_compared_by_content_and_not_read(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.once()
    os.utime(desk.corpus / "a.md")
    desk.parser = _refuses_to_read
    assert statuses(desk.once()) == {"a.md": "unchanged"}


def test_a_file_that_changes_while_it_is_read_keeps_its_old_version_until_the_next_time(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.once()
    desk.write("a.md", "Second version.")

    def slow(path: Path, relative: str) -> Sequence[Document]:
        found = parse(path, relative)
        path.write_text("Third version, longer.")
        return found

    desk.parser = slow
    with desk.open() as index:
        report = desk.sync(index)
        assert "changed while it was being read" in (report.outcomes[0].reason or "")
        assert texts(index) == {"a.md": A}
        desk.parser = parse
        desk.sync(index)
        assert texts(index) == {"a.md": "Third version, longer."}


def test_a_file_that_vanishes_while_it_is_read_is_a_failure(desk: Desk) -> None:
    desk.write("a.md", A)

    def vanishing(path: Path, relative: str) -> Sequence[Document]:
        path.unlink()
        return parse(path, relative)

    desk.parser = vanishing
    with desk.open() as index:
        assert statuses(desk.sync(index)) == {"a.md": "failed"}
        assert statuses(desk.sync(index)) == {"a.md": "removed"}
        assert index.files() == []


def test_a_file_with_several_documents_changes_as_one(desk: Desk) -> None:
    def mail(path: Path, relative: str) -> Sequence[Document]:
        body, *attached = path.read_text().split("---")
        return [
            document(relative, body.strip()),
            *(document(f"{relative}/{n}.csv", text.strip(), file=relative) for n, text in enumerate(attached)),
        ]

    desk.parser = mail
    desk.write("m.md", f"{A}---{B}---Third part.")
    with desk.open() as index:
        assert desk.sync(index).outcomes[0].documents == 3
        desk.write("m.md", f"{A}---Another part.")
        desk.sync(index)
        assert texts(index) == {"m.md": A, "m.md/0.csv": "Another part."}


@pytest.mark.parametrize(
    ("documents", "reason"),
    [
        ([document("a.md", "One."), document("a.md", "Two.")], "the same name"),
        ([document("a.md", "half \ud800 a character.")], "lone surrogates"),
        ([document("a.md", "One.", file="b.md")], "belongs to another file"),
        ([document("a.md", "   ")], "no text"),
        ([], "no text"),
    ],
    ids=["same name twice", "lone surrogate", "wrong file", "blank", "nothing"],
)
def test_documents_that_cannot_be_stored_are_a_failure_with_a_reason(
    desk: Desk, documents: list[Document], reason: str
) -> None:
    desk.write("a.md", "x")
    desk.write("b.md", "y")
    desk.parser = lambda path, relative: documents if relative == "a.md" else [document(relative, B)]
    outcomes = {outcome.path: outcome for outcome in desk.once().outcomes}
    assert outcomes["a.md"].status == "failed"
    assert reason in (outcomes["a.md"].reason or "")
    assert outcomes["b.md"].status == "indexed"


def test_odd_characters_come_through(desk: Desk) -> None:
    odd = "Zero\0byte, 𝔘𝔫𝔦𝔠𝔬𝔡𝔢, \u202eright to left\u202c, a\u0301, 字字字。\U0010ffff end."
    desk.parser = lambda path, relative: [document(relative, odd)]
    desk.write("a.md", "x")
    with desk.open() as index:
        desk.sync(index)
        assert texts(index) == {"a.md": odd}
        assert all(chunk.span.of(odd) == chunk.text for chunk in index.chunks_of(index.sources()[0].document_id))
        index.store.verify()


def test_a_forgotten_file_stays_out_until_it_changes_or_is_restored(desk: Desk) -> None:
    desk.write("a.md", A)
    desk.write("b.md", B)
    with desk.open() as index:
        desk.sync(index)
        index.forget("a.md")
        index.forget("b.md")
        assert texts(index) == {}
        assert desk.sync(index).embedded == 0
        (desk.corpus / "a.md").rename(desk.corpus / "c.md")
        desk.sync(index)
        assert texts(index) == {}
        desk.write("b.md", f"{B} More.")
        index.restore("c.md")
        desk.sync(index)
        assert texts(index) == {"b.md": f"{B} More.", "c.md": A}
        with pytest.raises(InputError, match="no file"):
            index.forget("nowhere.md")


def test_a_sync_that_is_given_up_leaves_whole_files_and_can_be_taken_up_again(desk: Desk) -> None:
    for number in range(700):
        desk.write(f"{number}.md", f"Briefing number {number}. {B}")
    with desk.open() as index:
        events = desk.events(index)
        while not isinstance(next(events), FileDone):
            pass
        with pytest.raises(IndexBusy, match="already"):
            desk.sync(index)
        assert isinstance(events, Generator)
        events.close()
        done = len(index.documents())
        assert 0 < done < 700
        index.store.verify()
        report = desk.sync(index)
        assert (report.count("unchanged"), report.count("indexed")) == (done, 700 - done)


class _BrokenModel(HashingEmbedder):
    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = super().encode(texts)
        for row, text in zip(vectors, texts, strict=True):
            if "poison" in text:
                row[:] = np.nan
        return vectors


def test_a_vector_that_is_no_number_fails_its_file_only(desk: Desk) -> None:
    desk.model = _BrokenModel(DIMENSIONS)
    desk.write("a.md", "A poison pill.")
    desk.write("b.md", B)
    report = desk.once()
    assert statuses(report) == {"a.md": "failed", "b.md": "indexed"}
    desk.model = HashingEmbedder(DIMENSIONS)
    assert statuses(desk.once()) == {"a.md": "indexed", "b.md": "unchanged"}


def test_a_folder_that_cannot_be_listed_keeps_what_was_indexed_from_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("sub/a.md", A)
    desk.once()
    real = os.scandir

    def failing(path: Path) -> object:  # root may list any folder, so the refusal is made here
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", failing)
    with desk.open() as index:
        report = desk.sync(index)
        assert statuses(report) == {"sub": "failed"}
        assert texts(index) == {"sub/a.md": A}
