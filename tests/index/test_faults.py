"""Faults raised at every step of an add, an edit and a delete, then the retry (RELIABILITY R6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.embedding.base import Vectors
from assistant.embedding.hashing import HashingEmbedder
from assistant.errors import StorageError
from assistant.index.store import Store
from assistant.types import Document
from tests.index.corpora import DIMENSIONS, Desk, parse, texts

OLD = {"kept.md": "Kept as it is. Nothing changes.", "edited.md": "The old version.", "deleted.md": "Soon gone."}
NEW = {"kept.md": OLD["kept.md"], "edited.md": "The new version. It is longer.", "added.md": "Just added."}


class Boom(Exception):
    """What the faults raise."""


class Fused(HashingEmbedder):
    """Embeds until the fuse blows."""

    blown = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.blown:
            raise Boom("the model broke")
        return super().encode(texts)


@pytest.fixture
def changed(desk: Desk) -> Desk:
    desk.model = Fused(DIMENSIONS)
    for path, text in OLD.items():
        desk.write(path, text)
    desk.once()
    desk.write("edited.md", NEW["edited.md"])
    desk.write("added.md", NEW["added.md"])
    (desk.corpus / "deleted.md").unlink()
    return desk


def _parse(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path, relative: str) -> Sequence[Document]:
        raise Boom("the parser broke")

    desk.parser = failing


def _chunk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(document: Document) -> list[object]:
        raise Boom("the chunker broke")

    monkeypatch.setattr(desk.cutter, "chunk", failing)


def _embed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(desk.model, Fused)
    desk.model.blown = True


def _store(name: str) -> Callable[[Desk, pytest.MonkeyPatch], None]:
    def fail(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        def failing(*arguments: object, **named: object) -> None:
            raise Boom(f"{name} broke")

        monkeypatch.setattr(Store, name, failing)

    return fail


def _insert(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails in the middle of the transaction, after the old rows are out."""

    def failing(*arguments: object) -> None:
        raise Boom("the insert broke")

    monkeypatch.setattr("assistant.index.changes.insert_document", failing)


FAULTS = {
    "parse": _parse,
    "chunk": _chunk,
    "embed": _embed,
    "replace": _store("replace_file"),
    "insert": _insert,
    "remove": _store("remove_file"),
    "clean up": _store("remove_unused_vectors"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_leaves_whole_versions_and_the_retry_puts_everything_right(
    changed: Desk, fault: Callable[[Desk, pytest.MonkeyPatch], None]
) -> None:
    with pytest.MonkeyPatch.context() as broken, changed.open() as index:
        fault(changed, broken)
        with pytest.raises(Boom):
            changed.sync(index)
        for path, text in texts(index).items():
            assert text in (OLD.get(path), NEW.get(path))
        assert "kept.md" in texts(index)
        assert "edited.md" in texts(index)
        index.store.verify()
    changed.parser = parse
    assert isinstance(changed.model, Fused)
    changed.model.blown = False
    with changed.open() as index:
        report = changed.sync(index)
        assert report.count("failed") == 0
        assert texts(index) == NEW
        index.store.verify()


def test_a_failing_vector_index_costs_the_report_nothing(changed: Desk) -> None:
    from assistant.index.briefing_index import BriefingIndex
    from tests.index.test_briefing_index import Answering

    class Failing(Answering):
        def apply_changes(self) -> None:
            raise StorageError("no room for vectors")

    with BriefingIndex(
        changed.folder, embedder=changed.model, chunker=changed.cutter, command="test", vectors=Failing([])
    ) as index:
        report = changed.sync(index)
        assert "no room for vectors; answers come by exact search" in report.warnings
        assert texts(index) == NEW
        vector = changed.model.encode(["added"])[0]
        assert index.nearest(vector, 3) == index.store.exact_nearest(vector, 3)
