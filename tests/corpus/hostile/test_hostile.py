from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.corpus.loading import check
from assistant.corpus.sandbox import Limits, ParserProcess
from assistant.errors import UnreadableFile

_SPEC = importlib.util.spec_from_file_location("hostile_files", Path(__file__).with_name("files.py"))
assert _SPEC
assert _SPEC.loader
files = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(files)


@pytest.fixture(scope="module")
def parser() -> Iterator[ParserProcess]:
    # A third of the usual time keeps the suite quick; that a limit holds does not depend on its length.
    with ParserProcess(Limits(seconds=30, processor_seconds=10)) as process:
        yield process


@pytest.fixture(autouse=True)
def the_parser_still_reads(parser: ParserProcess, tmp_path: Path) -> Iterator[None]:
    """After each hostile file, a good one is read."""
    yield
    good = tmp_path / "good.md"
    good.write_text("# Good\n\nStill read.")
    assert parser.parse(good, "good.md")[0].text == "Good\n\nStill read."


@pytest.mark.parametrize(("name", "build", "reason"), files.REFUSED, ids=[case[0] for case in files.REFUSED])
def test_it_is_refused_with_a_reason(
    parser: ParserProcess, tmp_path: Path, name: str, build: object, reason: str
) -> None:
    path = tmp_path / name
    build(path)  # type: ignore[operator]
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        parser.parse(path, name)
    said = str(refusal.value)
    assert str(tmp_path) not in said
    assert "\n" not in said
    assert len(said) < 400


@pytest.mark.parametrize(("name", "build", "seen"), files.READ, ids=[repr(case[0]) for case in files.READ])
def test_it_is_read(parser: ParserProcess, tmp_path: Path, name: str, build: object, seen: str) -> None:
    path = tmp_path / name
    build(path)  # type: ignore[operator]
    documents = parser.parse(path, name)
    assert seen in documents[0].text
    assert "unseen" not in documents[0].text
    for document in documents:
        check(document)


def test_mails_in_mails_are_read_to_a_depth_that_is_said(parser: ParserProcess, tmp_path: Path) -> None:
    files.forwarded_mail(tmp_path / "a.eml")
    documents = parser.parse(tmp_path / "a.eml", "a.eml")
    assert len(documents) == 6
    assert any("levels deep" in warning for warning in documents[-1].warnings)


def test_a_link_to_a_file_outside_is_refused(parser: ParserProcess, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("Secret.")
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.md").symlink_to(outside)
    with pytest.raises(UnreadableFile, match="symbolic link"):
        parser.parse(folder / "a.md", "a.md")


def test_a_file_that_is_rewritten_all_the_time_is_read_whole_or_refused(parser: ParserProcess, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    versions = [f"Version {number}. " * 2000 for number in range(10)]
    path.write_text(versions[0])
    stop = threading.Event()

    def rewrite() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            if number % 7 == 0:
                path.unlink(missing_ok=True)
            path.write_text(versions[number % 10])

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        for _ in range(100):
            try:
                (document,) = parser.parse(path, "a.md")
            except UnreadableFile:
                continue
            assert document.text in {version.strip() for version in versions}
    finally:
        stop.set()
        writer.join()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(parser: ParserProcess, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Text.")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        parser.parse(path, "a.md")
