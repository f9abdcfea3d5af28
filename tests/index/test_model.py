"""A folder and its index against a dict, through every change, restart, kill and damage (hypothesis; T6)."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.index.briefing_index import BriefingIndex
from assistant.index.report import FileDone
from tests.index.corpora import Desk, document

PATHS = st.sampled_from(["a.md", "b.md", "sub/a.md", "sub/c.txt", "z.txt"])
TEXTS = st.lists(
    st.sampled_from(["Fish swim far.", "The minister left.", "Élan is rare.", "字字字。", "Costs rose 4.5 percent."]),
    min_size=1,
    max_size=12,
).map("\n\n".join)


class FolderAndIndex(RuleBasedStateMachine):
    """`files` is what lies in the folder, `indexed` what the index must hold, `kept_out` what was taken out."""

    @initialize()
    def start(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        (self.root / "corpus").mkdir()
        self.desk = Desk(self.root / "corpus", self.root / "index")
        self.files: dict[str, str] = {}
        self.indexed: dict[str, str] = {}
        self.kept_out: dict[str, str] = {}
        self.index: BriefingIndex = self.desk.open()
        self.open_question = False

    @rule(path=PATHS, text=TEXTS)
    def write(self, path: str, text: str) -> None:
        self.desk.write(path, text)
        self.files[path] = text

    @rule(path=PATHS)
    def delete(self, path: str) -> None:
        (self.desk.corpus / path).unlink(missing_ok=True)
        self.files.pop(path, None)

    @rule(old=PATHS, new=PATHS)
    def rename(self, old: str, new: str) -> None:
        if old in self.files and new not in self.files:
            (self.desk.corpus / new).parent.mkdir(exist_ok=True)
            (self.desk.corpus / old).rename(self.desk.corpus / new)
            self.files[new] = self.files.pop(old)

    @rule()
    def sync(self) -> None:
        self.desk.sync(self.index)
        self._expect_synced()

    @rule(path=PATHS)
    def forget(self, path: str) -> None:
        if path in self.indexed:
            self.index.forget(path)
            self.kept_out[path] = self.indexed.pop(path)

    @rule(path=PATHS)
    def restore(self, path: str) -> None:
        if path in self.kept_out:
            self.index.restore(path)
            del self.kept_out[path]

    @rule()
    def restart(self) -> None:
        self.index.close()
        self.index = self.desk.open()
        assert self.index.warnings == ()

    @rule()
    def rebuild(self) -> None:
        self.index.close()
        self.index = self.desk.open(rebuild=True)
        self.desk.sync(self.index)
        self._expect_synced()

    @rule(after=st.integers(0, 6))
    def kill_while_syncing(self, after: int) -> None:
        self.index.close()
        child = os.fork()
        if child == 0:
            index = self.desk.open()
            for event in self.desk.events(index):
                if isinstance(event, FileDone):
                    after -= 1
                if after <= 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        self.index = self.desk.open()
        self.desk.sync(self.index)
        self._expect_synced()

    @precondition(lambda self: self.indexed)
    @rule(place=st.floats(0, 0.999), how=st.sampled_from(["flip", "halve", "delete"]))
    def damage(self, place: float, how: str) -> None:
        self.index.close()
        path = self.desk.folder / "index.sqlite"
        content = bytearray(path.read_bytes())
        if how == "flip":
            content[int(place * len(content))] ^= 0x41
        if how == "delete":
            path.unlink()
        else:
            path.write_bytes(content[: len(content) // 2] if how == "halve" else content)
        self.index = self.desk.open()
        assert self.index.warnings
        self.kept_out = {}  # what was taken out by hand is known to the database alone
        self.desk.sync(self.index)
        self._expect_synced()

    @invariant()
    def the_index_holds_what_it_must(self) -> None:
        found = {one.source.path: one.text for one in self.index.documents()}
        assert found == self.indexed
        assert [head.document_id for head in self.index.sources()] == [
            document(path, "").id for path in sorted(self.indexed)
        ]
        for one in self.index.documents():
            chunks = self.index.chunks_of(one.id)
            assert all(chunk.span.of(one.text) == chunk.text for chunk in chunks)
            assert "".join("".join(chunk.text.split()) for chunk in chunks) == "".join(one.text.split())
        for word in ("minister", "fish", "elan"):
            hits = self.index.chunks([chunk_id for chunk_id, _ in self.index.search_words(f'"{word}"', 1000)])
            has_it = {path for path, text in self.indexed.items() if word in text.lower().replace("é", "e")}
            assert {source.path for _, source in hits} == has_it
        everything = self.index.nearest(self.desk.model.encode(["minister"])[0], 1000)
        assert len(everything) == len({chunk_id for chunk_id, _ in everything}) == self.index.store.chunk_count

    def teardown(self) -> None:
        if hasattr(self, "index"):
            self.index.store.verify()
            self.index.close()
            shutil.rmtree(self.root)

    def _expect_synced(self) -> None:
        """After a sync the index is the folder, without what was taken out and has not changed since."""
        moved = {path for path in self.kept_out if path not in self.files}
        for old in sorted(moved):
            text = self.kept_out.pop(old)
            for new in sorted(self.files):
                if new not in self.indexed and new not in self.kept_out and self.files[new] == text:
                    self.kept_out[new] = text
                    break
        self.kept_out = {path: text for path, text in self.kept_out.items() if self.files.get(path) == text}
        self.indexed = {path: text for path, text in self.files.items() if path not in self.kept_out}


FolderAndIndex.TestCase.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestFolderAndIndex = pytest.mark.skipif(not hasattr(os, "fork"), reason="the kill rule forks")(FolderAndIndex.TestCase)
